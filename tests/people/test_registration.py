"""What is kept of a person, on which conditions, how they are found among fifty thousand, and who looked at it."""

from __future__ import annotations

import dataclasses
import re
from typing import Any

import pytest
from sqlalchemy import text

from ledger.bank import Bank, By
from ledger.core.refusals.people import ConsentNeeded, FieldNotKept, GuardianNeeded, IdNumberTaken, PossibleDuplicate
from ledger.core.refusals.refusal import Refusal, Refused
from ledger.people import consents, duplicates, organisations, privacy, profiles, registration, sealing, volunteers
from ledger.people.guardians import NewGuardian
from ledger.people.organisations import Organisation
from ledger.people.particulars import FIELDS
from ledger.people.profiles import ParticularsInvalid
from ledger.people.registration import Newcomer, NewConsent
from ledger.people.sealing import SealBroken
from ledger.people.volunteers import Volunteer
from ledger.store import volunteers as store
from ledger.store.volunteers import Arm
from tests.banks import STAFF

BY = By(actor=STAFF)
AGREED = (NewConsent(consents.SENSITIVE_DATA, "paper"),)
MOTHER = NewGuardian(name="示例母亲", phone="13900000001", relation="mother")
ADULT_ID, CHILD_BIRTH = "11010519491231002X", "2015-05-01"


@pytest.fixture
def district(bank: Bank) -> Organisation:
    made = organisations.create(bank, BY, parent=None, level="district", name="示例区")
    privacy.set_rules(bank, BY, kept=FIELDS, on_leaving="forfeit", on_death="transfer")
    return made


def register(bank: Bank, district: Organisation, name: str, *, is_distinct: bool = False, **typed: Any) -> Volunteer:
    newcomer = Newcomer(name=name, particulars=typed, consents=AGREED)
    return registration.register(bank, BY, organisation=district, newcomer=newcomer, is_distinct=is_distinct)


def refused(act: Any) -> Refusal:
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.refusal


def found(bank: Bank, district: Organisation, q: str) -> list[str]:
    return [one.name for one in volunteers.page(bank, within=[district.path], q=q, after=None, limit=50).items]


# -- what is kept ------------------------------------------------------------------------------------------------------


def test_nothing_beside_the_name_is_kept_unless_the_bank_says_so(bank: Bank) -> None:
    district = organisations.create(bank, BY, parent=None, level="district", name="示例区")
    for field in FIELDS:
        newcomer = Newcomer(name="示例甲", particulars={field: "x"}, consents=AGREED)
        said = refused(lambda one=newcomer: registration.register(bank, BY, organisation=district, newcomer=one))
        assert said == FieldNotKept(field=field)


def test_what_is_kept_is_sealed_in_the_database_and_opened_for_its_place_alone(
    bank: Bank, district: Organisation
) -> None:
    made = register(bank, district, "示例甲", phone="１３８００００１２３４", id_number=ADULT_ID.lower())
    other = register(bank, district, "示例乙", phone="13800009999")
    kept = profiles.of(bank, made)
    assert {field: one.value for field, one in kept.items()} == {"phone": "13800001234", "id_number": ADULT_ID}
    assert kept["phone"].masked == "138****1234"
    with bank.store.reading() as connection:
        rows = store.fields(connection, made.id)
        blob = b"".join(value for row in rows for value in row.values() if isinstance(value, bytes))
    assert b"13800001234" not in blob
    assert ADULT_ID.encode() not in blob
    with bank.store.changing() as connection:  # an insider moves somebody's telephone number to somebody else
        move = "UPDATE volunteer_field SET sealed = (SELECT sealed FROM volunteer_field WHERE field = 'id_number') "
        owner = other.id if bank.store.dialect == "postgresql" else str(other.id)
        connection.execute(text(move + "WHERE volunteer_id = :id"), {"id": owner})
    with pytest.raises(SealBroken):
        profiles.of(bank, other)


def test_everything_that_cannot_be_meant_is_told_at_once(bank: Bank, district: Organisation) -> None:
    with pytest.raises(ParticularsInvalid) as caught:
        register(bank, district, "示例甲", phone="12", id_number="1", birth_date="soon")
    assert [fault.field for fault in caught.value.faults] == ["phone", "id_number", "birth_date"]
    with pytest.raises(ParticularsInvalid, match="birth_date_differs"):
        register(bank, district, "示例甲", id_number=ADULT_ID, birth_date="1950-01-01")


def test_what_is_sensitive_takes_separate_consent(bank: Bank, district: Organisation) -> None:
    for typed in ({"id_number": ADULT_ID}, {"party_member": "是"}):
        newcomer = Newcomer(name="示例甲", particulars=typed)
        said = refused(lambda one=newcomer: registration.register(bank, BY, organisation=district, newcomer=one))
        assert said == ConsentNeeded()
    plain = Newcomer(name="示例甲", particulars={"phone": "13800001234"})
    assert registration.register(bank, BY, organisation=district, newcomer=plain).name == "示例甲"


