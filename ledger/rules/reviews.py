"""How a determination comes to be posted (E14): at once, after reviews by distinct persons, or after a notice."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date

from ledger.rules.conditions import Condition
from ledger.rules.deeds import Deed
from ledger.rules.forms import Choice, Switch, Whole, said
from ledger.rules.parts import Many, Note, Part, Text
from ledger.rules.periods import days_later, working_days_later

POSTINGS = ("at_once", "one_review", "two_reviews", "notice")
SUSPECT_METHODS = frozenset({"backfilled", "declared"})
SUSPECT_REVIEWERS = 2
"""Hours that nobody clocked and no roster shows were sold by lone administrators (the cautionary cases of 2025): two
persons beside the recorder look at them, whatever the rulebook says.
"""
REVIEWS = {"at_once": 0, "one_review": 1, "two_reviews": 2, "notice": 0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One way to be posted: reviews, each by another person and none by the recorder, then a notice period."""

    policy: str = said(Choice(POSTINGS), "办法", "the policy")
    reviews: int | None = said(Whole(0, 5), "几人审核", "how many reviewers, if not as the policy says", default=None)
    notice_days: int = said(Whole(0, 365), "公示天数", "days of public notice", default=0)
    working_days: bool = said(Switch(), "按工作日计", "counted in working days", default=True)
    review_within_days: int | None = said(
        Whole(1, 365), "几天内审完, 逾期作废", "void unless reviewed within so many days", default=None
    )

    def check(self, note: Note) -> None:
        if self.policy == "notice" and not self.notice_days:
            note("notice_days", "公示办法必须写公示天数", "a notice needs its days")
        if self.reviews is not None and self.reviews < REVIEWS[self.policy]:
            note("reviews", "少于办法所要求的人数", "fewer than the policy asks for")
        if self.policy == "at_once" and (self.reviews or self.notice_days):
            zh = "已写明即时入账, 不能再写审核或公示; 请改办法"
            note("policy", zh, "at once has neither reviews nor a notice: choose another policy")
        elif self.review_within_days is not None and not self.reviewers:
            note("review_within_days", "没有审核人, 用不到, 请删去", "there are no reviewers: remove it")

    @property
    def reviewers(self) -> int:
        return REVIEWS[self.policy] if self.reviews is None else self.reviews


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteWhen(Route):
    """Another way for some deeds."""

    when: Condition = said(Part(Condition), "条件", "when")


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingPolicy(Route):
    """How awards are posted; the first exception whose condition holds decides."""

    exceptions: tuple[RouteWhen, ...] = said(Many(Part(RouteWhen)), "例外", "exceptions", default=())

    def route(self, deed: Deed) -> Route:
        """The way this deed goes."""
        return next((route for route in self.exceptions if route.when.holds(deed)), self)


def reviewers_needed(policy: PostingPolicy | None, deed: Deed) -> int:
    """How many persons, beside the one who recorded it, must approve a deed before it is posted."""
    needed = policy.route(deed).reviewers if policy else 0
    return max(needed, SUSPECT_REVIEWERS) if deed.capture_method in SUSPECT_METHODS else needed


def review_faults(route: Route, recorder: Hashable, reviewers: Sequence[Hashable]) -> tuple[Text, ...]:
    """Every reason why these reviewers do not do; empty when they do."""
    faults = []
    if len(set(reviewers)) < len(reviewers):
        faults.append(
            Text(zh="两次审核是同一个人, 须由不同的人审核", en="the same person reviewed twice: reviewers must differ")
        )
    if recorder in reviewers and route.reviewers:
        faults.append(Text(zh="记录人不能审核自己的记录", en="the recorder cannot review their own record"))
    missing = route.reviewers - len(set(reviewers) - {recorder})
    if missing > 0:
        faults.append(Text(zh=f"还缺 {missing} 名审核人", en=f"{missing} more reviewers needed"))
    return tuple(faults)


def notice_ends(route: Route, begun: date, is_working: Callable[[date], bool]) -> date:
    """The notice's last day; its first is the day after `begun`. Posted after it if no objection is open."""
    if route.working_days:
        return working_days_later(begun, route.notice_days, is_working)
    return days_later(begun, route.notice_days)
