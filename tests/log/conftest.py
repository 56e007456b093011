"""A bank whose log is signed, in a town where things happen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from ledger.bank import Bank, By
from ledger.core.notes import Checkpoint, VerifierKey, checkpoint_of, note_of
from ledger.log import keys, rotation, signer
from ledger.log.export import export
from ledger.log.keys import SigningKey
from ledger.settings import Settings
from ledger.store import log as rows
from ledger.store.anchors import AnchorFile
from tests.banks import STAFF, Clock, PlayedWorld, Templates
from tests.log.files import Files, read
from tests.towns import Town

BY = By(actor=STAFF)


@dataclass
class Logged:
    """A bank, its town, and its signed log."""

    bank: Bank
    town: Town
    clock: Clock

    def live(self, deeds: int = 3) -> None:
        """So many entries of several kinds."""
        for at in range(deeds):
            match at % 4:
                case 0:
                    self.town.award(f"person{at % 5}", 60 + at, activity=f"cleaning-{at}")
                case 1:
                    self.town.receive("mug", 2 + at)
                case 2:
                    self.town.adjust(f"person{at % 5}", 30 + at)
                case _:
                    self.town.redeem(f"person{(at - 1) % 5}", ("mug", 1))

    def sign(self) -> Checkpoint | None:
        """The head signed now, a second later."""
        self.clock.forward(seconds=1)
        made = signer.sign(self.bank)
        return None if made is None else checkpoint_of(note_of(made.note.encode()))

    @property
    def anchor(self) -> AnchorFile:
        return AnchorFile(self.bank.settings.log_directory, self.bank.log_origin)

    @property
    def published(self) -> str:
        with self.bank.store.reading() as connection:
            newest = rows.newest(connection, self.bank.log_origin)
        assert newest is not None
        return newest.note

    @property
    def keys(self) -> list[VerifierKey]:
        return [key.public for key in keys.load(self.bank.settings.data_dir, self.bank.log_origin)]


@dataclass(frozen=True)
class Exhibit:
    """A signed log of a few hundred entries as files, and the key that signed it."""

    files: Files
    earlier: Files
    """The same log when it was shorter, as it was signed then."""
    key: SigningKey

    @property
    def vkey(self) -> str:
        return str(self.key.public)


@pytest.fixture(scope="session")
def exhibit(sqlite_templates: Templates, tmp_path_factory: pytest.TempPathFactory) -> Exhibit:
    """What a bank exported: two levels of tiles, entries of many kinds."""
    directory, play = tmp_path_factory.mktemp("exhibit"), PlayedWorld()
    keys.ensure(directory, "bank.example")
    with sqlite_templates.copy("sqlite", directory) as url:
        settings = Settings(database_url=url, data_dir=directory)
        with Bank.open(settings, world=play.world) as bank:
            logged = Logged(bank, Town(bank), play.clock)
            taken = []
            for deeds in (270, 40):
                logged.live(deeds)
                logged.town.reverse(deeds // 4 * 4 + 1)
                rotation.rotate(bank, BY) if deeds == 40 else None
                logged.sign()
                export(bank, directory / "out", [str(key) for key in logged.keys])
                taken.append(read(directory / "out"))
            return Exhibit(taken[1], taken[0], keys.load(directory, "bank.example")[0])


@pytest.fixture
def log_settings(bank_url: str, tmp_path: Path) -> Settings:
    """Where the log's keys and anchor are: this test's own directory."""
    keys.ensure(tmp_path, "bank.example")
    return Settings(database_url=bank_url, data_dir=tmp_path)


@pytest.fixture
def logged(log_settings: Settings, play: PlayedWorld) -> Iterator[Logged]:
    with Bank.open(log_settings, world=play.world) as bank:
        yield Logged(bank, Town(bank), play.clock)
