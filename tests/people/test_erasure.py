"""After an erasure no dump, log, export, answer or file of the database holds a byte of the person; and every entry,
total, proof and other person's receipt is what it was.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import inspect, text

from ledger.bank import Bank, By
from ledger.core.refusals.people import NotClosed
from ledger.core.refusals.refusal import Refused
from ledger.people import agents, closings, consents, erasure, guardians, privacy, registration, viewings, volunteers
from ledger.people.guardians import NewGuardian
from ledger.people.particulars import FIELDS
from ledger.people.registration import Newcomer, NewConsent
from ledger.people.volunteers import Volunteer
from ledger.reading.check import check
from ledger.reading.export import FORMATS, export
from ledger.service import request_steps, requests, wishes
from ledger.service.requests import NewRequest
from ledger.service.wishes import NewWish
from ledger.store import erasing
from ledger.store.engines import Store
from ledger.store.schema import metadata
from tests.banks import STAFF
from tests.towns import Town

BY = By(actor=STAFF)
CANARIES = {
    "name": "金丝雀示例",
    "pinyin": "jin si que shi li",
    "letters": "jinsiqueshili",
    "phone": "13900007788",
    "id_number": "11010519491231002X",
    "address": "示例金丝雀路七号",
    "reason": "因金丝雀本人口述理由而更正",
    "reversal": "金丝雀报错了时间所以撤销",
    "guardian": "金丝雀之监护人",
    "guardian_phone": "13900008899",
    "birth_date": "1949-12-31",
}
OTHERS_REASON = "示例旁人的更正理由"


@pytest.fixture
def town(bank: Bank) -> Town:
    made = Town(bank)
    privacy.set_rules(bank, BY, kept=FIELDS, on_leaving="forfeit", on_death="forfeit")
    return made


@pytest.fixture
def person(town: Town) -> Volunteer:
    """Somebody of whom the bank holds everything it can hold, beside an ordinary neighbour."""
    agreed = [NewConsent(purpose, "paper") for purpose in consents.TEXTS]
    newcomer = Newcomer(
        name=CANARIES["name"],
        particulars={name: CANARIES[name] for name in ("phone", "id_number", "address", "birth_date")}
        | {"gender": "女", "party_member": "是"},
        guardian=NewGuardian(name=CANARIES["guardian"], phone=CANARIES["guardian_phone"], relation="other"),
        consents=agreed,
    )
    made = registration.register(town.bank, BY, organisation=town.district, newcomer=newcomer)
    town.people["canary"] = made
    town.award("canary", 120)
    town.award("neighbour", 60)
    town.adjust("canary", 5, reason=CANARIES["reason"])
    town.adjust("neighbour", 7, reason=OTHERS_REASON)
    wrong = town.award("canary", 60, activity="visiting")
    assert wrong.seq is not None
    town.reverse(wrong.seq, reason=CANARIES["reversal"])
    wished = NewWish(organisation=town.district, kind="thing", channel="wall", words=CANARIES["reason"], volunteer=made)
    wishes.collect(town.bank, BY, wished)
    asked = NewRequest(
        organisation=town.district, kind="care", channel="phone", words=CANARIES["reversal"], volunteer=made
    )
    accepted = request_steps.accept(town.bank, BY, requests.receive(town.bank, BY, asked))
    request_steps.follow_up(town.bank, BY, accepted, CANARIES["reason"])
    town.prize("mug", 5)
    town.receive("mug", 3)
    assert town.redeem("canary", ("mug", 1)).posted
    assert not town.redeem("canary", ("mug", 99)).posted
    viewings.viewed(town.bank, BY, viewings.PROFILE, made)
    list(volunteers.page(town.bank, within=[town.district.path], q=CANARIES["phone"], after=None, limit=5).items)
    return made


def end(town: Town, person: Volunteer) -> Volunteer:
    request = town.request("close", None)
    assert closings.close(town.bank, BY, request, person, reason="left").posted
    found = volunteers.find(town.bank, person.volunteer_no)
    assert found is not None
    return found


def dump(store: Store) -> Iterator[str]:
    """Every value of every table there is, sealed ones too, as text."""
    with store.reading() as connection:
        for table in inspect(connection).get_table_names():
            for row in connection.execute(text(f'SELECT * FROM "{table}"')):  # noqa: S608 - names from the database
                for value in row:
                    yield value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def held_in(texts: Iterator[str] | list[str]) -> set[str]:
    """Which canaries sing there."""
    whole = "\n".join(texts)
    return {name for name, canary in CANARIES.items() if canary in whole}


def roots(bank: Bank) -> list[Any]:
    with bank.store.reading() as connection:
        return list(connection.execute(text("SELECT size, hash FROM tree_root ORDER BY size")).all())


# -- what goes ---------------------------------------------------------------------------------------------------------


def test_the_canaries_sing_where_they_were_planted(town: Town, person: Volunteer) -> None:
    """The control: without an erasure they are found, but for what was sealed."""
    assert held_in(dump(town.bank.store)) == {"name", "pinyin", "letters", "reason", "reversal"}


def test_after_an_erasure_no_dump_holds_a_byte_of_the_person(town: Town, person: Volunteer) -> None:
    erased = erasure.erase(town.bank, BY, end(town, person))
    assert erased.numbers == (person.volunteer_no,)
    assert held_in(dump(town.bank.store)) == set()
    assert OTHERS_REASON in "\n".join(dump(town.bank.store))
    with town.bank.store.reading() as connection:
        for table in erasing.GONE:
            left = connection.execute(text(f"SELECT count(*) FROM {table}")).scalar()  # noqa: S608 - our own names
            assert left == 0, table


@pytest.mark.parametrize("engine", ["sqlite"])
def test_after_an_erasure_no_byte_is_left_in_the_files_of_sqlite(town: Town, person: Volunteer) -> None:
    """Free pages and the WAL too. Many neighbours make the pages split, which leaves copies behind."""
    bank = town.bank
    volunteers.register_all(bank, BY, organisation=town.district, names=[f"示例邻居{n:04}" for n in range(600)])
    file = Path(bank.store.url.database or "")
    assert "name" in held_in([one.read_bytes().decode("utf-8", "replace") for one in files_of(file)])
    assert erasure.erase(bank, BY, end(town, person)).is_swept
    assert held_in([one.read_bytes().decode("utf-8", "replace") for one in files_of(file)]) == set()


def files_of(file: Path) -> list[Path]:
    return [path for path in file.parent.iterdir() if path.name.startswith(file.name)]


@pytest.mark.parametrize("engine", [pytest.param("postgresql", marks=pytest.mark.postgresql)])
def test_a_sweep_leaves_no_old_copy_in_the_tables_of_postgresql(town: Town, person: Volunteer) -> None:
    """The tables' own files, read as the server stores them. Its WAL and backups are said of in docs/privacy.md."""
    bank = town.bank
    erasure.erase(bank, BY, end(town, person))
    assert {"name", "reason"} <= held_in([stored(bank.store)])
    assert bank.store.sweep()
    assert held_in([stored(bank.store)]) == set()


