"""Appraisals: one voice each, for whom the form asks, and of an anonymous one nothing that leads to anybody."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
import zxingcpp
from PIL import Image
from sqlalchemy import text

from ledger import papers
from ledger.bank import Bank, By
from ledger.core.accounts import OwnerKind
from ledger.core.refusals.refusal import Refused
from ledger.governance import appraisal_papers, appraisals
from ledger.governance.appraisals import Form, Result
from ledger.people import households, organisations, volunteers
from ledger.people.volunteers import Volunteer
from tests.banks import STAFF, Clock
from tests.towns import Town

BY = By(actor=STAFF)
FIRST, LAST, AFTER = date(2026, 3, 2), date(2026, 3, 8), date(2026, 3, 9)
QUESTIONS = ["示例保洁", "示例态度"]


@pytest.fixture
def town(bank: Bank) -> Town:
    return Town(bank)


def form(town: Town, **changed: Any) -> Form:
    said: dict[str, Any] = {"kind": "property_company", "title": "示例物业评议", "questions": QUESTIONS}
    said |= {"from_on": FIRST, "until_on": LAST}
    return appraisals.put_out(town.bank, BY, town.district, **said | changed)


def who(town: Town, name: str) -> Volunteer:
    found = volunteers.find(town.bank, town.volunteer(name).volunteer_no)
    assert found is not None
    return found


def speak(town: Town, asked: Form, name: str, *scores: int) -> None:
    appraisals.speak(town.bank, By(actor=town.volunteer(name).id), asked, who(town, name), scores)


def result(town: Town, asked: Form, clock: Clock) -> Result:
    clock.set(AFTER)
    found = appraisals.result(town.bank, asked)
    assert found is not None
    return found


def test_each_person_has_one_voice_and_the_result_is_told_when_it_is_over(town: Town, clock: Clock) -> None:
    asked = form(town)
    for name, scores in (("甲", (5, 4)), ("乙", (4, 4)), ("丙", (3, 5))):
        speak(town, asked, name, *scores)
        with pytest.raises(Refused, match="already_spoken"):
            speak(town, asked, name, 1, 1)
    assert appraisals.result(town.bank, asked) is None
    made = result(town, asked, clock)
    assert (made.voices, made.percent, made.stars) == (3, 83, 3)
    assert [one.average_hundredths for one in made.questions] == [400, 433]
    assert made.questions[0].given == {1: 0, 2: 0, 3: 1, 4: 1, 5: 1}
    assert [one.form.id for one in appraisals.results(town.bank, after=None, limit=5).items] == [asked.id]


def test_of_an_anonymous_form_nothing_leads_from_a_voice_to_its_scores(town: Town) -> None:
    """Neither in the rows of the form, nor in the audit."""
    asked = form(town)
    speak(town, asked, "甲", 5, 1)
    named = form(town, is_anonymous=False)
    speak(town, named, "甲", 5, 1)
    with town.bank.store.reading() as connection:
        rows = connection.execute(text("SELECT appraisal_id, scores FROM appraisal_voice"))
        kept = {str(row[0]): row[1] for row in rows}
        said = [tuple(row) for row in connection.execute(text("SELECT change FROM audit WHERE action = 'speak'"))]
    assert kept == {str(asked.id): None, str(named.id): "[5, 1]"}
    assert len(set(said)) == 1


def test_a_result_of_few_anonymous_voices_is_not_told(town: Town, clock: Clock) -> None:
    asked, named = form(town), form(town, is_anonymous=False)
    for one in (asked, named):
        speak(town, one, "甲", 5, 5)
        speak(town, one, "乙", 1, 1)
    few, told = result(town, asked, clock), result(town, named, clock)
    assert (few.voices, few.percent, few.stars, few.questions[0].given) == (2, None, None, None)
    assert (told.voices, told.percent) == (2, 60)


def test_a_household_has_one_voice_where_the_form_counts_households(town: Town) -> None:
    home = households.create(town.bank, BY, kind=OwnerKind.HOUSEHOLD, organisation=town.district, name="示例户")
    households.join(town.bank, BY, home, who(town, "甲"), role="head", from_on=FIRST)
    households.join(town.bank, BY, home, who(town, "乙"), role="member", from_on=FIRST)
    asked = form(town, voice="household")
    assert [one.id for one in appraisals.open_to(town.bank, who(town, "乙"))] == [asked.id]
    speak(town, asked, "甲", 5, 5)
    with pytest.raises(Refused, match="already_spoken"):
        speak(town, asked, "乙", 1, 1)
    assert appraisals.open_to(town.bank, who(town, "乙")) == []
    speak(town, asked, "丙", 4, 4)


def test_only_those_whom_a_form_asks_speak_and_only_in_its_days(town: Town, clock: Clock) -> None:
    elsewhere = organisations.create(town.bank, BY, parent=town.district, level="community", name="示例社区")
    there = appraisals.put_out(
        *(town.bank, BY, elsewhere), kind="other", title="示例", questions=QUESTIONS, from_on=FIRST, until_on=LAST
    )
    with pytest.raises(Refused, match="not_asked"):
        speak(town, there, "甲", 5, 5)
    town.award("甲", 60)
    served = form(town, kind="activity", subject_id=town.activity("cleaning").id)
    with pytest.raises(Refused, match="not_asked"):
        speak(town, served, "乙", 5, 5)
    assert [one.id for one in appraisals.open_to(town.bank, who(town, "甲"))] == [served.id]
    speak(town, served, "甲", 5, 5)
    assert appraisals.open_to(town.bank, who(town, "甲")) == []
    clock.set(AFTER)
    with pytest.raises(Refused, match="appraisal_not_open"):
        speak(town, served, "甲", 5, 5)
    with pytest.raises(Refused, match="days_reversed"):
        form(town, from_on=LAST, until_on=FIRST)


def test_a_ballot_on_paper_is_a_voice_like_any_other_and_says_who_keyed_it_in(town: Town, clock: Clock) -> None:
    asked = form(town)
    appraisals.key_in(town.bank, BY, asked, who(town, "甲"), (5, 4))
    for again in (appraisals.key_in, appraisals.speak):
        with pytest.raises(Refused, match="already_spoken"):
            again(town.bank, BY, asked, who(town, "甲"), (1, 1))
    speak(town, asked, "乙", 4, 4)
    with pytest.raises(Refused, match="already_spoken"):
        appraisals.key_in(town.bank, BY, asked, who(town, "乙"), (1, 1))
    appraisals.key_in(town.bank, BY, asked, who(town, "丙"), (3, 5))
    with town.bank.store.reading() as connection:
        rows = connection.execute(text("SELECT channel, keyed_by, scores FROM appraisal_voice"))
        kept = sorted((row[0], row[1] and str(row[1]), row[2]) for row in rows)
    assert kept == [("kiosk", None, None), *[("paper", str(STAFF), None)] * 2]
    made = result(town, asked, clock)
    assert (made.voices, made.on_paper, made.percent) == (3, 2, 83)
    with pytest.raises(Refused, match="appraisal_not_open"):
        appraisals.key_in(town.bank, BY, asked, who(town, "丁"), (3, 5))


def test_a_result_is_pinned_up_as_it_was_counted_and_few_voices_stay_untold(town: Town, clock: Clock) -> None:
    asked, few = form(town), form(town, title="示例少数")
    for name, scores in (("甲", (5, 4)), ("乙", (4, 4)), ("丙", (3, 5))):
        speak(town, asked, name, *scores)
    speak(town, few, "甲", 1, 1)
    link = "https://bank.example/board"
    told = appraisal_papers.values(town.bank, result(town, asked, clock), size="a4", page_url=link)
    assert dict(told["facts"])["星级"] == "★★★☆☆"
    assert told["rows"] == [
        ["示例保洁", "4.00", "0", "0", "1", "1", "1"],
        ["示例态度", "4.33", "0", "0", "0", "2", "1"],
    ]
    [page] = papers.pictures("list", told, ppi=110)
    assert [code.text for code in zxingcpp.read_barcodes(Image.open(io.BytesIO(page)).convert("L"))] == [link]
    untold = appraisal_papers.values(town.bank, result(town, few, clock), size="a4", page_url=link)
    assert {cell for row in untold["rows"] for cell in row[1:]} == {"—"}
    assert "不公布打分" in untold["notes"][0]
