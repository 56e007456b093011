"""A roster of people becomes volunteers: each row checked, each doubt asked about, all of them registered or none."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from ledger.bank import Bank, By
from ledger.core.refusals.people import IdNumberTaken, ImportFaulty, QuestionsOpen
from ledger.core.refusals.refusal import Refused
from ledger.people import (
    consents,
    import_reports,
    imports,
    organisations,
    particulars,
    privacy,
    profiles,
    sealing,
    volunteers,
)
from ledger.people.consents import SENSITIVE_DATA
from ledger.people.imports import COMMITTED, Question, Report, Run
from ledger.people.organisations import Organisation
from ledger.people.particulars import ParticularInvalid
from ledger.store import imports as store
from ledger.store import volunteers as register
from ledger.tables import CellInvalid, Column, Fault, Value, cells, read, table_of, writing
from ledger.tables.columns import STRICT, Row, Table

KIND = "volunteers"
ORGANISATIONS_MAX = 20_000
NEW, SKIP = "new", "skip"
ANSWERS = (NEW, SKIP)
"""A row in doubt is somebody new, or somebody who is registered already and left out."""

FIELDS = {
    "phone": ("手机号", "手机", "手机号码", "电话", "电话号码", "联系电话", "联系方式", "phone", "mobile"),
    "id_number": ("身份证号", "身份证", "身份证号码", "公民身份号码", "证件号码", "idnumber"),
    "birth_date": ("出生日期", "出生年月日", "生日", "birthdate"),
    "gender": ("性别", "gender"),
    "address": ("住址", "地址", "家庭住址", "居住地址", "address"),
    "party_member": ("是否党员", "党员", "政治面貌", "partymember"),
}
"""Columns of particulars, which a bank keeps only where its privacy rules say so."""
NAME = ("姓名", "名字", "志愿者姓名", "志愿者", "name")
ORGANISATION = ("所属组织", "组织", "小区", "社区", "所属小区", "所属社区", "organisation")
AGREED = ("已签同意书", "是否同意", "本人同意", "知情同意", "consent")
"""Whether the separate consent to sensitive particulars was taken down."""
_SAID = {"是": "yes", "yes": "yes", "1": "yes", "√": "yes", "否": "no", "no": "no", "0": "no"}
_NOT_A_PERSON = re.compile(r"(合计|总计|小计|共计|备注|说明|填表人|制表人|审核人|填报单位|注[::])")


def check(bank: Bank, by: By, organisation: Organisation, content: bytes) -> Run:
    """Read a file and keep what it would become; the same file again is recognised. Refuses TableRefused."""
    digest = imports.digest_of(content)
    if before := imports.known(bank, KIND, organisation, digest):
        return before
    table = table_of(read(content), columns())
    places, kept = _places(bank, organisation), kept_fields(bank)
    faults = list(table.faults)
    people: list[dict[str, Any]] = []
    for row in table.rows:
        values, unfit = _particulars(row, kept, bank.today())
        wrong = [fault for fault in (_not_a_person(row), _misplaced(row, places), *unfit) if fault]
        faults += wrong
        if not wrong:
            place = places[row.values["organisation"]][0] if "organisation" in row.values else organisation.id
            people.append(
                {
                    "row": row.number,
                    "name": row.values["name"],
                    "organisation_id": str(place),
                    "particulars": values,
                    "agreed": row.values.get("agreed") == "yes",
                }
            )
    taken = _taken(bank, people)
    by_number = {row.number: row for row in table.rows}
    faults += [
        by_number[number].fault("id_number", IdNumberTaken.code, IdNumberTaken.zh, IdNumberTaken.en) for number in taken
    ]
    people = [one for one in people if one["row"] not in taken]
    report = Report(
        faults=tuple(sorted(faults, key=lambda fault: (fault.row or 0, fault.column or ""))),
        questions=tuple(_questions(bank, organisation, people)),
        ignored=tuple(_shortened(table)),
    )
    return imports.keep(bank, by, KIND, organisation, digest, report, people, content)


def commit(bank: Bank, by: By, run: Run, *, answers: Mapping[int, str], leave_out_faulty: bool = False) -> Run:
    """Register everybody, or nobody. `answers` are NEW or SKIP by row, one for each question.

    A run that was committed answers as it did. Refuses ImportFaulty unless faulty rows are to be left out,
    QuestionsOpen, ImportExpired.
    """
    if run.state == COMMITTED:
        return run
    if run.report.faults and not leave_out_faulty:
        raise Refused(ImportFaulty(faults=len(run.report.faults)))
    unanswered = {question.row for question in run.report.questions} - answers.keys()
    if unanswered:
        raise Refused(QuestionsOpen(questions=len(unanswered)))
    people = [one for one in imports.waiting(bank, run) if answers.get(one["row"]) != SKIP]
    places: dict[str, Organisation] = {}
    with bank.changing(by) as change:
        if imports.settle(change, run, len(people)):
            for one in people:
                place = places.get(one["organisation_id"]) or _found(bank, one["organisation_id"])
                places[one["organisation_id"]] = place
                made = volunteers.add(bank, change, place, one["name"])
                if one["particulars"]:
                    profiles.put(change, sealing.of(bank), made.id, made.name, one["particulars"])
                if one["agreed"]:
                    consents.add(change, made.id, purpose=SENSITIVE_DATA, given=True, captured="import")
    settled = imports.find(bank, run.id)
    if settled is None:
        raise LookupError(f"import {run.id} is gone")
    return settled


def template(bank: Bank) -> bytes:
    """An empty roster to fill in: every column formatted as text, so that long numbers keep their digits."""
    kept = kept_fields(bank)
    headers = [NAME[0], ORGANISATION[0], *(FIELDS[field][0] for field in kept)]
    headers += [AGREED[0]] if profiles.SENSITIVE & set(kept) else []
    return writing.xlsx("志愿者名册", headers, [], blank_rows=500)


def workbook(bank: Bank, run: Run) -> bytes:
    """The roster as it was brought, with what is wrong said where it is wrong. Refuses ImportExpired."""
    return import_reports.workbook(bank, run, columns(), STRICT)


def kept_fields(bank: Bank) -> tuple[str, ...]:
    """Which particulars this bank keeps, as its privacy rules say."""
    kept = privacy.rules(bank).kept
    return tuple(field for field in FIELDS if field in kept)


def columns() -> list[Column]:
    """What a roster may tell."""
    return [
        Column(key="name", names=NAME, read=cells.name, required=True),
        Column(key="organisation", names=ORGANISATION, read=cells.text),
        Column(key="agreed", names=AGREED, read=_agreed),
        *(Column(key=field, names=names, read=_as_it_is) for field, names in FIELDS.items()),
    ]


def _agreed(value: Value) -> str:
    said = cells.code(value).lower()
    if said not in _SAID:
        raise CellInvalid("not_text")
    return _SAID[said]


def _as_it_is(value: Value) -> Value:
    """Particulars have readers of their own."""
    return value


def _not_a_person(row: Row) -> Fault | None:
    """Totals and remarks stand below many rosters."""
    if not _NOT_A_PERSON.match(row.values["name"]):
        return None
    return row.fault(
        "name", "not_a_person", "这一行像是合计或备注, 请删除", "this looks like a total or a remark: delete it"
    )


def _misplaced(row: Row, places: Mapping[str, list[UUID]]) -> Fault | None:
    if "organisation" not in row.values:
        return None
    found = places.get(row.values["organisation"], [])
    if len(found) == 1:
        return None
    if found:
        return row.fault(
            "organisation",
            "organisation_ambiguous",
            "有几个组织同名, 请分别上传到各自的组织",
            "several organisations are called so: upload to each by itself",
        )
    return row.fault(
        "organisation",
        "organisation_unknown",
        "所选组织之下没有叫这个名称的组织",
        "no organisation of this name lies below the one that was chosen",
    )


def _particulars(row: Row, kept: Sequence[str], today: date) -> tuple[dict[str, str], list[Fault]]:
    """What is to be kept beside the name, in one spelling each. What this bank does not keep is not taken in by the
    back door, and what needs consent or a guardian not without.
    """
    values: dict[str, str] = {}
    faults: list[Fault] = []
    for field in FIELDS:
        if field not in row.values:
            continue
        if field not in kept:
            zh, en = "本行未启用该项个人信息, 请删除此列", "this bank does not keep this: delete the column"
            faults.append(row.fault(field, "field_not_kept", zh, en))
            continue
        try:
            values[field] = particulars.read(field, row.values[field], today=today)
        except ParticularInvalid as invalid:
            faults.append(row.fault(field, invalid.code, invalid.zh, invalid.en))
    if faults:
        return values, faults
    agreed = "self" if row.values.get("agreed") == "yes" else None
    try:
        particulars.refuse_contradictions(values)
        profiles.refuse_unagreed(values, today=today, has_guardian=False, agreed=agreed)
    except ParticularInvalid as invalid:
        faults.append(row.fault(invalid.field, invalid.code, invalid.zh, invalid.en))
    except Refused as no:
        faults.append(row.fault(None, no.refusal.code, no.refusal.sentence("zh"), no.refusal.sentence("en")))
    return values, faults


def _taken(bank: Bank, people: Sequence[Mapping[str, Any]]) -> set[int]:
    """Rows whose identity number is registered, or stands in an earlier row."""
    seals = sealing.of(bank)
    seen: set[str] = set()
    taken: set[int] = set()
    with bank.store.reading() as connection:
        for one in people:
            number = one["particulars"].get("id_number")
            if number is None:
                continue
            if number in seen or register.holder_of(connection, seals.digest(number, purpose="id_number")):
                taken.add(one["row"])
            seen.add(number)
    return taken


def _questions(bank: Bank, organisation: Organisation, people: Sequence[Mapping[str, Any]]) -> list[Question]:
    """Duplicate names are normal, and so is handing in somebody twice: who is who only people know."""
    with bank.store.reading() as connection:
        known = store.known_names(connection, (one["name"] for one in people), [organisation.path])
    alike: dict[str, list[int]] = {}
    for one in people:
        alike.setdefault(one["name"], []).append(one["row"])
    asked: list[Question] = []
    for one in people:
        if "id_number" in one["particulars"]:
            continue  # nobody has it yet: it tells them apart
        same = tuple(row for row in alike[one["name"]] if row < one["row"])
        if one["name"] in known:
            asked.append(
                Question(
                    row=one["row"],
                    code="same_name_registered",
                    zh="已有同名志愿者, 是同一人(跳过)还是另一人(新增)?",
                    en="somebody of this name is registered: the same person (skip), or another one (new)?",
                    candidates=tuple(known[one["name"]]),
                    rows=same,
                )
            )
        elif same:
            asked.append(
                Question(
                    row=one["row"],
                    code="same_name_in_file",
                    zh="名册中有同名的行, 是同一人(跳过)还是另一人(新增)?",
                    en="another row has this name: the same person (skip), or another one (new)?",
                    rows=same,
                )
            )
    return asked


def _places(bank: Bank, organisation: Organisation) -> dict[str, list[UUID]]:
    """Organisations at or below this one, by name."""
    found: dict[str, list[UUID]] = {}
    page = organisations.page(bank, within=[organisation.path], after=None, limit=ORGANISATIONS_MAX)
    for one in page.items:
        found.setdefault(one.name, []).append(one.id)
    return found


def _found(bank: Bank, id: str) -> Organisation:
    place = organisations.find(bank, UUID(id))
    if place is None:
        raise LookupError(f"organisation {id} is gone")
    return place


def _shortened(table: Table) -> list[str]:
    return [header[:50] for header in table.ignored[:50]]
