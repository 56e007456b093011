"""After a new sealing key nothing is left that only an older one opens."""

from __future__ import annotations

import base64
from dataclasses import replace
from uuid import UUID

import pyotp
from sqlalchemy import LargeBinary, select

from ledger.bank import Bank, By
from ledger.people import agents, otp, posts, privacy, registration, resealing, sealing, staff, volunteer_imports
from ledger.people.guardians import NewGuardian
from ledger.people.particulars import FIELDS
from ledger.people.registration import Newcomer
from ledger.people.resealing import SEALED
from ledger.people.staff import NOBODY
from ledger.service import notices, objections, requests, wishes
from ledger.service.askers import Asker
from ledger.service.requests import NewRequest
from ledger.service.wishes import NewWish
from ledger.store.schema import metadata
from tests.banks import SEALING_KEY, STAFF
from tests.towns import Town

BY = By(actor=STAFF)
NEWER = base64.b64encode(b"an invented key, the newer one. ").decode()
PASSWORD = "an invented password of some length"

IN_THE_CLEAR = {
    "of the public tree": "head.frontier transaction.commitment transaction.leaf_hash tree_node.hash tree_root.hash "
    "witnessed.root epoch.lost_root",
    "salts, which an erasure empties": "private.salt notice_text.salt",
    "digests of what was asked or published": "command.request attendance_request.request import_run.digest "
    "import_run.commit_request notice.lines_root notice.digest notice_line.digest price_list.digest "
    "proposal_attachment.digest proposal_revision.digest proposal_step.digest rulebook.digest certificate.digest",
    "keyed hashes, which are the oldest key's": "throttle.key throttle.account volunteer_field.lookup "
    "volunteer_field.tail volunteer_field.sole wish.asker_hash",
    "pictures and papers that anybody may see": "prize_picture.content proposal_attachment.content seal.content",
}
"""Columns of bytes in which nothing is sealed, by what stands in them."""


def test_every_column_of_bytes_is_resealed_or_says_why_not() -> None:
    bytes_ = {
        f"{table.name}.{column.name}"
        for table in metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, LargeBinary)
    }
    told = [f"{each.table}.{each.column}" for each in SEALED]
    told += [name for names in IN_THE_CLEAR.values() for name in names.split()]
    assert set(told) == bytes_
    assert len(told) == len(bytes_)


def filled(town: Town) -> None:
    """Something in every sealed column."""
    bank, today = town.bank, town.bank.today()
    privacy.set_rules(bank, BY, kept=FIELDS, on_leaving="forfeit", on_death="forfeit")
    newcomer = Newcomer(
        name="示例孩子",
        particulars={"phone": "13800001234", "gender": "女"},
        guardian=NewGuardian(name="示例家长", phone="13800005678", relation="mother"),
    )
    registration.register(bank, BY, organisation=town.district, newcomer=newcomer)
    ana, neighbour = town.volunteer("ana"), Asker(name="示例奶奶", phone="13800138000")
    agents.authorise(bank, BY, ana, agent="示例代领人", scope="collect", captured="paper", from_on=today)
    post = posts.create(bank, BY, organisation=town.district, kind="building_head", title=None)
    posts.appoint(bank, BY, post, ana, from_on=today, contact="13800000000")
    for username in ("enrolled", "offered"):
        person = staff.hire(
            bank, BY, username=username, password=PASSWORD, name="示例职员", roles=[("desk", town.district)]
        )
        offered = otp.offer(bank, person.id, username, BY)
        if username == "enrolled":
            code = pyotp.TOTP(offered.secret).at(bank.world.clock() // 1_000_000)
            assert otp.confirm(bank, person.id, code, BY)
    volunteer_imports.check(bank, BY, town.district, "姓名\n示例甲\n".encode())
    wishes.collect(
        bank,
        BY,
        NewWish(organisation=town.district, kind="thing", channel="wall", words="想要一只热水袋", asker=neighbour),
    )
    requests.receive(
        bank,
        BY,
        NewRequest(organisation=town.district, kind="lighting", channel="phone", words="灯坏了", asker=neighbour),
    )
    town.award("ana", 60)
    notice = notices.publish_due(bank, BY, town.district)
    found = notices.find(bank, UUID(str(notice.answer["id"])))
    assert found is not None
    line = notices.line_of(bank, found, 1)
    assert line is not None
    objections.object_to(
        bank, By(actor=NOBODY), town.request("object"), found, line, reason="没有来", contact="示例电话"
    )


def sealed_by(bank: Bank, seals: sealing.Seals) -> set[str]:
    """The columns in which something was sealed by the newest of these keys."""
    with bank.store.reading() as connection:
        return {
            f"{each.table}.{each.column}"
            for each in SEALED
            for value in connection.scalars(select(metadata.tables[each.table].c[each.column]))
            if value and value.startswith(seals.newest)
        }


def test_after_a_new_key_nothing_is_left_that_only_the_older_one_opens(bank: Bank) -> None:
    filled(Town(bank, "guangdong"))
    every = {f"{each.table}.{each.column}" for each in SEALED}
    older = sealing.of(bank)
    assert sealed_by(bank, older) == every
    bank.settings = replace(bank.settings, sealing_keys=f"{SEALING_KEY},{NEWER}")
    count = resealing.reseal(bank)
    assert count >= len(every)
    assert sealed_by(bank, older) == set()
    assert sealed_by(bank, sealing.of(bank)) == every
    assert resealing.reseal(bank) == 0