def test_of_a_child_nothing_is_kept_without_a_guardian_who_agrees(bank: Bank, district: Organisation) -> None:
    def newcomer(**more: Any) -> Newcomer:
        return Newcomer(name="示例小朋友", particulars={"birth_date": CHILD_BIRTH}, **more)

    for one in (newcomer(), newcomer(consents=AGREED), newcomer(guardian=MOTHER)):
        said = refused(lambda one=one: registration.register(bank, BY, organisation=district, newcomer=one))
        assert said == GuardianNeeded()
    agreed = newcomer(guardian=MOTHER, consents=AGREED)
    child = registration.register(bank, BY, organisation=district, newcomer=agreed)
    (line,) = consents.ledger(bank, child)
    assert line.guardian_id is not None
    consents.record(bank, BY, child, purpose=consents.SENSITIVE_DATA, given=False, captured="in_person")
    change = {"address": "示例路 1 号"}
    said = refused(lambda: registration.change_volunteer(bank, BY, child, particulars=change))
    assert said == GuardianNeeded()


def test_an_identity_number_is_registered_once_in_the_whole_bank(bank: Bank, district: Organisation) -> None:
    register(bank, district, "示例甲", id_number=ADULT_ID)
    elsewhere = organisations.create(bank, BY, parent=district, level="estate", name="示例小区")
    assert refused(lambda: register(bank, elsewhere, "示例乙", id_number=ADULT_ID)) == IdNumberTaken()
    other = register(bank, district, "示例丙")
    consents.record(bank, BY, other, purpose=consents.SENSITIVE_DATA, given=True, captured="paper")
    change = {"id_number": ADULT_ID}
    assert refused(lambda: registration.change_volunteer(bank, BY, other, particulars=change)) == IdNumberTaken()


def test_a_change_is_audited_by_field_names_and_never_by_values(bank: Bank, district: Organisation) -> None:
    made = register(bank, district, "示例甲", phone="13800001234")
    estate = organisations.create(bank, BY, parent=district, level="estate", name="示例小区")
    moved = registration.change_volunteer(
        bank, BY, made, name="示例甲改", organisation=estate, particulars={"phone": None, "address": "示例路 9 号"}
    )
    assert (moved.name, moved.organisation_id) == ("示例甲改", estate.id)
    assert set(profiles.of(bank, moved)) == {"address"}
    with bank.store.reading() as connection:
        wanted = text("SELECT change FROM audit WHERE action = 'change' AND subject_kind = 'volunteer'")
        said = str(connection.execute(wanted).scalar_one())
    assert re.search(r'"fields": \["address", "name"\], "removed": \["phone"\]', said)
    assert "示例" not in said


def test_a_new_sealing_key_leaves_old_particulars_and_look_ups_valid(bank: Bank, district: Organisation) -> None:
    import base64

    made = register(bank, district, "示例甲", phone="13800001234")
    keys = bank.settings.sealing_keys + "," + base64.b64encode(b"another invented key, for tests.").decode()
    bank.settings = dataclasses.replace(bank.settings, sealing_keys=keys)
    assert profiles.of(bank, made)["phone"].value == "13800001234"
    assert found(bank, district, "13800001234") == ["示例甲"]
    later = register(bank, district, "示例乙", phone="13800005678")
    with bank.store.reading() as connection:
        old, new = (store.fields(connection, one.id)[0]["sealed"] for one in (made, later))
    assert (sealing.of(bank).is_stale(old), sealing.of(bank).is_stale(new)) == (True, False)


# -- duplicates --------------------------------------------------------------------------------------------------------


def test_somebody_who_looks_registered_already_is_pointed_out_first(bank: Bank, district: Organisation) -> None:
    first = register(bank, district, "王示例", phone="13800001234", birth_date="1980-03-08")
    same_tail: dict[str, Any] = {"phone": "13900001234"}
    same_birth: dict[str, Any] = {"birth_date": "1980-03-08"}
    for typed in (same_tail, same_birth):
        said = refused(lambda typed=typed: register(bank, district, "王示例", **typed))
        assert said == PossibleDuplicate(numbers=first.volunteer_no)
    assert register(bank, district, "李示例", **same_tail).id != first.id
    assert register(bank, district, "王示例").id != first.id
    second = register(bank, district, "王示例", is_distinct=True, **same_tail, **same_birth)
    (pair,) = duplicates.page(bank, within=[district.path], after=None, limit=50).items
    assert (pair.volunteer, pair.other) == (second, first)
    assert pair.reasons == ("same_name_and_birth_date", "same_name_and_phone_tail")
    duplicates.keep_apart(bank, BY, pair)
    assert not duplicates.page(bank, within=[district.path], after=None, limit=50).items


