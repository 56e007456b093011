"""Banks with something in every table of the ledger, each test with a copy of its own."""

import shutil
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy.engine import URL

from ledger import rules
from ledger.bank import Bank, By, Charter, Outcome, Request, Submission
from ledger.core.accounts import MINUTES, Owner, OwnerKind, Purpose
from ledger.core.adjustment import Adjust
from ledger.core.opening import OpenAccounts
from ledger.people import closings, consents, organisations, privacy, viewings, volunteers
from ledger.people.organisations import Organisation
from ledger.people.volunteers import Volunteer
from ledger.prizes import (
    budgets,
    catalogue,
    desk_sessions,
    paper_redemptions,
    pictures,
    purchases,
    redemptions,
    reservations,
    slip_books,
    slips,
    stock,
    stock_reports,
)
from ledger.prizes.shelves import Counted
from ledger.rules.reviews import Route
from ledger.service import (
    activities,
    certificates,
    corrections,
    deeds,
    disputes,
    flags,
    fulfilling,
    need_settings,
    notices,
    objections,
    record_settings,
    records,
    reviews,
    rulebooks,
    stars,
    wish_claims,
    wishes,
    working_days,
)
from ledger.service.activities import Activity
from ledger.service.attended import Attended
from ledger.service.deeds import Doing
from ledger.service.records import Claim
from ledger.service.wishes import NewWish, Published
from ledger.settings import Settings
from ledger.store import log
from ledger.store.schema import log as schema
from tests.pictures import drawn
from tests.postgres import Postgres
from tests.proposals import carried


@pytest.fixture
def settings(database_url: str) -> Settings:
    """Of a bank that stands in an empty database of each kind."""
    made = Settings(database_url=database_url)
    Bank.found(made, Charter(name="先锋银行", origin="pioneer.example"))
    return made


@pytest.fixture(scope="session")
def lived_in_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite bank that has been lived in. To be copied."""
    file = tmp_path_factory.mktemp("lived-in") / "bank.sqlite"
    live_in(URL.create("sqlite", database=str(file)).render_as_string())
    return file


@pytest.fixture(scope="session")
def lived_in_template(postgres_server: Postgres) -> Iterator[str]:
    """A PostgreSQL bank that has been lived in. To be copied."""
    url = postgres_server.create_database()
    live_in(url)
    yield url
    postgres_server.drop_database(url)


@pytest.fixture
def lived_in_sqlite(lived_in_file: Path, tmp_path: Path) -> Path:
    """The file of a SQLite bank with rows in every table of the ledger."""
    return Path(shutil.copy(lived_in_file, tmp_path / "lived-in.sqlite"))


@pytest.fixture
def lived_in_postgresql(lived_in_template: str, postgres_server: Postgres) -> Iterator[str]:
    """The URL of a PostgreSQL bank with rows in every table of the ledger."""
    url = postgres_server.create_database(lived_in_template)
    yield url
    postgres_server.drop_database(url)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def lived_in_url(request: pytest.FixtureRequest) -> str:
    """The URL of a bank with rows in every table of the ledger, of each kind in turn."""
    if request.param == "postgresql":
        return str(request.getfixturevalue("lived_in_postgresql"))
    return URL.create("sqlite", database=str(request.getfixturevalue("lived_in_sqlite"))).render_as_string()


def live_in(url: str) -> None:
    """Found a bank and use it: awards, stock, a redemption, a reversal."""
    settings = Settings(database_url=url)
    Bank.found(settings, Charter(name="先锋银行", origin="pioneer.example"))
    with Bank.open(settings) as bank:
        use(bank)


COUNTERS = """
counters:
  - id: no_shows
    title: {zh: 爽约, en: no-shows}
    deeds: [no_show]
    per: year
    raises:
      - {at: 1, flag: warning, title: {zh: 提醒, en: a warning}}
      - {at: 2, flag: suspension, title: {zh: 暂停, en: a suspension}, ends: years, count: 1}