def stored(store: Store) -> str:
    """The bytes of every table and its long values on the disk of the server."""
    with store.changing() as connection:
        connection.execute(text("CHECKPOINT"))
        paths = connection.execute(
            text("SELECT pg_relation_filepath(oid) FROM pg_class WHERE relkind IN ('r', 't', 'i') AND relfilenode <> 0")
        ).scalars()
        pages = [bytes(connection.scalar(text("SELECT pg_read_binary_file(:path)"), {"path": path})) for path in paths]
    return b"\n".join(pages).decode("utf-8", "replace")


def test_no_export_copy_log_or_answer_names_the_person_afterwards(
    town: Town, person: Volunteer, tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    erasure.erase(town.bank, BY, end(town, person))
    for form in FORMATS:
        export(town.bank.store, town.bank.charter, form, tmp_path / form)
    written = [file.read_text(encoding="utf-8") for file in tmp_path.rglob("*") if file.is_file()]
    assert written
    printed = capfd.readouterr()
    assert held_in([*written, caplog.text, printed.out, printed.err]) == set()


def test_what_the_bank_remembers_under_keys_never_names_anybody(town: Town, person: Volunteer) -> None:
    """Answers are replayed for ever, so nothing personal may ever be in one; with or without an erasure."""
    with town.bank.store.reading() as connection:
        told = list(connection.execute(text("SELECT answer FROM command")).scalars())
        said = list(connection.execute(text("SELECT change FROM audit")).scalars())
        detail = list(connection.execute(text('SELECT detail FROM "transaction"')).scalars())
    assert len(told) > 8
    assert held_in(told) == held_in(said) == held_in(detail) == set()


def test_somebody_who_was_erased_is_not_found_by_anything(town: Town, person: Volunteer) -> None:
    bank = town.bank
    erasure.erase(bank, BY, end(town, person))
    assert volunteers.find(bank, person.volunteer_no) is None
    assert volunteers.find_all(bank, [person.volunteer_no]) == {}
    for q in (person.volunteer_no, "7788", CANARIES["phone"], CANARIES["name"], "jinsi", "jsqsl", "已删除"):
        assert not volunteers.page(bank, within=[town.district.path], q=q, after=None, limit=5).items, q


def test_the_identity_number_of_somebody_erased_may_be_registered_again(town: Town, person: Volunteer) -> None:
    erasure.erase(town.bank, BY, end(town, person))
    again = Newcomer(
        name="示例新人",
        particulars={"id_number": CANARIES["id_number"]},
        consents=[NewConsent(consents.SENSITIVE_DATA, "paper")],
    )
    assert registration.register(town.bank, BY, organisation=town.district, newcomer=again).name == "示例新人"


# -- what stays --------------------------------------------------------------------------------------------------------


def test_an_erasure_changes_no_root_no_total_and_no_other_receipt(town: Town, person: Volunteer) -> None:
    bank = town.bank
    ended = end(town, person)
    before = roots(bank), public(bank), openings(bank, town.volunteer("neighbour").id), town.points("neighbour")
    erased = erasure.erase(bank, BY, ended)
    assert erased.openings == 6
    assert before == (
        roots(bank),
        public(bank),
        openings(bank, town.volunteer("neighbour").id),
        town.points("neighbour"),
    )
    assert list(check(bank.store, charter=bank.charter)) == []


def public(bank: Bank) -> list[Any]:
    with bank.store.reading() as connection:
        legs = list(connection.execute(text("SELECT * FROM transfer ORDER BY seq, leg")).all())
        return [*legs, *connection.execute(text('SELECT * FROM "transaction" ORDER BY seq')).all()]


def openings(bank: Bank, owner: UUID) -> list[Any]:
    """What opens the transactions of this person."""
    statement = (
        "SELECT DISTINCT p.seq, p.salt, p.opening FROM private p JOIN transfer m ON m.seq = p.seq "
        "JOIN account a ON a.id IN (m.debit_account_id, m.credit_account_id) WHERE a.owner_id = :owner ORDER BY p.seq"
    )
    with bank.store.reading() as connection:
        value = owner if bank.store.dialect == "postgresql" else str(owner)
        found = connection.execute(text(statement), {"owner": value}).all()
    assert all(opening is not None for _, _, opening in found)
    return list(found)


def test_what_somebody_else_has_a_part_in_still_opens_for_them(town: Town, person: Volunteer) -> None:
    privacy.set_rules(town.bank, BY, kept=FIELDS, on_leaving="transfer", on_death="transfer")
    heir = town.volunteer("neighbour")
    request = town.request("close", None)
    assert closings.close(town.bank, BY, request, person, reason="died", heir=heir.owner).posted
    mine = openings(town.bank, heir.id)
    found = volunteers.find(town.bank, person.volunteer_no)
    assert found is not None
    erasure.erase(town.bank, BY, found)
    assert openings(town.bank, heir.id) == mine


def test_numbers_that_were_merged_go_together(town: Town, person: Volunteer) -> None:
    bank = town.bank
    other = volunteers.register(bank, BY, organisation=town.district, name=CANARIES["name"])
    assert closings.merge(bank, BY, town.request("merge", None), person, other).posted
    survivor = volunteers.find(bank, person.volunteer_no)
    assert survivor is not None
    assert survivor.id == other.id
    erased = erasure.erase(bank, BY, end(town, survivor))
    assert erased.numbers == tuple(sorted([person.volunteer_no, other.volunteer_no]))
    assert held_in(dump(bank.store)) == set()


def test_only_a_closed_account_is_erased(town: Town, person: Volunteer) -> None:
    with pytest.raises(Refused) as caught:
        erasure.erase(town.bank, BY, person)
    assert caught.value.refusal == NotClosed()
    assert "name" in held_in(dump(town.bank.store))


def test_an_erasure_is_in_the_audit_by_id_alone(town: Town, person: Volunteer) -> None:
    erasure.erase(town.bank, BY, end(town, person))
    with town.bank.store.reading() as connection:
        lines = connection.execute(text("SELECT subject_id, change FROM audit WHERE action = 'erase'")).all()
    assert [(subject, json.loads(change)) for subject, change in lines] == [
        (str(person.id), {"after": {"openings": 6}})
    ]


def test_every_table_that_refers_to_a_person_says_what_an_erasure_does_to_it() -> None:
    refers = {
        table.name
        for table in metadata.sorted_tables
        for column in table.columns
        if column.name == "volunteer_id" or any(key.column.table.name == "volunteer" for key in column.foreign_keys)
    }
    told = (*erasing.GONE, *erasing.KEPT, *erasing.BLANKED)
    assert refers == set(told)
    assert len(told) == len(set(told))


def test_an_erasure_keeps_the_authorisation_and_takes_away_who_the_agent_is(town: Town, person: Volunteer) -> None:
    """What was collected under it still stands, and says so."""
    given: dict[str, Any] = {"scope": "redeem", "captured": "paper", "from_on": town.bank.today()}
    agency = agents.authorise(town.bank, BY, person, agent=CANARIES["guardian"], **given)
    town.award("canary", 60)
    assert town.redeem("canary", ("mug", 1), agency=agency).posted
    erasure.erase(town.bank, BY, end(town, person))
    left = agents.find(town.bank, agency.id)
    assert left is not None
    assert (left.volunteer_id, left.agent_id, left.name) == (person.id, None, None)
    with town.bank.store.reading() as connection:
        assert connection.execute(text("SELECT agent_sealed FROM agency")).scalar() == b""
    assert list(check(town.bank.store, charter=town.bank.charter)) == []


def test_guardians_are_sealed_like_everything_else(town: Town, person: Volunteer) -> None:
    (one,) = guardians.of(town.bank, person)
    assert (one.name, one.phone) == (CANARIES["guardian"], CANARIES["guardian_phone"])
    assert {"guardian", "guardian_phone"} & held_in(dump(town.bank.store)) == set()
