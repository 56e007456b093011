"""Certificates of service (志愿服务记录证明, 民政部令67 art. 14-17): free of charge, for whoever served, over whatever
stands in the books on the day of issue; verifiable by their number for as long as the bank is served.

A certificate does not change. When a record it rests on is corrected it is superseded, and another one can be issued.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal
from uuid import UUID

from ledger.bank import Bank, By, Outcome, Page, Request, Submission
from ledger.core.canonical import canonical_text, digest
from ledger.people.codes import is_code, new_code
from ledger.people.volunteers import Volunteer
from ledger.service.certify import Certify, EndCertificate, EndReason
from ledger.store import certificates as store
from ledger.store import dossiers
from ledger.store.volunteers import merged_into

NUMBER_DIGITS = 20
"""19 digits that nobody guesses, one look-up at a time, and a check digit."""
FIRST_DAY = date(1970, 1, 1)

State = Literal["valid", "superseded", "revoked", "erased"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """One certificate. `content` is what stands on the paper, None once the person was erased."""

    id: UUID
    seq: int
    certificate_no: str
    volunteer_id: UUID
    organisation_id: UUID
    organisation_path: str
    organisation: str
    first_day: date
    last_day: date
    minutes: int
    records: int
    issued_on: date
    is_corrected: bool
    ended_for: EndReason | None
    content: Mapping[str, Any] | None

    @property
    def state(self) -> State:
        """What whoever is shown the paper must know of it."""
        if self.ended_for is not None:
            return "revoked"
        if self.content is None:
            return "erased"
        return "superseded" if self.is_corrected else "valid"


def issue(
    bank: Bank, by: By, request: Request, volunteer: Volunteer, *, since: date | None = None, until: date | None = None
) -> Outcome:
    """Certify what this volunteer did from `since` to `until`, both included; everything up to today if not said."""
    return issue_all(bank, by, [(request, volunteer)], since=since, until=until)[0]


def issue_all(
    bank: Bank,
    by: By,
    wanted: Sequence[tuple[Request, Volunteer]],
    *,
    since: date | None = None,
    until: date | None = None,
) -> list[Outcome]:
    """One certificate for each of these volunteers, each with its own outcome."""
    first, last = since or FIRST_DAY, until or bank.today()
    with bank.store.reading() as connection:
        merged = {one.id: [one.id, *(row["id"] for row in merged_into(connection, one.id))] for _, one in wanted}
        everybody = [id for ids in merged.values() for id in ids]
        found = store.records(connection, everybody, first, last)
        kept = dossiers.of_people(connection, everybody, first=first, last=last)
    submissions = []
    for request, volunteer in wanted:
        rows = [row for id in merged[volunteer.id] for row in found.get(id, ())]
        rows.sort(key=lambda row: (row["served_on"], row["seq"]))
        dossier = [row for row in kept if row["volunteer_id"] in merged[volunteer.id]]
        submissions.append(Submission(_command(bank, by, volunteer, rows, dossier, since, last), *request))
    return bank.submit_all(submissions)


def _command(
    bank: Bank,
    by: By,
    volunteer: Volunteer,
    rows: Sequence[Mapping[str, Any]],
    dossier: Sequence[Mapping[str, Any]],
    since: date | None,
    last: date,
) -> Certify:
    first = since or (rows[0]["served_on"] if rows else last)
    minutes = sum(row["minutes"] for row in rows)
    number = new_code(bank.world.random_bytes, NUMBER_DIGITS)
    content = canonical_text(
        {
            "certificate_no": number,
            "name": volunteer.name,
            "volunteer_no": volunteer.volunteer_no,
            "from": first.isoformat(),
            "until": last.isoformat(),
            "issued_on": bank.today().isoformat(),
            "minutes": minutes,
            "by_method": _by_method(rows),
            "records": [
                {
                    "on": row["served_on"].isoformat(),
                    "title": row["title"],
                    "place": row["place"],
                    "organisation": row["organisation"],
                    "person_in_charge": row["person_in_charge"],
                    "minutes": row["minutes"],
                    "method": row["capture_method"],
                    "seq": row["seq"],
                }
                for row in rows
            ],
            **({"dossier": [_kept(row) for row in dossier]} if dossier else {}),
        }
    )
    return Certify(
        id=bank.world.new_id(),
        actor=by.actor,
        certificate_no=number,
        volunteer_id=volunteer.id,
        organisation_id=volunteer.organisation_id,
        first_day=first,
        last_day=last,
        minutes=minutes,
        record_seqs=[row["seq"] for row in rows],
        content=content,
        content_digest=digest(content.encode()),
    )


def _kept(row: Mapping[str, Any]) -> dict[str, Any]:
    """A training, commendation or evaluation, as far as anything is said of it."""
    said = {"kind": row["kind"], "on": row["on_day"].isoformat(), "title": row["title"], "by": row["given_by"]}
    return said | {name: row[name] for name in ("detail", "minutes") if row[name] is not None}


def _by_method(rows: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    made: dict[str, int] = {}
    for row in rows:
        made[row["capture_method"]] = made.get(row["capture_method"], 0) + row["minutes"]
    return made


def revoke(bank: Bank, by: By, request: Request, certificate: Certificate, reason: EndReason) -> Outcome:
    """Say for good that this paper is not to be believed."""
    command = EndCertificate(
        id=bank.world.new_id(),
        actor=by.actor,
        certificate_id=certificate.id,
        certificate_seq=certificate.seq,
        reason=reason,
    )
    return bank.submit(command, request)


def is_number(text: str) -> bool:
    """Whether this can be the number of a certificate at all."""
    return is_code(text, NUMBER_DIGITS)


def find(bank: Bank, id: UUID) -> Certificate | None:
    with bank.store.reading() as connection:
        row = store.find(connection, id=id)
    return _from(row) if row else None


def by_number(bank: Bank, certificate_no: str) -> Certificate | None:
    """The certificate with this number, for whoever is shown the paper."""
    if not is_number(certificate_no):
        return None
    with bank.store.reading() as connection:
        row = store.find(connection, certificate_no=certificate_no)
    return _from(row) if row else None


def page(bank: Bank, volunteer: Volunteer, *, after: Sequence[Any] | None, limit: int) -> Page[Certificate]:
    """A volunteer's certificates, the newest first."""
    with bank.store.reading() as connection:
        found = store.page(connection, volunteer.id, after=after, limit=limit)
    return found.each(_from)


def _from(row: Mapping[str, Any]) -> Certificate:
    known = {field: row[field] for field in Certificate.__slots__}
    content = json.loads(row["content"]) if row["content"] else None
    return Certificate(**known | {"content": content, "is_corrected": bool(row["is_corrected"])})
