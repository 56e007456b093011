"""The stories, acted out as they are written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from api import Keys, create_app
from ledger.bank import Bank
from ledger.core.refusals.precedence import REFUSALS
from ledger.people import keys
from tests.banks import ENGINES, LONG, Clock
from tests.stories.drivers import Driver, UseCases
from tests.stories.http import OverHttp
from tests.stories.script import Illegible, Story, hours_of, line, minutes_of, stories

FILES = sorted(Path(__file__).parent.glob("*.txt"))
STORIES = [story for file in FILES for story in stories(file)]
UNTOLD = {
    "reservation_not_due": "tests/core/test_reservations.py",
    "points_held": "tests/people/test_closings.py",
    "agent_not_authorised": "tests/ledger/test_standing_in.py",
    "id_already_used": "tests/ledger/test_idempotency.py",
    "not_superior": "tests/api/test_staff.py",
    "last_admin": "tests/api/test_staff.py",
    "already_founded": "tests/governance/test_chain.py",
    "already_on_notice": "tests/service/test_notices.py",
    "objection_open": "tests/service/test_notices.py",
    "other_level_decides": "tests/service/test_stars.py",
    "tag_not_asked": "tests/ledger/test_facts.py",
    "star_barred": "tests/core/test_star_changes.py",
}
"""Refusals that no coordinator ever meets, and where they are tested instead."""

every_story = pytest.mark.parametrize("story", STORIES, ids=lambda story: f"{story.file}: {story.title}")


def act_out(story: Story, driver: Driver) -> None:
    for said in story.lines:
        answer = driver.act(said)
        if said.expected is not None:
            assert tells(answer, said.expected), f"{said} -> {answer}; the story says {said.expected}"


def tells(answer: str | None, expected: str) -> bool:
    """Whether the answer is the expected one, or begins with its words and says more."""
    return answer is not None and re.match(re.escape(expected) + r"(?![\w+-])", answer) is not None


@every_story
def test_a_story_comes_true_in_the_bank(story: Story, bank: Bank, clock: Clock) -> None:
    act_out(story, UseCases(bank, clock))


@every_story
@pytest.mark.parametrize("engine", ENGINES if LONG else ["sqlite"])  # what HTTP adds knows nothing of engines
def test_a_story_comes_true_over_http(story: Story, bank: Bank, clock: Clock, token_keys: Path) -> None:
    app = create_app(bank, Keys(keys.load(token_keys), issuer="bank.example", clock=bank.world.clock))
    act_out(story, OverHttp(bank, clock, app))


@pytest.fixture(scope="session")
def token_keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with keys to sign tokens."""
    directory = tmp_path_factory.mktemp("keys")
    keys.ensure(directory)
    return directory


def test_every_refusal_is_told_in_a_story() -> None:
    told = {said.expected for story in STORIES for said in story.lines}
    codes = {refusal.code for refusal in REFUSALS}
    assert codes - told == set(UNTOLD)
    for code, file in UNTOLD.items():
        assert code in (Path(__file__).parents[2] / file).read_text(encoding="utf-8")


def test_every_story_has_its_own_title() -> None:
    titles = [(story.file, story.title) for story in STORIES]
    assert len(titles) == len(set(titles)) > 0


@pytest.mark.parametrize(
    ("wrong", "right"), [("balance 甲 -> 11", "10"), ("award 甲 3h -> insufficient_points", "posted")]
)
def test_a_story_that_is_not_true_is_caught(wrong: str, right: str, bank: Bank, clock: Clock) -> None:
    driver = UseCases(bank, clock)
    begun = [line("here:1", said) for said in ("rulebook kunshan", "award 甲 1h -> posted +10")]
    with pytest.raises(AssertionError, match=f"here:2.*-> {right}"):
        act_out(Story("untrue", "here", (*begun, line("here:2", wrong))), driver)


@pytest.mark.parametrize(
    ("answer", "expected", "comes_true"),
    [
        ("posted +30", "posted", True),
        ("posted +30", "posted +30", True),
        ("posted +30", "posted +3", False),
        ("10", "1", False),
        ("1", "10", False),
        ("-5", "5", False),
        (None, "posted", False),
    ],
)
def test_an_answer_may_say_more_but_nothing_else(answer: str | None, expected: str, comes_true: bool) -> None:
    assert tells(answer, expected) is comes_true


@pytest.mark.parametrize("written", ["dance 甲 -> posted", "award 甲 soon -> posted"])
def test_a_line_that_means_nothing_is_refused(written: str, bank: Bank, clock: Clock) -> None:
    with pytest.raises(Illegible):
        UseCases(bank, clock).act(line("here:1", written))


def test_an_arrow_points_at_something() -> None:
    with pytest.raises(Illegible, match="nothing follows"):
        line("here:1", "balance 甲 ->")


@pytest.mark.parametrize(("word", "minutes"), [("2h", 120), ("90m", 90), ("1h30m", 90), ("0h", 0)])
def test_times_are_written_in_hours_and_minutes(word: str, minutes: int) -> None:
    assert minutes_of(word) == minutes
    assert minutes_of(hours_of(minutes)) == minutes