"""
"""What is added to the example, so that flags are raised too."""


def use(bank: Bank) -> None:
    """One of everything that the bank writes."""
    hand = bank.world.new_id()
    requests = (Request("test", str(at), bytes([at])) for at in range(100))
    root = organisations.create(bank, By(actor=hand), parent=None, level="district", name="示例区")
    book = rulebooks.found(bank, By(actor=hand), rules.book("example") + COUNTERS, organisation=root).rulebook
    people = volunteers.register_all(bank, By(actor=hand), organisation=root, names=["王小明", "李红"])
    yesterday = bank.today() - timedelta(days=1)
    activity = activities.create(
        bank,
        By(actor=hand),
        organisation=root,
        title="清洁",
        activity_type="cleaning",
        held_on=yesterday,
        place="广场",
        content="打扫",
        person_in_charge="张三",
    )
    awarded = [
        records.record(
            bank,
            By(actor=hand),
            next(requests),
            Claim(
                volunteer=person,
                activity=activity,
                minutes=120,
                served_on=yesterday,
                capture_method="roster",
                household=None,
                attended=Attended(attendance_id=bank.world.new_id()),
            ),
            book,
        )
        for person in people
    ]
    for person in people:
        said = Claim(
            volunteer=person,
            activity=activity,
            minutes=60,
            served_on=yesterday,
            capture_method="backfilled",
            household=None,
            attended=Attended(attendance_id=bank.world.new_id()),
        )
        handed_in = records.record(bank, By(actor=hand), next(requests), said, book)
        claim = reviews.find(bank, UUID(str(handed_in.answer["id"])))
        assert claim is not None
        reviewer = By(actor=bank.world.new_id())
        reviews.review(bank, reviewer, next(requests), claim, decision=reviews.APPROVE, reason="")
        reviews.take_step(bank, reviewer, next(requests), claim, reviews.HOLD, "示例理由")
    for person in people:
        issued = certificates.issue(bank, By(actor=hand), next(requests), person)
        certified = certificates.find(bank, UUID(str(issued.answer["id"])))
        assert certified is not None
        certificates.revoke(bank, By(actor=hand), next(requests), certified, "mistake")
    mug = catalogue.add_prize(bank, By(actor=hand), organisation=root, title="杯子", cost_points=2)
    mug = catalogue.change_prize(bank, By(actor=hand), mug, cost_points=1)
    desk = catalogue.open_desk(bank, By(actor=hand), organisation=root, name="一号点")
    received = [
        stock.receive(bank, By(actor=hand), next(requests), desk=desk, prize=mug, quantity=5, source="捐赠")
        for _ in range(2)
    ]
    redeemed = [
        redemptions.redeem(bank, By(actor=hand), next(requests), volunteer=person, desk=desk, items=[(mug, 1)])
        for person in people
    ]
    for kind in ("png", "jpeg"):
        mug = pictures.show_prize(bank, By(actor=hand), mug, drawn(kind))
    first = redemptions.find(bank, UUID(str(redeemed[0].answer["id"])))
    assert first is not None
    for width in (58, 80):
        slips.print_slip(bank, By(actor=hand), first, width_mm=width)
    keep_shelves(bank, desk, mug, root)
    stock.receive(bank, By(actor=hand), next(requests), desk=desk, prize=mug, quantity=1, source="捐赠")
    for quantity in (3, 4):
        bought = purchases.order(
            bank, By(actor=hand), organisation=root, prize=mug, quantity=quantity, supplier="示例店"
        )
        purchases.end(bank, By(actor=hand), bought)
        budgets.set_apart(bank, By(actor=hand), organisation=root, year=2026, budget_fen=quantity)
    fill_slips_in(bank, desk, mug, people[1])
    for _ in range(2):
        kept = reservations.reserve(
            bank, By(actor=hand), next(requests), volunteer=people[0], desk=desk, items=[(mug, 1)]
        )
        set_aside = reservations.find(bank, UUID(str(kept.answer["id"])))
        assert set_aside is not None
        assert reservations.cancel(bank, By(actor=hand), next(requests), set_aside).posted
        kept = reservations.reserve(
            bank, By(actor=hand), next(requests), volunteer=people[0], desk=desk, items=[(mug, 1)]
        )
        set_aside = reservations.find(bank, UUID(str(kept.answer["id"])))
        assert set_aside is not None
        handed = reservations.collect(bank, By(actor=hand), next(requests), set_aside, desk)
        found = redemptions.find(bank, UUID(str(handed.answer["id"])))
        assert found is not None
        second = By(actor=bank.world.new_id())
        assert redemptions.reverse(bank, second, next(requests), found, "退回").posted
    undone = records.find(bank, UUID(str(awarded[1].answer["id"])))
    assert undone is not None
    shorter = Claim(
        volunteer=people[0],
        activity=activity,
        minutes=90,
        served_on=yesterday,
        capture_method="roster",
        household=None,
        attended=Attended(attendance_id=bank.world.new_id()),
    )
    said_wrong = records.find(bank, UUID(str(awarded[0].answer["id"])))
    assert said_wrong is not None
    with_reason = {"reason": "录入有误", "may_undo": True}
    clerk, more = By(actor=bank.world.new_id()), next(requests)
    corrected = corrections.correct(bank, clerk, more, said_wrong, shorter, book, **with_reason)  # type: ignore[arg-type]
    released = reviews.find(bank, UUID(str(corrected.answer["id"])))
    assert released is not None
    reviews.take_step(bank, By(actor=bank.world.new_id()), next(requests), released, reviews.RELEASE, "已核对")
    reversed_ = records.reverse(bank, By(actor=hand), next(requests), undone, "录入有误")
    tomorrow = bank.today() + timedelta(days=1)
    prices = f"title: {{zh: 价目, en: prices}}\neffective_from: {tomorrow}\nprices: [{{prize: {mug.id}, points: 2}}]\n"
    carried(bank, root, prices, kind="price_list")
    absent = Doing(
        volunteer=people[0],
        organisation=root,
        kind="no_show",
        deed_type="meeting",
        done_on=yesterday,
        key="first",
        household=None,
    )
    for _ in range(2):
        deeds.post(bank, By(actor=hand), next(requests), absent, rules.load(rules.book("dongting"), points_scale=0))
    missed = [deeds.post(bank, By(actor=hand), next(requests), absent, book) for _ in range(2)]
    for person in people:
        command = Adjust(
            id=bank.world.new_id(),
            actor=hand,
            second=bank.world.new_id(),
            owner=person.owner,
            organisation=Owner(OwnerKind.ORGANISATION, root.id),
            unit=MINUTES,
            purpose=Purpose.CLOCKED,
            amount=6_000,
            reason="补登",
        )
        assert bank.submit(command).posted
        assert stars.propose(bank, By(actor=hand), next(requests), person).posted
        [change] = stars.history(bank, person.id)
        stars.decide(bank, By(actor=hand), next(requests), change, decision=stars.REJECT, reason="有误", reach=None)
    for flag in flags.standing(bank, people[0].id):
        flags.lift(bank, By(actor=hand), flag, "已说明")
    awarded += put_on_notice(bank, By(actor=hand), root, people, activity)
    awarded += fulfil_a_wish(bank, By(actor=hand), root, *people)
    awarded += say_what_is_wrong(bank, people[0])
    privacy.set_rules(bank, By(actor=hand), kept=[], on_leaving="forfeit", on_death="forfeit")
    record_settings.change_settings(bank, By(actor=hand), {"period_days": 31})
    works = working_days.Override(day=yesterday, works=True)
    working_days.override(bank, By(actor=hand), yesterday.year, [works], source="示例通知", announced=True)
    consents.record(bank, By(actor=hand), people[0], purpose=consents.SMS, given=True, captured="paper")
    for _ in range(2):
        viewings.viewed(bank, By(actor=hand), viewings.PROFILE, people[0])
    awarded += [closings.close(bank, By(actor=hand), next(requests), person, reason="left") for person in people]
    # A node of the tree is kept for every 256 entries.
    bank.submit_all([Submission.own(OpenAccounts(id=bank.world.new_id(), actor=hand, accounts=())) for _ in range(256)])
    assert all(outcome.posted for outcome in [*awarded, *received, *redeemed, *missed, reversed_])
    publish(bank)


def keep_shelves(bank: Bank, desk: catalogue.Desk, mug: catalogue.Prize, root: organisations.Organisation) -> None:
    """A transfer, and two days of a desk, one of them closed."""
    one, two = By(actor=bank.world.new_id()), By(actor=bank.world.new_id())
    requests = (Request("shelves", str(at), bytes([at])) for at in range(100))
    other = catalogue.open_desk(bank, one, organisation=root, name="二号点")
    for _ in range(2):
        assert stock.transfer(bank, one, next(requests), giver=desk, receiver=other, goods=[(mug, 1)]).posted
        assert desk_sessions.open_session(bank, one, next(requests), desk=other).posted
        latest = desk_sessions.latest_id(bank, other)
        session = desk_sessions.find(bank, latest) if latest else None
        assert session is not None
        counts = [Counted(mug.id, mug.unit_id, stock.on_shelf(bank, other)[mug.unit_id])]
        closed = desk_sessions.close(bank, one, next(requests), session, other, counts)
        report = stock_reports.find(bank, UUID(str(closed.answer["id"])))
        assert report is not None
        assert stock_reports.settle(bank, two, next(requests), report).posted


def say_what_is_wrong(bank: Bank, volunteer: Volunteer) -> list[Outcome]:
    """Two days of which something is missing, and the answers."""
    done, requests = [], (Request("disputes", str(at), bytes([at])) for at in range(100))
    for day in (bank.today(), bank.today() - timedelta(days=1)):
        lack = disputes.missing(bank, volunteer.id, activity=None, day=day)
        made = disputes.dispute(bank, By(actor=volunteer.id), next(requests), lack, reason_code="missing", words="示例")
        found = disputes.find(bank, UUID(str(made.answer["id"])))
        assert found is not None
        by = By(actor=bank.world.new_id())
        done += [made, disputes.answer(bank, by, next(requests), found, outcome="corrected", reason="示例")]
    return done


def fill_slips_in(bank: Bank, desk: catalogue.Desk, mug: catalogue.Prize, person: Volunteer) -> None:
    """Two books; a slip that is posted, one that is voided, and two exceptions that are settled."""
    one, two = By(actor=bank.world.new_id()), By(actor=bank.world.new_id())
    requests = (Request("slips", str(at), bytes([at])) for at in range(100))
    slip_books.prepare(bank, one, desk=desk, slips=1)
    book = slip_books.prepare(bank, one, desk=desk, slips=4)
    for at, quantity in enumerate((1, 90, 80)):
        keyed = paper_redemptions.key_in(
            *(bank, one, next(requests)),
            book=book,
            slip_no=book.numbers[at],
            volunteer=person,
            items=[(mug, quantity)],
            given_on=bank.today(),
        )
        assert keyed.entry is not None
        if keyed.entry.state == "exception":
            stock.receive(bank, one, next(requests), desk=desk, prize=mug, quantity=quantity, source="捐赠")
            assert paper_redemptions.settle(bank, two, next(requests), keyed.entry, "debt", "示例").posted
    paper_redemptions.void(bank, one, book, book.numbers[3])


def fulfil_a_wish(bank: Bank, by: By, root: Organisation, wisher: Volunteer, helper: Volunteer) -> list[Outcome]:
    """A wish that somebody fulfilled and two others looked over and confirmed."""
    need_settings.change_settings(bank, by, {"claim_days": 10})
    new = NewWish(organisation=root, kind="thing", channel="wall", words="示例", volunteer=wisher)
    wish = wishes.collect(bank, by, new)
    shown = Published(text="示例", points=1, cost_fen=1, person_in_charge="李明")
    wish = wishes.publish(bank, By(actor=bank.world.new_id()), wish, shown)
    wish_claims.claim(bank, by, wish, helper)
    fulfilling.fulfil(bank, by, wish, proof="示例", done_on=bank.today())
    witness = By(actor=bank.world.new_id())
    _, credited = fulfilling.confirm(bank, witness, Request("wishes", "1", b"1"), wish, "in_person")
    return [each.outcome for each in credited]


def put_on_notice(
    bank: Bank, by: By, root: Organisation, people: Sequence[Volunteer], activity: Activity
) -> list[Outcome]:
    """Two records that wait for a notice, the notice, and an objection to each line; both are answered."""
    requests = (Request("notices", str(at), bytes([at])) for at in range(100))
    route = Route(policy="notice", notice_days=3)
    said = [
        Claim(
            volunteer=person,
            activity=activity,
            minutes=30,
            served_on=activity.held_on - timedelta(days=3),
            capture_method="roster",
            household=None,
        )
        for person in people
    ]
    books = rulebooks.in_force(bank, activity.held_on)
    done = [
        bank.submit(
            reviews.hand_in(records.award(bank, by, one, books), id=bank.world.new_id(), reviews_needed=0, route=route)
        )
        for one in said
    ]
    done.append(notices.publish_due(bank, by, root))
    notice = notices.find(bank, UUID(str(done[-1].answer["id"])))
    assert notice is not None
    for line in notices.lines_of(bank, notice, after=None, limit=10).items:
        made = objections.object_to(bank, by, next(requests), notice, line, reason="没有来", contact=None)
        found = objections.with_receipt(bank, str(made.answer["receipt_no"]))
        assert found is not None
        other = By(actor=bank.world.new_id())
        answer = objections.resolve(bank, other, next(requests), found, outcome="upheld", reason="已核实")
        done += [made, answer]
    return done


def publish(bank: Bank) -> None:
    """Rows of the signed log; nobody verifies them here."""
    log.publish(bank.store, "pioneer.example", log.Published(1, "示例", 0))
    log.add_cosignature(bank.store, origin="pioneer.example", size=1, witness="witness.example", line="示例")
    with bank.store.changing() as connection:
        connection.execute(
            schema.epoch.insert().values(
                number=2, origin="pioneer.example/2", kept_size=1, lost_size=2, lost_root=b"\0" * 32, began_at=0
            )
        )
