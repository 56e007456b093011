"""What is wished for and what is asked of residents, for tests of the clients and for the pictures of their screens."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from ledger.bank import Bank, By, World
from ledger.governance import appraisals
from ledger.people import volunteers
from ledger.people.organisations import Organisation
from ledger.settings import Settings
from tests.api.conftest import Client
from tests.banks import Clock

BASE = "/api/v1"
DAY = timedelta(days=1)
QUESTIONS = ["楼道和院子干净吗(示例)", "报修来得及时吗(示例)", "说话客气吗(示例)"]
SCORES = [(5, 4, 5), (4, 4, 5), (5, 3, 4)]


def appraise(settings: Settings, organisation: Organisation, numbers: Sequence[str]) -> None:
    """A form that was over yesterday, answered by these people on its last day; and one that is open for a week."""
    with Bank.open(settings) as bank:
        today = bank.today()
        form: dict[str, Any] = {"kind": "property_company", "questions": QUESTIONS}
        actor = By(actor=bank.world.new_id())
        days = {"from_on": today, "until_on": today + 7 * DAY}
        appraisals.put_out(bank, actor, organisation, **form | days, title="本季物业评议(示例)")
    clock = Clock()
    clock.set(today - DAY)
    with Bank.open(settings, world=World(clock=clock)) as bank:
        days = {"from_on": today - 7 * DAY, "until_on": today - DAY}
        over = appraisals.put_out(bank, actor, organisation, **form | days, title="上季物业评议(示例)")
        for number, scores in zip(numbers, SCORES, strict=False):
            volunteer = volunteers.find(bank, number)
            assert volunteer is not None
            appraisals.speak(bank, By(actor=volunteer.id), over, volunteer, scores)


def wish(
    organiser: Client, of: dict[str, str], words: str, *, kind: str = "thing", asker: str = "示例邻居", **more: Any
) -> str:
    """Somebody's wish, taken in on a visit."""
    asked = of | {"kind": kind, "channel": "visit", "words": words, "asker": {"name": asker}} | more
    return _done(organiser.post(f"{BASE}/wishes", asked))


def hang(reviewer: Client, wish: str, text: str, points: int = 5, **more: Any) -> str:
    """It is looked over and hung up."""
    shown = {"text": text, "points": points, "cost_fen": 2_000, "person_in_charge": "示例负责人"} | more
    return _done(reviewer.post(f"{BASE}/wishes/{wish}/publish", shown))


def grant(organiser: Client, desk: Client, wish: str, number: str) -> None:
    """It is taken up, fulfilled and, where somebody of the desk asks the wisher, confirmed."""
    prove(organiser, wish, number)
    _done(desk.post(f"{BASE}/wishes/{wish}/confirm", {"how": "in_person"}))


def prove(organiser: Client, wish: str, number: str) -> None:
    """It is taken up and said to be fulfilled."""
    _done(organiser.post(f"{BASE}/wishes/{wish}/claims", {"volunteer_no": number}))
    today = organiser.get(f"{BASE}/bank").json["today"]
    proof = {"proof": "示例：已交给许愿人，网格员在场", "done_on": today}
    _done(organiser.post(f"{BASE}/wishes/{wish}/fulfil", proof))


def furnish(organiser: Client, reviewer: Client, of: dict[str, str], numbers: Sequence[str]) -> None:
    """A wish in each state in which somebody has to do something."""
    wish(organiser, of, "想要一本新华字典(示例)", asker="示例周奶奶")
    wish(organiser, of, "想有人陪我读书(示例)", kind="company", is_minor=True, asker="示例小周")
    held = hang(reviewer, wish(organiser, of, "想要一副老花镜(示例)", asker="示例吴大爷"), "想要一副老花镜(示例)")
    _done(organiser.post(f"{BASE}/wishes/{held}/claims", {"volunteer_no": numbers[0]}))
    radio = wish(organiser, of, "想请人修收音机(示例)", kind="service", asker="示例郑阿姨")
    hang(reviewer, radio, "想请人修收音机(示例)", claimers_at_most=2)
    bottle = wish(organiser, of, "想要一只热水袋(示例)", asker="示例冯伯伯")
    prove(organiser, hang(reviewer, bottle, "想要一只热水袋(示例)"), numbers[1])


def _done(told: Any) -> str:
    assert told.status in (200, 201), told.text
    return str(told.json["id"] if "id" in told.json else told.json["wish"]["id"])
