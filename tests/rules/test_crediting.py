"""Where points go: netted by account, use and last day; what a penalty takes comes out of what is given first."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ledger.rules import Credit, Rulebook, Share, assess, effective_day_of, inputs_from, recorded_inputs, shares
from tests.rules.factories import a_deed, a_document, a_rulebook

ON = date(2026, 3, 1)
END = date(2026, 3, 31)


def a_book(lapse: str = "{policy: end_of_month}") -> Rulebook:
    own = f"deeds: [good_deed], points: 1, per: act, lapse: {lapse}"
    return a_rulebook("points: 1, per: session", own)


def shared(*given: Credit) -> tuple[Share, ...]:
    return shares(a_book(), a_deed(served_on=ON), given)


def test_credits_of_one_account_use_and_day_are_one_share() -> None:
    assert shared(Credit("person", "spendable", 3, "r0"), Credit("person", "spendable", 4, "r0")) == (
        Share("person", "spendable", None, 7),
    )


def test_only_points_to_spend_lapse_each_by_its_own_rule() -> None:
    assert shared(
        Credit("person", "spendable", 3, "r0"),
        Credit("person", "spendable", 4, "r1"),
        Credit("person", "honour", 5, "r1"),
        Credit("household", "spendable", 6, "r1"),
    ) == (
        Share("person", "spendable", None, 3),
        Share("person", "spendable", END, 4),
        Share("person", "honour", None, 5),
        Share("household", "spendable", END, 6),
    )


@pytest.mark.parametrize(
    ("taken", "left"),
    [
        (2, (Share("person", "spendable", None, 1), Share("person", "spendable", END, 4))),
        (3, (Share("person", "spendable", END, 4),)),
        (5, (Share("person", "spendable", END, 2),)),
        (7, ()),
        (9, (Share("person", "spendable", None, -2),)),
    ],
)
def test_what_a_penalty_takes_comes_out_of_what_is_given(taken: int, left: tuple[Share, ...]) -> None:
    given = (
        Credit("person", "spendable", 3, "r0"),
        Credit("person", "spendable", 4, "r1"),
        Credit("person", "spendable", -taken, "r2"),
    )
    assert shared(*given) == left


def test_a_penalty_leaves_what_is_others_or_not_to_spend() -> None:
    assert shared(
        Credit("household", "spendable", 4, "r0"),
        Credit("person", "donate_only", 5, "r0"),
        Credit("person", "spendable", -3, "r2"),
    ) == (
        Share("household", "spendable", None, 4),
        Share("person", "donate_only", None, 5),
        Share("person", "spendable", None, -3),
    )


@pytest.mark.parametrize(
    ("to", "deed", "account"),
    [
        ("doer", {"account": "group", "group": "g"}, "group"),
        ("doer", {"account": "household", "household": "h"}, "household"),
        ("doer", {}, "person"),
        ("unit", {"organisation": "o"}, "unit"),
    ],
)
def test_a_share_goes_to_whom_the_rule_names(to: str, deed: dict[str, Any], account: str) -> None:
    book = a_rulebook(f"points: 7, per: session, credits: [{{to: {to}, share: 1/2}}, {{to: person, share: 1/2}}]")
    given = assess(book, a_deed(**deed)).credits
    assert sum(credit.points for credit in given) == 7
    assert {(credit.to, credit.points) for credit in given} == {(account, 3), ("person", 4)}


@pytest.mark.parametrize(
    ("written", "day"), [("2026-01-01", date(2026, 1, 1)), ("2026-02-30", None), ("soon", None), ("[a]", None)]
)
def test_a_text_s_first_day_is_known_before_it_is_read(written: str, day: date | None) -> None:
    document = a_document("points: 1, per: session")
    assert effective_day_of(document.replace("2026-01-01", written)) == day
    assert effective_day_of(document.replace("effective_from: 2026-01-01\n", "")) is None


def test_what_is_recorded_of_a_deed_is_what_is_known_of_it_and_no_more() -> None:
    bare = recorded_inputs(a_deed(), {})
    assert bare == {
        "activity_type": "cleaning", "served_on": "2026-03-01", "minutes": 60, "capture_method": "clocked",
        "history": [],
    }  # fmt: skip
    full = a_deed(
        tags=frozenset("ba"), measures=(("kg", 3),), filed=False, age=0, count=2, person="p", activity="m", key="k",
        flags=frozenset({"review"}), residences=frozenset({"local", "示例社区"}), party_status="other",
    )  # fmt: skip
    recorded = recorded_inputs(full, {})
    assert recorded == bare | {
        "tags": ["a", "b"], "measures": [["kg", 3]], "filed": False, "age": 0, "count": 2, "key": "k",
        "flags": ["review"], "residences": ["local", "示例社区"], "party_status": "other",
        "belongs_to": ["person", "activity"],
    }  # fmt: skip
    again, history = inputs_from(recorded)
    assert again.anonymous() == full.anonymous()
    assert (again.person, again.activity, again.household, history) == ("person", "activity", None, {})
