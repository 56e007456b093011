"""The whole bank row by row, in one unchanging view: for whoever must read everything in little memory.

Rows come ordered by seq, through a server-side cursor on PostgreSQL; SQLite's cursors stream by nature. Several
streams of one view may be read at once: that is how they are merged. In the statements below ID(…) and DAY(…) stand for
the text of a UUID and of a date.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date
from itertools import chain
from typing import Any, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, CursorResult, text

from ledger.rules import HistoryKey, Standing, Tally
from ledger.store import claim_reads, guards, marks, notice_streams, stars
from ledger.store.asking import asked_postgresql, asked_sqlite, listed
from ledger.store.attendances import ATTENDED
from ledger.store.batches import HeadRow
from ledger.store.claim_reads import ClaimStepRead, CorrectionRead, LateReviewRead, PostedClaimRead
from ledger.store.engines import Store
from ledger.store.notice_streams import (
    AskedRead,
    NoticedRead,
    NoticeLineRead,
    NoticeRead,
    ObjectionRead,
    ResolutionRead,
)
from ledger.store.reads import (
    AccountRead,
    AttachmentRead,
    AttendedRead,
    CertificateEndRead,
    CertificateRead,
    ClaimRead,
    ClosingRead,
    CommandRead,
    DecidedRead,
    FlagRead,
    MarkRead,
    MonthRead,
    NodeRead,
    PastDeedRead,
    PrivateRead,
    ReceiptRead,
    RecordRead,
    RedemptionItemRead,
    RedemptionRead,
    ReviewRead,
    RevisionRead,
    RootRead,
    RulebookRead,
    SignedRead,
    StandingRead,
    StarChangeRead,
    StarDecisionRead,
    StepRead,
    TransactionRead,
    TransferRead,
    UndoneRead,
    UnitRead,
)

FETCH_ROWS = 2_000
FIRST = 1
_BEFORE_ALL = -(2**63)
"""Reading from the first seq also brings rows that were forged before it."""

_HEAD = "SELECT seq, account_last, recorded_at, frontier FROM head WHERE id = 1"

_ACCOUNTS = """
    SELECT id, owner_kind, ID(owner_id), purpose, unit_id, DAY(expires_on), floor, opened_seq, balance, entries
    FROM account ORDER BY id"""

_STANDINGS = """
    SELECT a.id,
        (SELECT m.seq FROM transfer m WHERE m.debit_account_id = a.id AND m.seq < :seq
            ORDER BY m.seq DESC, m.leg DESC LIMIT 1),
        (SELECT m.leg FROM transfer m WHERE m.debit_account_id = a.id AND m.seq < :seq
            ORDER BY m.seq DESC, m.leg DESC LIMIT 1),
        (SELECT m.debit_balance FROM transfer m WHERE m.debit_account_id = a.id AND m.seq < :seq
            ORDER BY m.seq DESC, m.leg DESC LIMIT 1),
        (SELECT m.seq FROM transfer m WHERE m.credit_account_id = a.id AND m.seq < :seq
            ORDER BY m.seq DESC, m.leg DESC LIMIT 1),
        (SELECT m.leg FROM transfer m WHERE m.credit_account_id = a.id AND m.seq < :seq
            ORDER BY m.seq DESC, m.leg DESC LIMIT 1),
        (SELECT m.credit_balance FROM transfer m WHERE m.credit_account_id = a.id AND m.seq < :seq
            ORDER BY m.seq DESC, m.leg DESC LIMIT 1),
        (SELECT COUNT(*) FROM transfer m WHERE m.debit_account_id = a.id AND m.seq < :seq)
            + (SELECT COUNT(*) FROM transfer m WHERE m.credit_account_id = a.id AND m.seq < :seq)
    FROM account a ORDER BY a.id"""

_TRANSACTIONS = """
    SELECT t.seq, ID(t.id), t.kind, DAY(t.effective_on), t.recorded_at, ID(t.actor_id), t.detail,
        t.rulebook_code, t.rulebook_version, t.reverses, t.commitment, t.leaf_hash, undone.kind
    FROM "transaction" t LEFT JOIN "transaction" undone ON undone.seq = t.reverses
    WHERE t.seq >= :seq ORDER BY t.seq"""

_TRANSFERS = """
    SELECT seq, leg, debit_account_id, credit_account_id, unit_id, amount, debit_balance, credit_balance
    FROM transfer WHERE seq >= :seq ORDER BY seq, leg"""

_UNDONE = """
    SELECT t.seq, m.debit_account_id, m.credit_account_id, m.amount
    FROM "transaction" t JOIN transfer m ON m.seq = t.reverses
    WHERE t.reverses IS NOT NULL AND t.seq >= :seq ORDER BY t.seq, m.leg"""

_PRIVATES = "SELECT seq, salt, opening FROM private WHERE seq >= :seq ORDER BY seq"

_COMMANDS = "SELECT seq, outcome, answer, recorded_at FROM command WHERE seq >= :seq ORDER BY seq"

_RECORDS = """
    SELECT seq, ID(id), 'service', NULL, ID(volunteer_id), ID(organisation_id), ID(activity_id), ID(household_id),
        ID(group_id),
        DAY(served_on), minutes, capture_method, evaluation, ID(recorded_by), rule_id, counted_minutes, points, inputs,
        (SELECT COUNT(DISTINCT v.reviewed_by) FROM service_review v WHERE v.claim_id = service_record.id
            AND v.decision = 'approve' AND v.reviewed_by <> recorded_by AND v.seq < service_record.seq)
    FROM service_record WHERE seq >= :seq ORDER BY seq"""

_DEEDS = """
    SELECT seq, ID(id), kind, deed_type, ID(volunteer_id), ID(organisation_id), COALESCE(ID(activity_id), ID(id)),
        ID(household_id), ID(group_id), DAY(done_on), 0, 'clocked', evaluation, ID(recorded_by), rule_id, 0, points,
        inputs,
        (SELECT COUNT(DISTINCT v.reviewed_by) FROM service_review v WHERE v.claim_id = deed.id
            AND v.decision = 'approve' AND v.reviewed_by <> recorded_by AND v.seq < deed.seq)
    FROM deed WHERE seq >= :seq ORDER BY seq"""

_FLAGS = """
    SELECT seq, ID(volunteer_id), counter, flag, title_zh, title_en, reached, DAY(first_day), DAY(last_day)
    FROM flag WHERE seq >= :seq ORDER BY seq"""

MARK = """
    m.line, ID(m.volunteer_id), ID(m.household_id), ID(m.organisation_id), ID(m.activity_id), DAY(m.done_on), m.rule_id,
    m.theme, m.counter, m.unique_key, m.deeds, m.quantity, m.eligible, m.counted, m.minutes, m.points, m.taken"""

_MARKS = f"SELECT m.seq, {MARK} FROM mark m WHERE m.seq >= :seq ORDER BY m.seq, m.line"

_MARKS_OF = f"""
    SELECT m.seq, {MARK} FROM mark m WHERE m.volunteer_id = :volunteer AND m.seq < :seq
    ORDER BY m.seq, m.line"""

_UNDONE_MARKS = f"""
    SELECT t.seq, {MARK} FROM "transaction" t JOIN mark m ON m.seq = t.reverses
    WHERE t.reverses IS NOT NULL AND t.seq >= :seq ORDER BY t.seq, m.line"""

_CLAIMS = """
    SELECT seq, ID(id), kind, minutes, ID(recorded_by), reviews_needed,
        CASE WHEN overlapped IS NULL THEN 0 ELSE 1 END,
        (SELECT COUNT(*) FROM claimed_deed x WHERE x.id = service_claim.id AND x.seq = service_claim.seq)
    FROM service_claim WHERE seq >= :seq ORDER BY seq"""

_REVIEWS = """
    SELECT v.seq, ID(v.id), ID(v.claim_id), ID(v.reviewed_by), v.decision, ID(c.recorded_by), c.reviews_needed,
        (SELECT COUNT(*) FROM service_review o
            WHERE o.claim_id = v.claim_id AND o.decision = 'approve' AND o.seq <= v.seq),
        (SELECT COUNT(*) FROM service_review o
            WHERE o.claim_id = v.claim_id AND o.reviewed_by = v.reviewed_by AND o.seq < v.seq)
    FROM service_review v LEFT JOIN service_claim c ON c.id = v.claim_id WHERE v.seq >= :seq ORDER BY v.seq"""

_CERTIFICATES = """
    SELECT c.seq, ID(c.id), c.certificate_no, c.minutes, c.records, c.digest, ID(c.issued_by), t.content,
        (SELECT COALESCE(SUM(r.minutes), 0) FROM certificate_line l JOIN service_record r ON r.seq = l.record_seq
            WHERE l.certificate_id = c.id),
        (SELECT COUNT(*) FROM certificate_line l WHERE l.certificate_id = c.id),
        (SELECT COUNT(*) FROM certificate_line l JOIN service_record r ON r.seq = l.record_seq
            WHERE l.certificate_id = c.id AND r.seq < c.seq AND r.served_on BETWEEN c.first_day AND c.last_day
            AND (r.volunteer_id = c.volunteer_id
                OR EXISTS (SELECT 1 FROM closing m WHERE m.volunteer_id = r.volunteer_id AND m.reason = 'merged')))
    FROM certificate c LEFT JOIN certificate_text t ON t.certificate_id = c.id
    WHERE c.seq >= :seq ORDER BY c.seq"""

_CERTIFICATE_ENDS = """
    SELECT e.seq, ID(e.certificate_id), ID(e.ended_by), c.seq
    FROM certificate_end e LEFT JOIN certificate c ON c.id = e.certificate_id
    WHERE e.seq >= :seq ORDER BY e.seq"""

_REDEMPTIONS = """
    SELECT r.seq, ID(r.id), ID(r.volunteer_id), ID(r.desk_id), ID(r.household_id), DAY(r.redeemed_on), r.points,
        ID(r.recorded_by), ID(r.collective_id), c.owner_kind, ID(r.collected_by),
        a.volunteer_id = r.volunteer_id AND (a.scope = 'redeem' OR r.reservation_id IS NOT NULL)
            AND a.from_on <= r.redeemed_on AND COALESCE(a.until_on, r.redeemed_on) >= r.redeemed_on,
        ID(r.reservation_id),
        EXISTS (SELECT 1 FROM reservation v WHERE v.id = r.reservation_id AND v.volunteer_id = r.volunteer_id
            AND v.desk_id = r.desk_id AND v.points = r.points AND v.due_on >= r.redeemed_on AND v.seq < r.seq),
        EXISTS (SELECT 1 FROM slip_settlement x WHERE x.seq = r.seq AND x.outcome = 'debt'),
        DAY(s.reserved_on)
    FROM redemption r LEFT JOIN collective c ON c.id = r.collective_id LEFT JOIN agency a ON a.id = r.collected_by
        LEFT JOIN reservation s ON s.id = r.reservation_id
    WHERE r.seq >= :seq ORDER BY r.seq"""

_REDEMPTION_ITEMS = """
    SELECT COALESCE(r.seq, 0), ID(i.redemption_id), i.line, ID(i.prize_id), p.unit_id, i.quantity, i.cost_points,
        i.prize_class
    FROM redemption_item i LEFT JOIN redemption r ON r.id = i.redemption_id LEFT JOIN prize p ON p.id = i.prize_id
    WHERE r.seq >= :seq OR r.seq IS NULL ORDER BY 1, i.line"""

_RECEIPTS = """
    SELECT r.seq, ID(r.id), ID(r.desk_id), ID(r.prize_id), p.unit_id, r.quantity, DAY(r.best_before), ID(r.recorded_by)
    FROM stock_receipt r LEFT JOIN prize p ON p.id = r.prize_id WHERE r.seq >= :seq ORDER BY r.seq"""

_CLOSINGS = """
    SELECT seq, ID(id), ID(volunteer_id), reason, ID(heir_id), points, ID(recorded_by)
    FROM closing WHERE seq >= :seq ORDER BY seq"""

_CLOSINGS_STANDING = """
    SELECT c.seq, ID(c.id), ID(c.volunteer_id), c.reason, ID(c.heir_id), c.points, ID(c.recorded_by)
    FROM closing c LEFT JOIN "transaction" r ON r.reverses = c.seq AND r.seq < :seq
    WHERE c.seq < :seq AND r.seq IS NULL ORDER BY c.seq"""

_ROOTS = "SELECT size, hash FROM tree_root WHERE size >= :seq ORDER BY size"

_SIGNED = "SELECT size, origin, note FROM checkpoint WHERE size >= :seq ORDER BY size, origin"

_NODES = """
    SELECT (position + 1) << level AS size, level, position, hash FROM tree_node
    WHERE (position + 1) << level >= :seq ORDER BY 1, level"""

_LEAF_HASHES = """
    SELECT leaf_hash FROM "transaction" WHERE seq > :first AND seq <= :first + :count ORDER BY seq"""

_NODE_HASHES = """
    SELECT hash FROM tree_node WHERE level = :level AND position >= :first AND position < :first + :count
    ORDER BY position"""

_RULEBOOKS = "SELECT code, version, DAY(effective_from), document, digest FROM rulebook ORDER BY code, version"

_DECIDED = """
    SELECT seq, 'rulebook' AS named, ID(id), ID(organisation_id), code, version, DAY(effective_from), document, digest
    FROM rulebook
    UNION ALL
    SELECT seq, 'price_list', ID(id), ID(organisation_id), '', 0, DAY(effective_from), document, digest
    FROM price_list ORDER BY 1"""

_STEPS = """
    SELECT seq, ID(id), ID(proposal_id), number, revision, subject, stage, result, DAY(held_on), ID(recorded_by),
        record, digest
    FROM proposal_step ORDER BY seq"""

_REVISIONS = """
    SELECT seq, ID(id), ID(proposal_id), revision, ID(organisation_id), kind, subject, title, reasons,
        DAY(effective_from), document, digest, template, ID(proposed_by)
    FROM proposal_revision ORDER BY seq"""

_ATTACHMENTS = """
    SELECT ID(proposal_id), digest, content FROM proposal_attachment WHERE content IS NOT NULL ORDER BY id"""

_PAST_DEEDS = """
    SELECT r.seq, ID(r.volunteer_id), v.volunteer_no, v.name, ID(r.household_id), ID(r.group_id),
        ID(r.organisation_id), ID(r.activity_id), r.inputs, r.points
    FROM (
        SELECT seq, volunteer_id, household_id, group_id, organisation_id, activity_id, inputs, points,
            served_on AS done_on
        FROM service_record
        UNION ALL
        SELECT seq, volunteer_id, household_id, group_id, organisation_id, COALESCE(activity_id, id), inputs, points,
            done_on
        FROM deed
    ) r JOIN volunteer v ON v.id = r.volunteer_id
    JOIN organisation o ON o.id = r.organisation_id
    WHERE r.done_on >= :since AND r.done_on <= :until AND o.path >= :first AND o.path < :beyond
    AND NOT EXISTS (SELECT 1 FROM "transaction" t WHERE t.reverses = r.seq)
    ORDER BY r.done_on, r.seq"""

_LED = """
    SELECT ID(c.volunteer_id), ID(v.id), v.volunteer_no, v.name FROM closing c JOIN volunteer v ON v.id = c.heir_id
    WHERE c.reason = 'merged' AND NOT EXISTS (SELECT 1 FROM "transaction" t WHERE t.reverses = c.seq)
    ORDER BY c.seq"""

_OUTSTANDING = """
    SELECT CAST(COALESCE(SUM(a.balance), 0) AS bigint) FROM account a JOIN volunteer v ON v.id = a.owner_id
    JOIN organisation o ON o.id = v.organisation_id
    WHERE a.unit_id = 1 AND a.purpose IN ('wallet', 'held', 'debt') AND o.path >= :first AND o.path < :beyond"""

_ON_SHELVES = """
    SELECT CAST(COALESCE(SUM(a.balance * p.cost_points), 0) AS bigint) FROM account a
    JOIN prize p ON p.unit_id = a.unit_id JOIN desk d ON d.id = a.owner_id
    JOIN organisation o ON o.id = d.organisation_id
    WHERE a.purpose = 'stock' AND o.path >= :first AND o.path < :beyond"""

_PATHS = "SELECT ID(id), path FROM organisation"

_UNITS = "SELECT u.id, u.kind, u.scale, ID(p.id) FROM unit u LEFT JOIN prize p ON p.unit_id = u.id ORDER BY u.id"

_MONTHS = """
    SELECT account_id, month, CAST(SUM(amount) AS bigint) FROM (
        SELECT m.debit_account_id AS account_id, substr(DAY(t.effective_on), 1, 7) AS month, -m.amount AS amount
        FROM transfer m JOIN "transaction" t ON t.seq = m.seq
        UNION ALL
        SELECT m.credit_account_id, substr(DAY(t.effective_on), 1, 7), m.amount
        FROM transfer m JOIN "transaction" t ON t.seq = m.seq
    ) AS legs GROUP BY account_id, month ORDER BY account_id, month"""

_SPAN = 'SELECT DAY(MIN(effective_on)), DAY(MAX(effective_on)) FROM "transaction"'

_STOCK_EXPECTED = """
    SELECT ID(desk_id), unit_id, CAST(SUM(quantity) AS bigint) FROM (
        SELECT r.desk_id, p.unit_id, r.quantity
        FROM stock_receipt r LEFT JOIN prize p ON p.id = r.prize_id
        WHERE NOT EXISTS (SELECT 1 FROM "transaction" t WHERE t.reverses = r.seq)
        UNION ALL
        SELECT r.desk_id, p.unit_id, -i.quantity
        FROM redemption_item i JOIN redemption r ON r.id = i.redemption_id LEFT JOIN prize p ON p.id = i.prize_id
        WHERE NOT EXISTS (SELECT 1 FROM "transaction" t WHERE t.reverses = r.seq)
        UNION ALL
        SELECT t.from_desk_id, p.unit_id, -i.quantity
        FROM stock_transfer_item i JOIN stock_transfer t ON t.id = i.transfer_id LEFT JOIN prize p ON p.id = i.prize_id
        UNION ALL
        SELECT t.to_desk_id, p.unit_id, i.quantity
        FROM stock_transfer_item i JOIN stock_transfer t ON t.id = i.transfer_id LEFT JOIN prize p ON p.id = i.prize_id
        UNION ALL
        SELECT r.desk_id, p.unit_id, l.counted - l.expected
        FROM stock_settlement x JOIN stock_report r ON r.id = x.report_id
        JOIN stock_report_line l ON l.report_id = r.id LEFT JOIN prize p ON p.id = l.prize_id
        WHERE x.decision = 'confirm'
        UNION ALL
        SELECT r.desk_id, p.unit_id, -i.quantity
        FROM refund f JOIN redemption r ON r.id = f.redemption_id JOIN redemption_item i ON i.redemption_id = r.id
        LEFT JOIN prize p ON p.id = i.prize_id
        WHERE f.goods = 'damaged'
    ) AS goods GROUP BY desk_id, unit_id"""

_REVERSED_TWICE = """
    SELECT reverses, COUNT(*) FROM "transaction" WHERE reverses IS NOT NULL
    GROUP BY reverses HAVING COUNT(*) > 1 ORDER BY reverses"""

_KEYS_TWICE = "SELECT client, key FROM command GROUP BY client, key HAVING COUNT(*) > 1 ORDER BY client, key"

_COMMANDS_ASTRAY = "SELECT client, key FROM command WHERE outcome <> 'refused' AND seq IS NULL ORDER BY client, key"

_STAR_CHANGES = """
    SELECT seq, ID(id), ID(volunteer_id), ID(organisation_id), ladder_id, from_level, to_level, DAY(measured_on),
        as_of_seq, inputs, DAY(notice_until), approved_by, ID(recorded_by)
    FROM star_change ORDER BY seq"""

_STAR_DECISIONS = """
    SELECT seq, ID(id), ID(change_id), ID(volunteer_id), decision, ladder_id, level, star_level, DAY(measured_on),
        as_of_seq, inputs, ID(recorded_by)
    FROM star_decision ORDER BY seq"""

_ID = re.compile(r"\bID\(([\w.]+)\)")
_DAY = re.compile(r"\bDAY\(((?:MIN|MAX)\(\w+\)|[\w.]+)\)")

Row = TypeVar("Row")


class View:
    """One unchanging view of a bank. `from_seq` leaves out what stands before it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._results: list[CursorResult[Any]] = []

    def close(self) -> None:
        """Give back the cursors of streams that were not read to their end."""
        for result in self._results:
            result.close()

    def head(self) -> HeadRow:
        return HeadRow(*self._rows(_HEAD)[0])

    def missing_guards(self) -> list[str]:
        return guards.missing(self._connection)

    def accounts(self) -> Iterator[AccountRead]:
        return self._stream(AccountRead._make, _ACCOUNTS)

    def standings(self, before_seq: int) -> Iterator[StandingRead]:
        """Where every account stood just before a seq: a few look-ups by index each."""
        return self._stream(StandingRead._make, _STANDINGS, seq=before_seq)

    def transactions(self, from_seq: int = FIRST) -> Iterator[TransactionRead]:
        return self._stream(TransactionRead._make, _TRANSACTIONS, seq=_from(from_seq))

    def transfers(self, from_seq: int = FIRST) -> Iterator[TransferRead]:
        return self._stream(TransferRead._make, _TRANSFERS, seq=_from(from_seq))

    def undone(self, from_seq: int = FIRST) -> Iterator[UndoneRead]:
        """The legs of the transaction that a reversal undid, under the reversal's seq."""
        return self._stream(UndoneRead._make, _UNDONE, seq=_from(from_seq))

    def privates(self, from_seq: int = FIRST) -> Iterator[PrivateRead]:
        return self._stream(PrivateRead._make, _PRIVATES, seq=_from(from_seq))

    def commands(self, from_seq: int = FIRST) -> Iterator[CommandRead]:
        """Those that name a transaction."""
        return self._stream(CommandRead._make, _COMMANDS, seq=_from(from_seq))

    def records(self, from_seq: int = FIRST) -> Iterator[RecordRead]:
        return self._stream(RecordRead._make, _RECORDS, seq=_from(from_seq))

    def deeds(self, from_seq: int = FIRST) -> Iterator[RecordRead]:
        return self._stream(RecordRead._make, _DEEDS, seq=_from(from_seq))

    def flags(self, from_seq: int = FIRST) -> Iterator[FlagRead]:
        return self._stream(FlagRead._make, _FLAGS, seq=_from(from_seq))

    def marks(self, from_seq: int = FIRST) -> Iterator[MarkRead]:
        return self._stream(MarkRead._make, _MARKS, seq=_from(from_seq))

    def undone_marks(self, from_seq: int = FIRST) -> Iterator[MarkRead]:
        """The marks of what a reversal undid, under the reversal's seq."""
        return self._stream(MarkRead._make, _UNDONE_MARKS, seq=_from(from_seq))

    def marks_of(self, volunteer_id: str, before_seq: int) -> Iterator[MarkRead]:
        """What the deeds of somebody left before a seq."""
        return self._stream(MarkRead._make, _MARKS_OF, volunteer=self._id(volunteer_id), seq=before_seq)

    def tallies(self, asked: Sequence[tuple[HistoryKey, int]]) -> list[Tally]:
        """What the marks of before a seq add up to, for each question and its seq: one statement a kind of question."""
        keys, before = [key for key, _ in asked], [seq for _, seq in asked]
        is_sqlite = self._connection.dialect.name == "sqlite"
        rows: list[Any] = []
        for shape, questions in marks.questions(keys, before).items():
            statement = marks.tally_statement(asked_sqlite if is_sqlite else asked_postgresql, marks.SEEKS[shape])
            given = (listed(questions),) if is_sqlite else tuple(map(list, zip(*questions, strict=True)))
            rows += self._connection.exec_driver_sql(statement, given).all()
        return marks.summed(len(keys), rows)

    def claims(self, from_seq: int = FIRST) -> Iterator[ClaimRead]:
        return self._stream(ClaimRead._make, _CLAIMS, seq=_from(from_seq))

    def attended(self, from_seq: int = FIRST) -> Iterator[AttendedRead]:
        """Records and then claims that are made of attendances."""
        streams = [self._stream(AttendedRead._make, statement, seq=_from(from_seq)) for statement in ATTENDED]
        return chain.from_iterable(streams)

    def reviews(self, from_seq: int = FIRST) -> Iterator[ReviewRead]:
        return self._stream(ReviewRead._make, _REVIEWS, seq=_from(from_seq))

    def claim_steps(self, from_seq: int = FIRST) -> Iterator[ClaimStepRead]:
        return self._stream(ClaimStepRead._make, claim_reads.STEPS, seq=_from(from_seq))

    def posted_claims(self, from_seq: int = FIRST) -> Iterator[PostedClaimRead]:
        return self._stream(PostedClaimRead._make, claim_reads.POSTED_CLAIMS, seq=_from(from_seq))

    def corrections(self, from_seq: int = FIRST) -> Iterator[CorrectionRead]:
        return self._stream(CorrectionRead._make, claim_reads.CORRECTIONS, seq=_from(from_seq))

    def late_reviews(self, from_seq: int = FIRST) -> Iterator[LateReviewRead]:
        return self._stream(LateReviewRead._make, claim_reads.LATE_REVIEWS, seq=_from(from_seq))

    def certificates(self, from_seq: int = FIRST) -> Iterator[CertificateRead]:
        return self._stream(CertificateRead._make, _CERTIFICATES, seq=_from(from_seq))

    def certificate_ends(self, from_seq: int = FIRST) -> Iterator[CertificateEndRead]:
        return self._stream(CertificateEndRead._make, _CERTIFICATE_ENDS, seq=_from(from_seq))

    def notices_asked(self, from_seq: int = FIRST) -> Iterator[AskedRead]:
        return self._stream(AskedRead._make, notice_streams.ASKED, seq=_from(from_seq))

    def notices(self, from_seq: int = FIRST) -> Iterator[NoticeRead]:
        return self._stream(NoticeRead._make, notice_streams.NOTICES, seq=_from(from_seq))

    def notice_lines(self, from_seq: int = FIRST) -> Iterator[NoticeLineRead]:
        return self._stream(NoticeLineRead._make, notice_streams.LINES, seq=_from(from_seq))

    def objections(self, from_seq: int = FIRST) -> Iterator[ObjectionRead]:
        return self._stream(ObjectionRead._make, notice_streams.OBJECTIONS, seq=_from(from_seq))

    def resolutions(self, from_seq: int = FIRST) -> Iterator[ResolutionRead]:
        return self._stream(ResolutionRead._make, notice_streams.RESOLUTIONS, seq=_from(from_seq))

    def noticed(self, from_seq: int = FIRST) -> Iterator[NoticedRead]:
        """Posted records, and the notice that came before each."""
        return self._stream(NoticedRead._make, notice_streams.NOTICED, seq=_from(from_seq))

    def redemptions(self, from_seq: int = FIRST) -> Iterator[RedemptionRead]:
        return self._stream(RedemptionRead._make, _REDEMPTIONS, seq=_from(from_seq))

    def redemption_items(self, from_seq: int = FIRST) -> Iterator[RedemptionItemRead]:
        return self._stream(RedemptionItemRead._make, _REDEMPTION_ITEMS, seq=_from(from_seq))

    def receipts(self, from_seq: int = FIRST) -> Iterator[ReceiptRead]:
        return self._stream(ReceiptRead._make, _RECEIPTS, seq=_from(from_seq))

    def closings(self, from_seq: int = FIRST) -> Iterator[ClosingRead]:
        return self._stream(ClosingRead._make, _CLOSINGS, seq=_from(from_seq))

    def closings_standing(self, before_seq: int) -> Iterator[ClosingRead]:
        """Of those before a seq, the ones that nothing before it has undone."""
        return self._stream(ClosingRead._make, _CLOSINGS_STANDING, seq=before_seq)

    def roots(self, from_size: int = FIRST) -> Iterator[RootRead]:
        return self._stream(RootRead._make, _ROOTS, seq=_from(from_size))

    def signed_heads(self, from_size: int = FIRST) -> Iterator[SignedRead]:
        return self._stream(SignedRead._make, _SIGNED, seq=_from(from_size))

    def nodes(self, from_size: int = FIRST) -> Iterator[NodeRead]:
        """Tile nodes in the order in which they were completed."""
        return self._stream(NodeRead._make, _NODES, seq=_from(from_size))

    def node_hashes(self, level: int, first: int, count: int) -> list[bytes]:
        """Hashes of neighbouring complete subtrees of this level; at level 0 the leaves."""
        if level == 0:
            return [row[0] for row in self._rows(_LEAF_HASHES, first=first, count=count)]
        return [row[0] for row in self._rows(_NODE_HASHES, level=level, first=first, count=count)]

    def rulebooks(self) -> Iterator[RulebookRead]:
        return self._stream(RulebookRead._make, _RULEBOOKS)

    def decided(self) -> Iterator[DecidedRead]:
        """Rulebooks and price lists, by the transaction that put them into force."""
        return self._stream(DecidedRead._make, _DECIDED)

    def steps(self) -> Iterator[StepRead]:
        return self._stream(StepRead._make, _STEPS)

    def revisions(self) -> Iterator[RevisionRead]:
        return self._stream(RevisionRead._make, _REVISIONS)

    def attachments(self) -> Iterator[AttachmentRead]:
        return self._stream(AttachmentRead._make, _ATTACHMENTS)

    def organisation_paths(self) -> dict[str, str]:
        """The path of each organisation, by its id."""
        return {id: path for id, path in self._rows(_PATHS)}  # noqa: C416 - rows of the database are no pairs to mypy

    def past_deeds(self, since: date, until: date, within: str) -> Iterator[PastDeedRead]:
        """Deeds of these days that still stand, of the organisation with this path and all below, oldest first."""
        return self._stream(
            PastDeedRead._make, _PAST_DEEDS, since=self._day(since), until=self._day(until), **_between(within)
        )

    def led(self) -> dict[str, tuple[str, str, str]]:
        """Whom everybody merged leads to in the end: id, number and name."""
        to = {merged: (id, number, name) for merged, id, number, name in self._rows(_LED)}
        for merged, survivor in to.items():
            while survivor[0] in to:
                survivor = to[survivor[0]]
            to[merged] = survivor
        return to

    def outstanding(self, within: str) -> int:
        """Points that volunteers there hold, less what they owe, in the smallest unit."""
        return int(self._rows(_OUTSTANDING, **_between(within))[0][0])

    def on_shelves(self, within: str) -> int:
        """What the stock of the desks there costs in points, at the prices of the catalogue."""
        return int(self._rows(_ON_SHELVES, **_between(within))[0][0])

    def star_changes(self) -> Iterator[StarChangeRead]:
        return self._stream(StarChangeRead._make, _STAR_CHANGES)

    def star_decisions(self) -> Iterator[StarDecisionRead]:
        return self._stream(StarDecisionRead._make, _STAR_DECISIONS)

    def star_standings(self, asked: Sequence[stars.Asked], zone: ZoneInfo) -> list[Standing]:
        """What each had by the rows before a seq, in a few statements for all."""
        return stars.standings(self._connection, asked, zone)

    def units(self) -> Iterator[UnitRead]:
        return self._stream(UnitRead._make, _UNITS)

    def months(self) -> Iterator[MonthRead]:
        """By account, then by month: the sum of its legs whose business date lies in it."""
        return self._stream(MonthRead._make, _MONTHS)

    def span(self) -> tuple[str, str] | None:
        """The first and the last business date of all transactions; None if there are none."""
        first, last = self._rows(_SPAN)[0]
        return None if first is None else (first, last)

    def stock_expected(self) -> list[tuple[str, int | None, int]]:
        """(desk, unit, quantity) that what came, went, was handed out and was settled, and still stands, leaves on each
        shelf.
        """
        return [(desk, unit, quantity) for desk, unit, quantity in self._rows(_STOCK_EXPECTED)]

    def reversed_twice(self) -> list[tuple[int, int]]:
        """(seq, how often) of transactions that more than one reverses."""
        return [(seq, times) for seq, times in self._rows(_REVERSED_TWICE)]

    def keys_twice(self) -> list[tuple[str, str]]:
        """(client, key) with more than one outcome."""
        return [(client, key) for client, key in self._rows(_KEYS_TWICE)]

    def commands_astray(self) -> list[tuple[str, str]]:
        """(client, key) of commands that say they posted and name no transaction."""
        return [(client, key) for client, key in self._rows(_COMMANDS_ASTRAY)]

    def from_seq(self, make: Callable[[Any], Row], statement: str, seq: int) -> Iterator[Row]:
        """The rows of a statement of another room's that asks for those from :seq on."""
        return self._stream(make, statement, seq=_from(seq))

    def _day(self, day: date) -> date | str:
        return day.isoformat() if self._connection.dialect.name == "sqlite" else day

    def _id(self, id: str) -> UUID | str:
        return id if self._connection.dialect.name == "sqlite" else UUID(id)

    def _rows(self, statement: str, **parameters: Any) -> list[Any]:
        return list(self._connection.execute(text(spoken(self._connection, statement)), parameters))

    def _stream(self, make: Callable[[Any], Row], statement: str, **parameters: Any) -> Iterator[Row]:
        options = {"yield_per": FETCH_ROWS}
        result = self._connection.execute(
            text(spoken(self._connection, statement)), parameters, execution_options=options
        )
        self._results.append(result)
        return map(make, chain.from_iterable(result.partitions(FETCH_ROWS)))


def spoken(connection: Connection, statement: str) -> str:
    """The statement in the words of this engine."""
    is_sqlite = connection.dialect.name == "sqlite"
    said = _ID.sub(r"\1" if is_sqlite else r"CAST(\1 AS text)", statement)
    return _DAY.sub(r"\1" if is_sqlite else r"to_char(\1, 'YYYY-MM-DD')", said)


@contextmanager
def view(store: Store) -> Iterator[View]:
    """Everything that is read through it agrees with everything else."""
    with store.snapshot() as connection, closing(View(connection)) as rows:
        yield rows


def _between(path: str) -> dict[str, str]:
    """ "0" is the character after "/": everything below a path lies between them."""
    return {"first": path, "beyond": path[:-1] + "0"}


def _from(seq: int) -> int:
    return seq if seq > FIRST else _BEFORE_ALL
