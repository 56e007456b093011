"""Which rulebooks must wait: what of them the books cannot carry out yet, said before they come into force."""

from __future__ import annotations

from ledger.rules.findings import Finding
from ledger.rules.rulebook import Rulebook


def unanswered(rulebook: Rulebook) -> list[Finding]:
    """What of a rulebook the books cannot carry out yet; empty where it can come into force."""
    found = []

    def waits(field: str, zh: str, en: str) -> None:
        more_zh, more_en = (
            "可以先模拟, 以后的版本才能生效",
            "it can be simulated, and comes into force in a later version",
        )
        found.append(Finding(line=1, field=field, zh=f"{zh}, {more_zh}", en=f"{en} yet: {more_en}"))

    routes = (rulebook.posting, *rulebook.posting.exceptions)
    if any(route.notice_days or route.review_within_days is not None for route in routes):
        waits("posting", "账本暂不能先公示再入账", "the books cannot post after a notice")
    lapse = rulebook.lapse
    if lapse.carry_over_points is not None or lapse.carry_over_share is not None or lapse.resets_on_redeem:
        waits("lapse", "账本暂不能结转或清零", "the books cannot carry over or reset")
    lapses = (lapse, *(rule.lapse for rule in rulebook.rules if rule.lapse))
    if any(one.renews_on_award for one in lapses):
        waits("lapse", "账本暂不能因再次得分而重新起算", "the books cannot start the time anew with each award")
    return found
