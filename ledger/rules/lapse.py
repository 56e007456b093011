"""When points lapse (E13): the last day of a lot, the warnings before it, and what is carried over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from ledger.rules.forms import Choice, Points, Ratio, Switch, Whole, said
from ledger.rules.parts import Many, Note
from ledger.rules.periods import bounds, days_later, months_later

LAPSES = (
    *("never", "after_days", "after_months", "after_years"),
    *("end_of_month", "end_of_quarter", "end_of_half_year", "end_of_year"),
)
WARNING_DAYS_MAX = 366


@dataclass(frozen=True, slots=True, kw_only=True)
class LapsePolicy:
    """When points lapse: never; so many days, months or years after the deed; or at the end of a period,
    `periods_after` periods after the one they were earned in. Points are valid up to and including the last day.
    """

    policy: str = said(Choice(LAPSES), "办法", "the policy")
    count: int | None = said(Whole(1, 36_500), "多少天、月或年", "how many days, months or years", default=None)
    periods_after: int = said(Whole(0, 400), "再过几个期间", "how many periods later", default=0)
    grace_days: int = said(Whole(0, 366), "宽限天数", "days of grace", default=0)
    warn_days: tuple[int, ...] = said(
        Many(Whole(1, WARNING_DAYS_MAX), unique=True), "提前几天提醒", "warn so many days before", default=()
    )
    carry_over_points: int | None = said(Points(), "最多结转多少分", "most points carried over", default=None)
    carry_over_share: Fraction | None = said(Ratio(), "结转比例", "share carried over", default=None)
    resets_on_redeem: bool = said(
        Switch(), "兑换后剩余清零", "what is left after a redemption is reset to zero", default=False
    )
    renews_on_award: bool = said(Switch(), "再次得分则重新起算", "each award starts the time anew", default=False)

    def check(self, note: Note) -> None:
        if (self.count is not None) != self.policy.startswith("after_"):
            note("count", "after_ 各办法必须写, 其他不写", "needed for the after_ policies, and only there")
        if self.periods_after and not self.policy.startswith("end_of_"):
            note("periods_after", "只有 end_of_ 各办法才写, 请删去", "only for the end_of_ policies: remove it")
        if self.policy == "never":
            for name in ("grace_days", "warn_days", "carry_over_points", "carry_over_share", "renews_on_award"):
                if getattr(self, name):
                    note(name, "永不失效, 用不到, 请删去", "points never lapse: remove it")
        if self.carry_over_share is not None and self.carry_over_share > 1:
            note("carry_over_share", "不能超过 1", "must be at most 1")
        if self.carry_over_points is not None and self.carry_over_share is not None:
            note(
                "carry_over_share", "carry_over_points 和 carry_over_share 只写一个", "write one of the two carry-overs"
            )
        if self.renews_on_award and not self.policy.startswith("after_"):
            note("renews_on_award", "只有 after_ 各办法才能重新起算", "only for the after_ policies")

    def last_day(self, earned_on: date, year_begins: int = 1) -> date | None:
        """The last day, grace included, on which points earned on `earned_on` are valid; None: they never lapse."""
        if self.policy == "never":
            return None
        return days_later(self._due(earned_on, year_begins), self.grace_days)

    def warnings(self, last_day: date) -> tuple[date, ...]:
        """The days on which the holder is to be told, the earliest first."""
        return tuple(last_day - timedelta(days=days) for days in sorted(self.warn_days, reverse=True))

    @property
    def carries_over(self) -> bool:
        """Whether any of what is left goes on."""
        return bool(self.carry_over_points or self.carry_over_share)

    @property
    def governs_wallets(self) -> bool:
        """Whether it says something of all that a person has left: then it must be the only one in its book."""
        return self.carries_over or self.resets_on_redeem or self.renews_on_award

    def next_day(self, last_day: date, year_begins: int = 1) -> date:
        """Until when points are valid that are carried over from a lot with this last day: as if they were earned on
        the first day after its period.
        """
        following = self.last_day(days_later(last_day - timedelta(days=self.grace_days), 1), year_begins)
        if following is None:
            raise ValueError("points that never lapse are not carried over")
        return following

    def carried_over(self, rest: int, *, before: int = 0) -> int:
        """How much of what is left of a lapsing lot goes into the next period, in the smallest unit; `before` is what
        was carried over of the same lot at an earlier time.
        """
        if self.carry_over_points is not None:
            return min(rest, max(0, self.carry_over_points - before))
        return int(rest * self.carry_over_share) if self.carry_over_share is not None else 0

    def _due(self, earned_on: date, year_begins: int) -> date:
        count = self.count or 0
        if self.policy == "after_days":
            return days_later(earned_on, count)
        if self.policy.startswith("after_"):
            return months_later(earned_on, count * (12 if self.policy == "after_years" else 1))
        period = self.policy.removeprefix("end_of_")
        last = bounds(period, earned_on, year_begins)[1]
        for _ in range(self.periods_after):
            last = bounds(period, days_later(last, 1), year_begins)[1]
        return last
