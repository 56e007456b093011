"""One key, one effect: whoever asks, however often, from however many places at once."""

from __future__ import annotations

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from sqlalchemy import text

from ledger.bank import Bank, Request
from ledger.core.adjustment import Adjust
from ledger.core.canonical import digest
from ledger.settings import Settings
from ledger.store.writer import Outcome, Submission
from tests.banks import SECOND, STAFF, PlayedWorld
from tests.ledger import crowd
from tests.ledger.faults import troubled_bank
from tests.towns import Town


def gift(town: Town, amount: int = 5, name: str = "甲") -> Adjust:
    return Adjust(
        id=town.bank.world.new_id(),
        actor=STAFF,
        second=SECOND,
        owner=town.volunteer(name).owner,
        organisation=town.owner,
        amount=amount,
        reason="示例",
    )


def request(key: str = "the-one-key-0001", asked: str = "five", client: str = "desk-1") -> Request:
    return Request(client, key, digest(asked.encode()))


def kept(bank: Bank) -> int:
    """How many keys the bank remembers."""
    with bank.store.reading() as connection:
        return int(connection.execute(text("SELECT count(*) FROM command")).scalar_one())


def test_the_same_request_is_answered_the_same_and_done_once(bank: Bank) -> None:
    town = Town(bank, rulebook=None)
    first = bank.submit(gift(town), request())
    again = bank.submit(gift(town), request())
    assert (again.seq, again.answer, again.refusal) == (first.seq, first.answer, None)
    assert (first.replayed, again.replayed) == (False, True)
    assert town.points("甲") == 5
    assert kept(bank) == 1


def test_a_refusal_is_answered_the_same_even_when_it_would_go_now(bank: Bank) -> None:
    town = Town(bank, rulebook=None)
    first = bank.submit(gift(town, -5), request())
    bank.submit(gift(town, 5), request("another-key-00001"))
    again = bank.submit(gift(town, -5), request())
    assert (again.refusal, again.answer, again.replayed) == (first.refusal, first.answer, True)
    assert town.points("甲") == 5


def test_another_request_under_the_key_is_refused_and_the_first_answer_stays(bank: Bank) -> None:
    town = Town(bank, rulebook=None)
    first = bank.submit(gift(town), request())
    other = bank.submit(gift(town, 500), request(asked="five hundred"))
    assert other.refusal is not None
    assert other.refusal.code == "idempotency_key_reused"
    assert not other.replayed
    assert bank.submit(gift(town), request()).answer == first.answer
    assert town.points("甲") == 5
    assert kept(bank) == 1


def test_a_key_that_was_refused_is_used_up_too(bank: Bank) -> None:
    town = Town(bank, rulebook=None)
    bank.submit(gift(town, -5), request())
    other = bank.submit(gift(town, 5), request(asked="five"))
    assert other.replayed
    assert bank.submit(gift(town, 6), request(asked="six")).answer["code"] == "idempotency_key_reused"


def test_two_clients_may_use_the_same_key(bank: Bank) -> None:
    town = Town(bank, rulebook=None)
    assert bank.submit(gift(town), request(client="desk-1")).posted
    assert not bank.submit(gift(town), request(client="desk-2")).replayed
    assert town.points("甲") == 10


def test_a_command_with_the_id_of_another_is_refused_under_any_key(bank: Bank) -> None:
    town = Town(bank, rulebook=None)
    command = gift(town)
    assert bank.submit(command, request()).posted
    stolen = bank.submit(replace(gift(town, 500), id=command.id), request("another-key-00001"))
    assert stolen.answer == {"code": "id_already_used", "facts": {"id": str(command.id)}}
    assert town.points("甲") == 5


def test_a_command_of_the_banks_own_has_its_id_for_a_key(bank: Bank) -> None:
    town = Town(bank, rulebook=None)
    command = gift(town)
    assert bank.submit(command).posted
    assert bank.submit(command).replayed
    assert bank.submit(replace(command, amount=500)).answer["code"] == "idempotency_key_reused"
    assert town.points("甲") == 5


def test_all_this_holds_within_one_batch(bank_url: str, play: PlayedWorld) -> None:
    """And is known before the database has to say no, which would cost everybody in the batch a second try."""
    with troubled_bank(bank_url, play.world) as (bank, troubled):
        town = Town(bank, rulebook=None)
        command = gift(town)
        five, six = request(), request(asked="six")
        outcomes = bank.submit_all(
            [
                Submission(command, *five),
                Submission(gift(town), *five),
                Submission(gift(town, 6), *six),
                Submission(command, *request("another-key-00001")),
            ]
        )
        assert troubled.batches == [4]
        assert town.points("甲") == 5
    assert [outcome.answer.get("code", "posted") for outcome in outcomes] == [
        "posted",
        "posted",
        "idempotency_key_reused",
        "id_already_used",
    ]
    assert [outcome.replayed for outcome in outcomes] == [False, True, False, False]


def test_keys_outlive_the_process(bank_url: str, play: PlayedWorld) -> None:
    settings = Settings(database_url=bank_url)
    with Bank.open(settings, world=play.world) as bank:
        town = Town(bank, rulebook=None)
        first = bank.submit(gift(town), request())
        command = gift(town)
    with Bank.open(settings, world=play.world) as bank:
        again = bank.submit(command, request())
    assert (again.replayed, again.seq, again.answer) == (True, first.seq, first.answer)


def test_a_key_may_be_anything_that_is_text(bank: Bank) -> None:
    town = Town(bank, rulebook=None)
    for key in ("'; DROP TABLE command; --", "键" * 64, "k" * 128, "%s %b {0} \\", " "):
        assert bank.submit(gift(town), request(key)).posted
        assert bank.submit(gift(town), request(key)).replayed


def storm(bank: Bank, town: Town, threads: int, rounds: int) -> list[Outcome]:
    """Every thread sends every request, all at once."""
    together = threading.Barrier(threads)

    def send(_: int) -> list[Outcome]:
        together.wait()
        return [bank.submit(gift(town, 1), request(f"storm-key-{n:08d}", f"one {n}")) for n in range(rounds)]

    with ThreadPoolExecutor(threads) as pool:
        return [outcome for sent in pool.map(send, range(threads)) for outcome in sent]


def test_sixteen_threads_with_the_same_requests_have_them_done_once(bank: Bank) -> None:
    town = Town(bank, rulebook=None)
    town.volunteer("甲")
    outcomes = storm(bank, town, threads=16, rounds=20)
    assert Counter(outcome.replayed for outcome in outcomes) == {False: 20, True: 300}
    answers = {outcome.answer["transaction_seq"] for outcome in outcomes}
    assert len(answers) == 20
    assert town.points("甲") == 20


def test_four_processes_with_the_same_requests_have_them_done_once(bank_url: str, play: PlayedWorld) -> None:
    with Bank.open(Settings(database_url=bank_url), world=play.world) as bank:
        town = Town(bank, rulebook=None)
        giver = crowd.Giver(bank_url, town.volunteer("甲").owner, town.owner, keys=30)
    answers = crowd.send([giver] * 4)
    assert {answer.fault for answer in answers} == {None}
    assert Counter(answer.replayed for answer in answers) == {False: 30, True: 90}
    with Bank.open(Settings(database_url=bank_url), world=play.world) as bank:
        town.bank = bank
        assert town.points("甲") == 30
