"""What a rulebook says in vain: rules that nothing reaches, conditions that never hold, caps that never bind, levels
that nobody comes to. Found when the book is loaded, so that nobody is promised it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction

from ledger.rules.asking import conditions_of
from ledger.rules.conditions import Condition, Span
from ledger.rules.counters import RUN_DAYS_MAX
from ledger.rules.deeds import MINUTES_OF_DAY
from ledger.rules.parts import Note
from ledger.rules.reach import apart, never, taken
from ledger.rules.rule import MINUTES_PER, Cap, CoefficientTable, Rule, Void
from ledger.rules.rulebook import Rulebook

ONLY_ONE = ("session", "fixed")
"""Bases of which one deed is one."""
OF_A_DAY = ("deed", "day")
"""Periods that hold no more than a day."""


def check_contradictions(book: Rulebook, note: Note) -> None:
    """Note everything that a book says in vain about deeds."""
    _check_conditions(book, note)
    _check_period(book, note)
    for index, rule in enumerate(book.rules):
        at = f"rules[{index}]"
        _check_heard(book, index, at, note)
        _check_exceptions(rule, at, note)
        _check_worth(rule, at, note)
        for number, cap in enumerate(rule.caps):
            _check_cap(book, rule, cap, f"{at}.caps[{number}]", note)
        _check_threshold(rule, at, note)
        _check_once(rule, at, note)
    _check_voids(book, note)
    _check_tables(book, note)
    _check_counters(book, note)
    _check_routes(book, note)
    _check_accounts(book, note)


def _check_conditions(book: Rulebook, note: Note) -> None:
    for path, when, kinds in conditions_of(book):
        field = never(when, kinds)
        if field is not None:
            zh = "这类行为永远不会符合这个条件, 请改条件或 deeds"
            note(f"{path}.{field}", zh, "no deed of these kinds can ever meet this: change the condition or deeds")


def _check_period(book: Rulebook, note: Note) -> None:
    """Days that lie wholly before or after the time in which the book holds."""
    spans: list[tuple[str, Span | None]] = [(f"{path}.days", when.days) for path, when, _ in conditions_of(book)]
    spans += [(f"exclusions[{at}].days", one.days) for at, one in enumerate(book.exclusions)]
    windows = book.redemption.windows if book.redemption else ()
    spans += [(f"redemption.windows[{at}].days", one.days) for at, one in enumerate(windows)]
    for path, span in spans:
        if span is None:
            continue
        if span.last_day < book.effective_from or span.first_day > (book.effective_to or date.max):
            zh = "这些日期都在本规则有效期之外, 永远不成立"
            note(path, zh, "all these days lie outside the time in which this book holds")


def _check_heard(book: Rulebook, index: int, at: str, note: Note) -> None:
    """A rule that earlier ones take everything from can never decide."""
    rule = book.rules[index]
    if rule.adds:
        return
    before = [one for one in book.rules[:index] if not (one.adds or one.unless or one.occurrence)]
    of_kind = {tuple(one.when for one in before if kind in one.deed_kinds) for kind in rule.deed_kinds}
    if all(taken(conditions, rule.when) for conditions in of_kind):
        zh = "前面的规则已包括这一条的全部情形, 它永远用不到; 请上移或删去"
        note(at, zh, "earlier rules take every deed this one speaks of: move it up or remove it")


def _check_exceptions(rule: Rule, at: str, note: Note) -> None:
    """What excludes itself, and exceptions that never concern the rule."""
    alone = [number for number, one in enumerate(rule.unless) if taken([one], rule.when)]
    for number in alone:
        zh = "除外条件包括了整条规则, 规则永远用不到"
        note(f"{at}.unless[{number}]", zh, "takes away all that the rule speaks of: it never applies")
    if not alone and rule.unless and taken(rule.unless, rule.when):
        note(
            f"{at}.unless",
            "各除外条件合起来包括了整条规则, 规则永远用不到",
            "together they take away all that the rule speaks of: it never applies",
        )
    _check_void(rule.voids, rule.when, at, note)
    for name, conditions in (("unless", rule.unless), ("voids", tuple(void.when for void in rule.voids))):
        for number, one in enumerate(conditions):
            if apart(one, rule.when):
                zh = "与规则自身的条件相互排斥, 永远不成立, 请删去"
                note(f"{at}.{name}[{number}]", zh, "can never hold where the rule does: remove it")


def _check_void(voids: Sequence[Void], when: Condition | None, at: str, note: Note) -> None:
    alone = [number for number, void in enumerate(voids) if taken([void.when], when)]
    for number in alone:
        zh = "不计情形包括了整条规则, 永远不得分"
        note(f"{at}.voids[{number}]", zh, "takes away all that the rule speaks of: it never counts")
    if not alone and voids and taken([void.when for void in voids], when):
        zh = "各不计情形合起来包括了整条规则, 永远不得分"
        note(f"{at}.voids", zh, "together they take away all that the rule speaks of: it never counts")


def _check_voids(book: Rulebook, note: Note) -> None:
    """What is void for the whole book, or excluded from it for good, and therefore for a rule that speaks of it."""
    barred = [one.when for one in book.exclusions if "awards" in one.bars and one.days is None]
    whole = [*(void.when for void in book.voids), *barred]
    for index, rule in enumerate(book.rules):
        if rule.effect == "award" and whole and taken(whole, rule.when):
            zh = "全书的不计情形或排除名单包括了整条规则, 永远不得分"
            note(f"rules[{index}]", zh, "what is void or excluded for the whole book takes away all of it")


def _most(rule: Rule) -> Fraction | None:
    """The most points that one deed can earn before caps, in the smallest unit; None where nothing limits it."""
    if rule.coefficients or rule.accumulate != "deed":
        return None
    if rule.timed:
        return MINUTES_OF_DAY * rule.points / (MINUTES_PER[rule.per] * rule.per_count)
    return rule.points / rule.per_count if rule.per in ONLY_ONE else None


def _check_worth(rule: Rule, at: str, note: Note) -> None:
    """A rate so small that no single deed ever reaches a unit of points."""
    most = _most(rule)
    if most is not None and 0 < most < (rule.points_step or 1) and rule.rounding == "floor":
        zh = "一条记录最多也得不到最小单位的分值, 永远不得分; 请写 accumulate 或改分值"
        note(f"{at}.points", zh, "no single deed ever reaches a unit of points: write accumulate or change the rate")


def _check_cap(book: Rulebook, rule: Rule, cap: Cap, path: str, note: Note) -> None:
    most = _most(rule)
    is_own = cap.by == "person"
    bound = {
        "minutes": MINUTES_OF_DAY if cap.per in OF_A_DAY and is_own else None,
        "deeds": 1 if cap.per == "deed" else None,
        "count": 1 if cap.per == "deed" and rule.per in ONLY_ONE else None,
        "points": most if cap.per == "deed" else None,
    }[cap.unit]
    if bound is not None and cap.most >= bound:
        zh = "一条记录或一天内达不到这个数, 封顶永远不起作用, 请删去"
        note(path, zh, "no record or day ever comes to so much: this cap never binds, remove it")
    themes = [one.caps for one in book.themes if one.id == rule.theme]
    for caps in (*themes, book.caps if rule.effect == "award" else ()):
        if any((one.unit, one.by, one.per) == (cap.unit, cap.by, cap.per) and one.most < cap.most for one in caps):
            zh = "主题或总封顶在同一期间更低, 这一封顶永远不起作用"
            note(path, zh, "the cap of its theme or of the whole book is lower: this one never binds")


def _check_threshold(rule: Rule, at: str, note: Note) -> None:
    threshold = rule.threshold
    if threshold is None:
        return
    most = MINUTES_OF_DAY if rule.timed and threshold.per in OF_A_DAY else None
    if threshold.per == "deed" and rule.per in ONLY_ONE:
        most = 1
    if most is not None and threshold.least > most - (threshold.counts == "beyond"):
        zh = "这段期间内永远达不到起算线, 永远不得分"
        note(f"{at}.threshold", zh, "nothing ever comes to so much in this period: it never counts")


def _check_once(rule: Rule, at: str, note: Note) -> None:
    if rule.once is not None and rule.once.each_key and rule.deed_kinds == ("service",):
        zh = "志愿服务记录没有对象编号, 永远不得分; 请改 deeds 或去掉 each_key"
        note(f"{at}.once.each_key", zh, "service has no key, so it never counts: change deeds or leave it out")


def _check_tables(book: Rulebook, note: Note) -> None:
    for index, table in enumerate(book.coefficients):
        using = [rule for rule in book.rules if table.id in rule.coefficients]
        for number, level in enumerate(table.levels):
            at = f"coefficients[{index}].levels[{number}]"
            before = [one.when for one in table.levels[:number]]
            if before and None not in before and taken(before, level.when):
                note(at, "前面各级已包括这一级, 永远用不到", "never reached: the levels before take all of it")
            elif using and all(apart(level.when, rule.when) for rule in using):
                zh = "与所有用到它的规则的条件相互排斥, 永远用不到"
                note(at, zh, "never reached: no rule that uses the table speaks of it")
        _check_factors(table, index, note)


def _check_factors(table: CoefficientTable, index: int, note: Note) -> None:
    if all(level.factor == 1 for level in table.levels):
        note(f"coefficients[{index}]", "各级系数都是 1, 不起作用", "every factor is 1: it changes nothing")


def _check_counters(book: Rulebook, note: Note) -> None:
    taking = {kind for rule in book.rules if rule.effect == "penalty" and rule.points for kind in rule.deed_kinds}
    counters = {counter.id: counter for counter in book.counters}
    for index, counter in enumerate(book.counters):
        for number, raised in enumerate(counter.raises):
            if raised.at_points is not None and not taking & set(counter.deeds):
                zh = "没有扣分规则涉及这些行为, 永远达不到; 请改 deeds 或加扣分规则"
                at = f"counters[{index}].raises[{number}].at_points"
                note(at, zh, "no rule takes points for these deeds: it is never reached")
    for index, rule in enumerate(book.rules):
        asked = counters.get(rule.occurrence.counter) if rule.occurrence else None
        if asked is not None and (not set(asked.deeds) & set(rule.deed_kinds) or apart(asked.when, rule.when)):
            zh = "这个计数器不统计本规则的行为, 永远不成立"
            note(f"rules[{index}].occurrence", zh, "this counter counts none of the rule's deeds: it never holds")
        asks = max(rule.occurrence.at_least, rule.occurrence.at_most or 0) if rule.occurrence else 0
        if asked is not None and asked.consecutive and asks > RUN_DAYS_MAX:
            zh, en = f"不间断的天数最多 {RUN_DAYS_MAX} 天", f"days without a gap are counted up to {RUN_DAYS_MAX}"
            note(f"rules[{index}].occurrence", zh, en)


def _check_routes(book: Rulebook, note: Note) -> None:
    exceptions = book.posting.exceptions
    for number, route in enumerate(exceptions):
        before = [one.when for one in exceptions[:number]]
        if before and taken(before, route.when):
            note(
                f"posting.exceptions[{number}]",
                "前面的例外已包括这一条, 永远用不到",
                "never reached: the exceptions before take all of it",
            )


def _credited(book: Rulebook) -> Iterator[tuple[str, str, str]]:
    """(where, account, use) of everything that is credited to somebody by name."""
    for index, rule in enumerate(book.rules):
        for number, credit in enumerate(rule.credits):
            yield f"rules[{index}].credits[{number}]", credit.to, credit.use


def _check_accounts(book: Rulebook, note: Note) -> None:
    closed = {one.account for one in book.accounts if one.spends == "nobody"}
    given = set(_credited(book))
    for path, account, use in sorted(given):
        if account in closed and use == "spendable":
            zh = "这个账户谁也不能动用, 记入的积分永远用不到; 请写 use: donate_only 或改 spends"
            note(path, zh, "nobody may spend from this account: write use: donate_only, or change spends")
    for index, one in enumerate(book.accounts):
        if one.pools and one.account in closed:
            zh = "成员积分汇入后谁也不能动用"
            note(f"accounts[{index}].pools", zh, "what flows into it nobody may spend")
    filled = {account for _, account, use in given if use == "spendable"}
    filled |= {one.account for one in book.accounts if one.pools} | {"person"}
    for index, ceiling in enumerate(book.ceilings):
        if ceiling.account not in filled and "doer" not in filled:
            zh = "没有规则把可兑换积分记入这个账户, 上限永远不起作用"
            note(f"ceilings[{index}]", zh, "no rule gives this account points to spend: it never binds")