def test_an_identity_number_holds_a_birth_that_makes_alike(bank: Bank, district: Organisation) -> None:
    first = register(bank, district, "王示例", id_number=ADULT_ID)
    said = refused(lambda: register(bank, district, "王示例", birth_date="1949-12-31"))
    assert said == PossibleDuplicate(numbers=first.volunteer_no)


# -- looking up --------------------------------------------------------------------------------------------------------


def test_people_are_found_by_number_telephone_tail_pinyin_initials_and_characters(
    bank: Bank, district: Organisation
) -> None:
    wang = register(bank, district, "王秀示", phone="13800001234")
    for name in ("王袖例", "汪秀示", "示例单", "欧阳示"):
        register(bank, district, name)
    for q, names in {
        wang.volunteer_no: ["王秀示"],
        wang.volunteer_no[:7]: ["王秀示"],
        "13800001234": ["王秀示"],
        "+86 138 0000 1234": ["王秀示"],
        "1234": ["王秀示"],
        "9999": [],
        "王": ["王秀示", "王袖例"],
        "王秀": ["王秀示"],
        "wangxiu": ["汪秀示", "王秀示", "王袖例"],
        "wang xiu": ["汪秀示", "王秀示", "王袖例"],
        "WXS": ["汪秀示", "王秀示"],
        "oys": ["欧阳示"],
        "nobody": [],
    }.items():
        assert sorted(found(bank, district, q)) == sorted(names), q


@pytest.fixture
def crowded(bank: Bank, district: Organisation) -> Bank:
    """A bank of so many that a scan would be chosen if nothing better were there."""
    names = [f"{surname}示{n:03}" for surname in "王李张刘陈" for n in range(400)]
    made = volunteers.register_all(bank, BY, organisation=district, names=names)
    seals = sealing.of(bank)
    with bank.changing(BY) as change:
        for at, one in enumerate(made[::4]):
            profiles.put(change, seals, one.id, one.name, {"phone": f"138{at:08}"})
    with bank.store.changing() as connection:
        connection.execute(text("ANALYZE"))
    return bank


ARMS = {
    "number": Arm("volunteer_no", "1234567890"),
    "telephone": Arm("lookup", b"\0" * 32),
    "tail": Arm("tail", b"\0" * 32),
    "pinyin": Arm("name_letters", "wangshi", is_beginning=True),
    "initials": Arm("name_initials", "ws0", is_beginning=True),
    "characters": Arm("name", "王示1", is_beginning=True),
}


@pytest.mark.parametrize("by", ARMS)
def test_every_look_up_of_a_person_is_one_index_seek(crowded: Bank, district: Organisation, by: str) -> None:
    """EXPLAIN says it: no table of people is ever read through, nor the order of all names walked along."""
    statement = store.searched(within=[district.path], arm=ARMS[by], after=None).limit(51)
    with crowded.store.reading() as connection:
        compiled = statement.compile(connection)
        given: Any = compiled.construct_params()
        if crowded.store.dialect == "sqlite":
            given = tuple(given[name] for name in compiled.positiontup or ())
        explain = "EXPLAIN QUERY PLAN" if crowded.store.dialect == "sqlite" else "EXPLAIN"
        plan = "\n".join(str(row) for row in connection.exec_driver_sql(f"{explain} {compiled}", given))
    assert not re.search(r"SCAN volunteer|Seq Scan on volunteer|ix_volunteer_name\b", plan), plan
    assert SEEKS[by] in plan, plan


SEEKS = {
    "number": "volunteer_no",
    "telephone": "ix_volunteer_field_lookup",
    "tail": "ix_volunteer_field_tail",
    "pinyin": "ix_volunteer_letters",
    "initials": "ix_volunteer_initials",
    "characters": "ix_volunteer_characters",
}


# -- consents ----------------------------------------------------------------------------------------------------------


def test_a_consent_that_is_taken_back_counts_no_more_at_once_and_stays_in_the_ledger(
    bank: Bank, district: Organisation
) -> None:
    made = register(bank, district, "示例甲")
    assert not consents.may(bank, made, consents.PUBLISH_NAME)
    for given in (True, False, True, False):
        consents.record(bank, BY, made, purpose=consents.PUBLISH_NAME, given=given, captured="in_person")
        assert consents.may(bank, made, consents.PUBLISH_NAME) is given
    lines = [line for line in consents.ledger(bank, made) if line.purpose == consents.PUBLISH_NAME]
    assert [line.given for line in lines] == [True, False, True, False]
    assert {line.text_version for line in lines} == {consents.TEXTS[consents.PUBLISH_NAME][-1].version}
    assert consents.may(bank, made, consents.SENSITIVE_DATA)
