"""What is served in the scenario: awards and deeds, reviewed, corrected and certified, and stars."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

from ledger.bank import By, Request
from ledger.core.canonical import digest
from ledger.people import volunteers
from ledger.rules import Deed
from ledger.rules.reviews import Route
from ledger.service import reviews, stars
from ledger.service.awards import Award
from ledger.service.certify import Certify, EndCertificate
from ledger.service.handing_in import Corrected
from ledger.service.handing_in_deeds import HandInDeed
from ledger.service.post_deed import PostDeed
from ledger.service.reviewing import PostClaim, Review, Step
from tests.reading.beginning import Beginning


class Serving(Beginning):
    """Short verbs for whatever volunteers do and are given for it."""

    def award_of(
        self, name: str, minutes: int, *, on: date | None = None, kind: str = "cleaning", method: str = "clocked"
    ) -> Award:
        day = on or self.bank.today()
        activity = self.activity if kind == "cleaning" else self.new_activity(kind)
        deed = Deed(
            activity_type=kind,
            served_on=day,
            minutes=minutes,
            capture_method=method,
            person=self.volunteers[name].id,
            organisation=self.community.id,
            activity=activity,
        )
        return Award(
            id=uuid4(),
            actor=self.staff,
            volunteer=self.volunteers[name],
            organisation=self.community,
            activity=activity,
            deed=deed,
            rulebook=self.rulebook,
        )

    def award(
        self, name: str, minutes: int, *, on: date | None = None, kind: str = "cleaning", method: str = "clocked"
    ) -> int:
        return self.post(self.award_of(name, minutes, on=on, kind=kind, method=method))

    def deed(self, name: str) -> int:
        return self.post(self.deed_of(name))

    def deed_reviewed(self, name: str) -> int:
        """Such a deed, approved by another before it is posted."""
        made, seqs = self.deed_of(name), self.seqs
        route = Route(policy="one_review")
        seqs["deed_claim"] = self.post(HandInDeed(id=uuid4(), deed=made, route=route, reviews_needed=1))
        approval = Review(id=uuid4(), actor=self.second, claim_id=made.id, decision=reviews.APPROVE)
        seqs["deed_review"] = self.post(approval)
        return self.post(PostClaim(award=made))

    def deed_of(self, name: str) -> PostDeed:
        """A tidy courtyard, which counts once a month."""
        id, day = uuid4(), self.bank.today()
        deed = Deed(
            kind="good_deed",
            activity_type="tidy_courtyard",
            served_on=day,
            person=self.volunteers[name].id,
            organisation=self.community.id,
            activity=id,
        )
        return PostDeed(
            id=id,
            actor=self.staff,
            volunteer=self.volunteers[name],
            activity=None,
            deed=deed,
            rulebook=self.rulebook,
        )

    def reviewed(self, name: str, minutes: int) -> int:
        """Back-filled hours, approved by two."""
        award, seqs = self.award_of(name, minutes, method="backfilled"), self.seqs
        seqs["claim"] = self.post(reviews.hand_in(award, id=uuid4(), reviews_needed=2))
        for reviewer in ("second", "third"):
            command = Review(id=uuid4(), actor=getattr(self, reviewer), claim_id=award.id, decision=reviews.APPROVE)
            seqs[f"review_{reviewer}"] = self.post(command)
        return self.post(award)

    def released(self, name: str, minutes: int) -> int:
        """Hours recorded twice in one activity on one day, held, and released by another; and some withdrawn."""
        award, seqs = self.award_of(name, minutes), self.seqs
        handed_in = reviews.hand_in(award, id=uuid4(), reviews_needed=0)
        again = reviews.hand_in(replace(award, id=uuid4()), id=uuid4(), reviews_needed=1)
        seqs["claim_held"], seqs["claim_withdrawn"] = self.post(handed_in), self.post(again)
        seqs["hold_released"] = self.post(self.step(handed_in.claim_id, reviews.RELEASE))
        seqs["withdrawal"] = self.post(self.step(again.claim_id, reviews.WITHDRAW))
        posted = self.post(PostClaim(award=replace(award, id=handed_in.claim_id)))
        seqs["record_correction"] = self.corrected(award, Corrected(record=handed_in.claim_id, seq=posted))
        return posted

    def corrected(self, award: Award, record: Corrected) -> int:
        """The same deed five minutes shorter, approved by one."""
        shorter = replace(award, id=uuid4(), deed=replace(award.deed, minutes=award.deed.minutes - 5))
        claim = reviews.hand_in(shorter, id=uuid4(), reviews_needed=1, corrects=record, reason="示例更正")
        self.post(claim)
        approval = Review(
            id=uuid4(), actor=self.second, claim_id=claim.claim_id, decision=reviews.APPROVE, reason="示例理由"
        )
        self.seqs["review_correction"] = self.post(approval)
        self.seqs["corrected"] = self.reverse(record.seq)
        return self.post(PostClaim(award=replace(shorter, corrects=record.record), undoes=record.seq))

    def step(self, claim: UUID, step: str) -> Step:
        return Step(id=uuid4(), actor=self.second, claim_id=claim, step=step, reason="示例理由")

    def certify(self, name: str, *minutes: int) -> int:
        """A certificate over the first two awards of somebody."""
        content = '{"name":"=cmd()"}'
        return self.post(
            Certify(
                id=self.certificate_id,
                actor=self.staff,
                certificate_no="12345678901234567895",
                volunteer_id=self.volunteers[name].id,
                organisation_id=self.community.id,
                first_day=self.bank.today(),
                last_day=self.bank.today(),
                minutes=sum(minutes),
                record_seqs=(self.seqs["award"], self.seqs["award_capped"]),
                content=content,
                content_digest=digest(content.encode()),
            )
        )

    def revoke(self, certificate_seq: int) -> int:
        return self.post(
            EndCertificate(
                id=uuid4(),
                actor=self.staff,
                certificate_id=self.certificate_id,
                certificate_seq=certificate_seq,
                reason="mistake",
            )
        )

    def nominate(self, name: str) -> int:
        """For the stars of the bank's own ladder."""
        person = volunteers.find_by_id(self.bank, self.volunteers[name].id)
        assert person is not None
        outcome = stars.propose(self.bank, By(actor=self.staff), Request("test", f"stars {name}", b""), person)
        assert outcome.seq is not None, outcome.answer
        self.change = UUID(outcome.answer["id"])
        return outcome.seq

    def decide_stars(self, decision: str) -> int:
        """About the change that was proposed last, by somebody else."""
        change = stars.find(self.bank, self.change)
        assert change is not None
        by, request = By(actor=self.second), Request("test", f"decide {change.id}", b"")
        outcome = stars.decide(self.bank, by, request, change, decision=decision, reason="示例", reach=None)
        assert outcome.seq is not None, outcome.answer
        return outcome.seq
