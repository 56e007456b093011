"""The public bytes of one entry of each kind, to the letter. Strangers sign and copy them: they never change.

If one of these fails, the change is wrong, or it is a new version of the entry (`v`) and needs a decision of its own.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import date

import pytest

from ledger.core.accounts import MINUTES, Account, Purpose
from ledger.core.books import Books
from ledger.core.entries import Kind
from ledger.core.opening import OpenAccounts
from ledger.core.posting import Command, Move
from ledger.log.announcements import EpochChange, KeyChange
from tests.core import (
    disputes_golden,
    given,
    notices_golden,
    proposals_golden,
    reservations_golden,
    shelves_golden,
    stars_golden,
)
from tests.core.given import CLOCKED, DEBT, HOURS_ISSUED, ISSUED, TOMORROW, YESTERDAY, books, decided, shelf, wallet

SALT = bytes(range(32))
YEAR_END = date(2026, 12, 31)
POSTED = given.posted(books({DEBT: -3, wallet(YEAR_END): 1}), Move(HOURS_ISSUED, CLOCKED, 60), Move(ISSUED, DEBT, 5))
POSTED.know_account(Account(3, CLOCKED, 60, 1, 1))
COMMANDS: dict[Kind, tuple[Command, Books]] = {
    Kind.OPENING: (OpenAccounts(id=given.number(1), actor=given.CLERK, accounts=(wallet(), CLOCKED)), books()),
    Kind.CLAIM: (given.hand_in(), given.alone(given.hand_in())),
    Kind.REVIEW: (given.review(given.CLERK, "reject", "示例理由"), given.reviewed()),
    Kind.CLAIM_STEP: (given.step(given.CLERK, "hold"), given.reviewed()),
    Kind.AWARD: (given.award(), books({DEBT: -1})),
    Kind.DEED: (given.a_deed(), books()),
    Kind.REDEMPTION: (given.redeem(), books({wallet(YEAR_END): 5, wallet(): 20, shelf(): 1})),
    Kind.STOCK_RECEIPT: (given.receive(5, TOMORROW), books()),
    Kind.ADJUSTMENT: (
        given.adjust(-30, unit=MINUTES, purpose=Purpose.CLOCKED, reason="多记\n“30”分钟"),
        books({CLOCKED: 60}),
    ),
    Kind.REVERSAL: (given.reverse(), POSTED),
    Kind.LAPSE: (given.lapse(), books({wallet(YESTERDAY): 7})),
    Kind.POOLING: (given.pool(15), books({wallet(YEAR_END): 5, wallet(): 20})),
    Kind.DONATION: (given.donate(15), books({given.to_donate(YEAR_END): 5, given.to_donate(): 20})),
    Kind.CLOSING: (
        given.close("died", is_transferred=True, heir=given.BO),
        books({wallet(YEAR_END): 7, wallet(YESTERDAY): 2, DEBT: -3}),
    ),
    Kind.MERGE: (given.merge(), books({wallet(): 7, CLOCKED: 90})),
    **proposals_golden.COMMANDS,
    Kind.CERTIFICATE: (given.certify(7), books()),
    Kind.CERTIFICATE_END: (given.end_certificate(), given.certified()),
    **shelves_golden.COMMANDS,
    **reservations_golden.COMMANDS,
    **stars_golden.COMMANDS,
    **notices_golden.COMMANDS,
    **disputes_golden.COMMANDS,
    Kind.KEY_CHANGE: (
        KeyChange(id=given.number(1), actor=given.CLERK, change="added", vkey="bank.example+01234567+AQID"),
        books(),
    ),
    Kind.EPOCH_CHANGE: (
        EpochChange(
            id=given.number(1),
            actor=given.CLERK,
            number=2,
            origin="bank.example/2",
            lost_origin="bank.example",
            lost_size=150,
            lost_root=bytes(32),
        ),
        books(),
    ),
}
GOLDEN: dict[Kind, tuple[str, str]] = {
    Kind.CERTIFICATE: (
        (
            r'{"detail":{},"kind":"result.certificate","moves":[],"on":"2026-03-02","private":"%s","seq":101,"v'
            r'":1}'
        ),
        (
            r'{"at":1772413200000000,"by":"00000000000070008000000000000002","id":"0000000000007000800000000000'
            r'015c","legs":[],"why":{"certificate":"12345678901234567895","digest":"000000000000000000000000000'
            r'0000000000000000000000000000000000000"}}'
        ),
    ),
    Kind.CERTIFICATE_END: (
        (
            r'{"detail":{"certificate_seq":7},"kind":"process.certificate_end","moves":[],"on":"2026-03-02","pr'
            r'ivate":"%s","seq":101,"v":1}'
        ),
        (
            r'{"at":1772413200000000,"by":"00000000000070008000000000000002","id":"0000000000007000800000000000'
            r'015d","legs":[],"why":{"reason":"mistake"}}'
        ),
    ),
    Kind.CLAIM: (
        (
            r'{"detail":{"capture_method":"backfilled"},"kind":"process.claim","moves":[],"on":"2026-03-02","pr'
            r'ivate":"%s","seq":101,"v":1}'
        ),
        (
            r'{"at":1772413200000000,"by":"00000000000070008000000000000002","id":"0000000000007000800000000000'
            r'015c","legs":[],"why":{"claim":"00000000000070008000000000000102"}}'
        ),
    ),
    Kind.REVIEW: (
        (
            r'{"detail":{"claim_seq":3,"decision":"reject"},"kind":"process.review","moves":[],"on":"2026-03-02'
            r'","private":"%s","seq":101,"v":1}'
        ),
        (
            r'{"at":1772413200000000,"by":"00000000000070008000000000000002","id":"0000000000007000800000000000'
            r'015b","legs":[],"why":{"claim":"00000000000070008000000000000147","reason":"示例理由"}}'
        ),
    ),
    Kind.CLAIM_STEP: (
        (
            r'{"detail":{"claim_seq":3,"step":"hold"},"kind":"process.claim_step","moves":[],"on":"2026-03-02",'
            r'"private":"%s","seq":101,"v":1}'
        ),
        (
            r'{"at":1772413200000000,"by":"00000000000070008000000000000002","id":"0000000000007000800000000000'
            r'015d","legs":[],"why":{"claim":"00000000000070008000000000000147","reason":"示例理由"}}'
        ),
    ),
    Kind.OPENING: (
        (
            r'{"detail":{"accounts":2},"kind":"process.opening","moves":[],"on":"2026-03-02","private":"%s","s'
            r'eq":101,"v":1}'
        ),
        (
            r'{"at":1772413200000000,"by":"00000000000070008000000000000002","id":"000000000000700080000000000'
            r'00102","legs":[],"why":{}}'
        ),
    ),
    Kind.AWARD: (
        (
            r'{"detail":{"rule":"cleaning"},"kind":"result.award","moves":[{"amount":120,"credit":"person/cloc'
            r'ked","debit":"organisation:00000000-0000-7000-8000-00000000000d/issuance","unit":"minutes"},{"am'
            r'ount":1,"credit":"person/debt","debit":"organisation:00000000-0000-7000-8000-00000000000d/issuan'
            r'ce","unit":"points"},{"amount":1,"credit":"person/wallet","debit":"organisation:00000000-0000-70'
            r'00-8000-00000000000d/issuance","unit":"points"}],"on":"2026-03-01","private":"%s","rulebook":{"c'
            r'ode":"example","version":1},"seq":101,"v":1}'
        ),
        (
            r'{"at":1772413200000000,"by":"00000000000070008000000000000002","id":"000000000000700080000000000'
            r'00102","legs":[[2,1,-120,3,1,120],[4,1,-1,1,2,0],[4,2,-2,5,1,1]],"why":{"explanation":[{"en":"Cl'
            r'eaning 2 h, +2 points","points":2,"rule":"cleaning","zh":"清洁 2 小时, +2 分"}],"record":"00000000000'
            r'070008000000000000102"}}'
        ),
    ),
    Kind.DEED: (
        (
            r'{"detail":{"deed":"good_deed","rule":"tidy_courtyard"},"kind":"result.deed","moves":[{"amount":'
            r'5,"credit":"person/wallet","debit":"organisation:00000000-0000-7000-8000-00000000000d/issuance"'
            r',"unit":"points"}],"on":"2026-03-01","private":"%s","rulebook":{"code":"example","version":1},"'
            r'seq":101,"v":1}'
        ),
        (
            r'{"at":1772413200000000,"by":"00000000000070008000000000000002","id":"00000000000070008000000000'
            r'000102","legs":[[1,1,-5,2,1,5]],"why":{"explanation":[{"en":"Tidy courtyard, 1 time, +5 points"'
            r',"points":5,"rule":"tidy_courtyard","zh":"美丽庭院 1 次, +5 分"}],"record":"0000000000007000800000000'
            r'0000102"}}'
        ),
    ),
    Kind.REDEMPTION: (
        (
            r'{"detail":{},"kind":"result.redemption","moves":[{"amount":5,"credit":"desk:00000000-0000-7000-8'
            r'000-00000000000e/redeemed","debit":"person/wallet","unit":"points"},{"amount":15,"credit":"desk:'
            r'00000000-0000-7000-8000-00000000000e/redeemed","debit":"person/wallet","unit":"points"},{"amount'
            r'":1,"credit":"desk:00000000-0000-7000-8000-00000000000e/handed_out","debit":"desk:00000000-0000-'
            r'7000-8000-00000000000e/stock","unit":"prize:3"}],"on":"2026-03-02","private":"%s","seq":101,"v":'
            r'1}'
        ),
        (
            r'{"at":1772413200000000,"by":"00000000000070008000000000000002","id":"000000000000700080000000000'
            r'00102","legs":[[1,2,0,4,1,5],[2,2,5,4,2,20],[3,2,0,5,1,1]],"why":{"explanation":[{"en":"Redeemed'
            r' 示例搪瓷杯×1","points":-20,"zh":"兑换 示例搪瓷杯×1"}],"redemption":"00000000000070008000000000000102"}}'
        ),
    ),
    Kind.STOCK_RECEIPT: (
        (
            r'{"detail":{},"kind":"result.stock_receipt","moves":[{"amount":5,"credit":"desk:00000000-0000-700'
            r'0-8000-00000000000e/stock","debit":"desk:00000000-0000-7000-8000-00000000000e/received","unit":"'
            r'prize:3"}],"on":"2026-03-02","private":"%s","seq":101,"v":1}'
        ),
        (
            r'{"at":1772413200000000,"by":"00000000000070008000000000000002","id":"000000000000700080000000000'
            r'00102","legs":[[1,1,-5,2,1,5]],"why":{"source":"示例"}}'
        ),
    ),
    Kind.ADJUSTMENT: (
        (
            r'{"detail":{},"kind":"process.adjustment","moves":[{"amount":30,"credit":"organisation:00000000-0'
            r'000-7000-8000-00000000000d/adjustment","debit":"person/clocked","unit":"minutes"}],"on":"2026-03'
            r'-02","private":"%s","seq":101,"v":1}'
        ),
        (
            r'{"at":1772413200000000,"by":"00000000000070008000000000000002","id":"000000000000700080000000000'
            r'00102","legs":[[1,2,30,2,1,30]],"why":{"explanation":[{"en":"Adjusted by hand: 多记\n“30”分钟","poin'
            r'ts":0,"zh":"人工调整:多记\n“30”分钟"}],"second":"00000000000070008000000000000003"}}'
        ),
    ),
    Kind.REVERSAL: (
        (
            r'{"detail":{},"kind":"process.reversal","moves":[{"amount":60,"credit":"organisation:00000000-000'
            r'0-7000-8000-00000000000d/issuance","debit":"person/clocked","unit":"minutes"},{"amount":1,"credi'
            r't":"organisation:00000000-0000-7000-8000-00000000000d/issuance","debit":"person/wallet","unit":"'
            r'points"},{"amount":4,"credit":"organisation:00000000-0000-7000-8000-00000000000d/issuance","debi'
            r't":"person/debt","unit":"points"}],"on":"2026-03-02","private":"%s","reverses":50,"seq":101,"v":'
            r'1}'
        ),
        (
            r'{"at":1772413200000000,"by":"00000000000070008000000000000002","id":"000000000000700080000000000'
            r'00102","legs":[[3,2,0,3,1,60],[2,2,0,4,1,1],[1,2,-7,4,2,5]],"why":{"explanation":[{"en":"Reversa'
            r'l of transaction 50: 示例撤销","points":-5,"zh":"冲正第 50 号记账:示例撤销"}]}}'
        ),
    ),
    Kind.LAPSE: (
        (
            r'{"detail":{"expires_on":"2026-03-01"},"kind":"result.lapse","moves":[{"amount":7,"credit":"organ'
            r'isation:00000000-0000-7000-8000-00000000000d/lapsed","debit":"person/wallet","unit":"points"}],"'
            r'on":"2026-03-01","private":"%s","seq":101,"v":1}'
        ),
        (
            r'{"at":1772413200000000,"by":"00000000000070008000000000000002","id":"000000000000700080000000000'
            r'00102","legs":[[1,2,0,2,1,7]],"why":{"explanation":[{"en":"Points valid until 2026-03-01 lapsed"'
            r',"points":-7,"zh":"有效期至 2026-03-01 的积分到期失效"}]}}'
        ),
    ),
    Kind.KEY_CHANGE: (
        (
            r'{"detail":{"change":"added","key":"bank.example+01234567+AQID"},"kind":"process.key_change","mov'
            r'es":[],"on":"2026-03-02","private":"%s","seq":101,"v":1}'
        ),
        (
            r'{"at":1772413200000000,"by":"00000000000070008000000000000002","id":"000000000000700080000000000'
            r'00102","legs":[],"why":{}}'
        ),
    ),
    Kind.EPOCH_CHANGE: (
        (
            r'{"detail":{"epoch":2,"lost_origin":"bank.example","lost_root":"00000000000000000000000000000000'
            r'00000000000000000000000000000000","lost_size":150,"origin":"bank.example/2"},"kind":"process.epoch'
            r'_change","moves":[],"on":"2026-03-02","private":"%s","seq":101,"v":1}'
        ),
        (
            r'{"at":1772413200000000,"by":"00000000000070008000000000000002","id":"000000000000700080000000000'
            r'00102","legs":[],"why":{}}'
        ),
    ),
    Kind.POOLING: (
        (
            r'{"detail":{},"kind":"result.pooling","moves":[{"amount":5,"credit":"person/wallet","debit":"perso'
            r'n/wallet","unit":"points"},{"amount":10,"credit":"person/wallet","debit":"person/wallet","unit":"'
            r'points"}],"on":"2026-03-02","private":"%s","rulebook":{"code":"example","version":1},"seq":101,"v'
            r'":1}'
        ),
        (
            r'{"at":1772413200000000,"by":"00000000000070008000000000000002","id":"0000000000007000800000000000'
            r'0102","legs":[[1,2,0,3,1,5],[2,2,10,4,1,10]],"why":{"explanation":[{"en":"Pooled 15 into the hous'
            r'ehold","zh":"汇入家庭账户 15 分"}]}}'
        ),
    ),
    Kind.DONATION: (
        (
            r'{"detail":{},"kind":"result.donation","moves":[{"amount":5,"credit":"person/wallet","debit":"pers'
            r'on/donate_only","unit":"points"},{"amount":10,"credit":"person/wallet","debit":"person/donate_onl'
            r'y","unit":"points"}],"on":"2026-03-02","private":"%s","seq":101,"v":1}'
        ),
        (
            r'{"at":1772413200000000,"by":"00000000000070008000000000000002","id":"0000000000007000800000000000'
            r'0102","legs":[[1,2,0,3,1,5],[2,2,10,4,1,10]],"why":{"decided_by":"0000000000007000800000000000000'
            r'3","explanation":[{"en":"15 donated by the household to a person","zh":"家庭账户捐赠 15 分给个人账户"}]}}'
        ),
    ),
    Kind.CLOSING: (
        (
            r'{"detail":{},"kind":"process.closing","moves":[{"amount":2,"credit":"organisation:00000000-0000-7'
            r'000-8000-00000000000d/forfeited","debit":"person/wallet","unit":"points"},{"amount":7,"credit":"p'
            r'erson/wallet","debit":"person/wallet","unit":"points"},{"amount":3,"credit":"person/debt","debit"'
            r':"organisation:00000000-0000-7000-8000-00000000000d/forfeited","unit":"points"}],"on":"2026-03-02'
            r'","private":"%s","seq":101,"v":1}'
        ),
        (
            r'{"at":1772413200000000,"by":"00000000000070008000000000000002","id":"0000000000007000800000000000'
            r'0102","legs":[[2,2,0,4,1,2],[1,2,0,5,1,7],[4,2,-1,3,2,0]],"why":{"explanation":[{"en":"Died; the '
            r'account is closed","points":-9,"zh":"身故,账户注销"}]}}'
        ),
    ),
    Kind.MERGE: (
        (
            r'{"detail":{},"kind":"process.merge","moves":[{"amount":7,"credit":"person/wallet","debit":"person'
            r'/wallet","unit":"points"},{"amount":90,"credit":"person/clocked","debit":"person/clocked","unit":'
            r'"minutes"}],"on":"2026-03-02","private":"%s","seq":101,"v":1}'
        ),
        (
            r'{"at":1772413200000000,"by":"00000000000070008000000000000002","id":"0000000000007000800000000000'
            r'0102","legs":[[1,2,0,3,1,7],[2,2,0,4,1,90]],"why":{"explanation":[{"en":"Two numbers of one perso'
            r'n were merged","zh":"同一人的两个编号合并"}]}}'
        ),
    ),
    **proposals_golden.GOLDEN,
    **shelves_golden.GOLDEN,
    **reservations_golden.GOLDEN,
    **stars_golden.GOLDEN,
    **notices_golden.GOLDEN,
    **disputes_golden.GOLDEN,
}  # fmt: skip
"""Kind to (public entry, private opening)."""


def test_each_kind_has_its_golden_bytes() -> None:
    assert set(GOLDEN) == set(COMMANDS) == set(Kind)


@pytest.mark.parametrize("kind", Kind)
def test_the_bytes_of_an_entry_are_for_good(kind: Kind) -> None:
    command, known = COMMANDS[kind]
    plan = decided(command, known)
    assert plan.kind is kind
    row, _, private = known.post(plan, command, SALT)
    entry, opening = GOLDEN[kind]
    assert private.opening == opening
    assert row.commitment == hmac.new(SALT, opening.encode(), hashlib.sha256).digest()
    assert row.leaf_hash == hashlib.sha256(b"\0" + (entry % row.commitment.hex()).encode()).digest()


@pytest.mark.parametrize("kind", GOLDEN)
def test_nobody_is_named_in_public(kind: Kind) -> None:
    entry, opening = GOLDEN[kind]
    for person in (given.ANA.id, given.CLERK, given.COLLEAGUE):
        assert str(person) not in entry
        assert person.hex not in entry
    assert f'"by":"{COMMANDS[kind][0].actor.hex}"' in opening
    assert "示例甲" not in entry
