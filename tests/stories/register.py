"""Verbs of stories about the register of people: who is kept how, who ends, who is one with whom."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ledger.bank import By
from ledger.core.refusals.refusal import Refused
from ledger.people import closings, consents, erasure, privacy, profiles, registration, volunteers
from ledger.people.guardians import NewGuardian
from ledger.people.registration import Newcomer, NewConsent
from tests.banks import STAFF

if TYPE_CHECKING:
    from ledger.bank import Bank
    from tests.stories.replies import Reply
    from tests.stories.script import Line
    from tests.towns import Town

BY = By(actor=STAFF)
FIELDS = {"phone": "phone", "id": "id_number", "born": "birth_date"}
"""What a story calls a particular, and what the bank does."""
GUARDIAN = NewGuardian(name="示例监护人", phone="13900000001", relation="mother")


class Register:
    """What of a story's verbs is about people. `bank`, `town` and `post` are the driver's."""

    bank: Bank
    town: Town
    post: Callable[[Line, Callable[[str], Reply], Callable[[Reply], str]], str]

    def do_keeps(self, line: Line) -> None:
        """keeps FIELD...: what the bank keeps beside a name."""
        rules = privacy.rules(self.bank)
        kept = [FIELDS[word] for word in line.words]
        privacy.set_rules(self.bank, BY, kept=kept, on_leaving=rules.on_leaving, on_death=rules.on_death)

    def do_disposal(self, line: Line) -> None:
        """disposal leaving|death forfeit|transfer: what becomes of points of who goes."""
        rules = privacy.rules(self.bank)
        when, what = line.words
        on_leaving, on_death = (what, rules.on_death) if when == "leaving" else (rules.on_leaving, what)
        privacy.set_rules(self.bank, BY, kept=rules.kept, on_leaving=on_leaving, on_death=on_death)

    def do_register(self, line: Line) -> str:
        """register WHO [named WHO] [phone X] [id X] [born X] [agreed] [guardian] [distinct]"""
        who, *words = line.words
        named, typed = who, {}
        waiting = list(words)
        while waiting:
            word = waiting.pop(0)
            if word == "named":
                named = waiting.pop(0)
            elif word in FIELDS:
                typed[FIELDS[word]] = waiting.pop(0)
        newcomer = Newcomer(
            name=f"示例{named}",
            particulars=typed,
            guardian=GUARDIAN if "guardian" in words else None,
            consents=[NewConsent(consents.SENSITIVE_DATA, "paper")] if "agreed" in words else [],
        )
        return self.told(lambda: self.register(who, newcomer, is_distinct="distinct" in words))

    def register(self, who: str, newcomer: Newcomer, *, is_distinct: bool) -> str:
        made = registration.register(
            self.bank, BY, organisation=self.town.district, newcomer=newcomer, is_distinct=is_distinct
        )
        self.town.replace_volunteer(who, made)
        return "registered"

    def do_close(self, line: Line) -> str:
        """close WHO left|died [to WHO]"""
        who, reason, *rest = line.words
        heir = rest[1] if rest else None
        return self.post(line, lambda key: self.close(who, reason, heir, key), _disposed)

    def close(self, who: str, reason: str, heir: str | None, key: str) -> Reply:
        from tests.stories.replies import reply

        to = self.town.volunteer(heir).owner if heir else None
        request = self.town.request(f"close {who} {reason} {heir}", key)
        return reply(closings.close(self.bank, BY, request, self.town.volunteer(who), reason=reason, heir=to))

    def do_merge(self, line: Line) -> str:
        """merge WHO into WHO"""
        merged, _, survivor = line.words
        return self.post(line, lambda key: self.merge(merged, survivor, key), lambda _: "merged")

    def merge(self, merged: str, survivor: str, key: str) -> Reply:
        from tests.stories.replies import reply

        people = self.town.volunteer(merged), self.town.volunteer(survivor)
        return reply(closings.merge(self.bank, BY, self.town.request(f"merge {merged} {survivor}", key), *people))

    def do_erase(self, line: Line) -> str:
        """erase WHO: the person goes, the entries stay."""
        return self.told(lambda: self.erase(line.words[0]))

    def erase(self, who: str) -> str:
        found = volunteers.find(self.bank, self.town.volunteer(who).volunteer_no)
        if found is None:
            return "not_found"
        erasure.erase(self.bank, BY, found)
        return "erased"

    def do_consent(self, line: Line) -> None:
        """consent WHO PURPOSE given|withdrawn"""
        who, purpose, word = line.words
        given = word == "given"
        consents.record(self.bank, BY, self.town.volunteer(who), purpose=purpose, given=given, captured="in_person")

    def do_agrees(self, line: Line) -> str:
        """agrees WHO PURPOSE: at this moment."""
        who, purpose = line.words
        return "yes" if consents.may(self.bank, self.town.volunteer(who), purpose) else "no"

    def do_leads(self, line: Line) -> str:
        """leads WHO: whom the number of WHO leads to."""
        found = volunteers.find(self.bank, self.town.volunteer(line.words[0]).volunteer_no)
        return "nobody" if found is None else found.name.removeprefix("示例")

    def do_shows(self, line: Line) -> str:
        """shows WHO FIELD: what a clerk sees of it without a purpose."""
        who, field = line.words
        kept = profiles.of(self.bank, self.town.volunteer(who)).get(FIELDS[field])
        return "nothing" if kept is None else kept.masked

    def told(self, act: Callable[[], str]) -> str:
        try:
            return act()
        except Refused as no:
            return no.refusal.code


def _disposed(outcome: Any) -> str:
    return f"closed, {outcome.answer['points']} disposed of"
