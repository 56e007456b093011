"""Settings: environment `PIONEER_*`, and an optional TOML file named by `PIONEER_CONFIG`. Unknown names are errors."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from itertools import pairwise
from pathlib import Path

from ledger import limits, proxies
from ledger.limits import Delay, LimitIllegible, Limits
from ledger.proxies import Proxies, ProxiesIllegible

PREFIX = "PIONEER_"
HOURS_DIGITS = 9
"""Hours of a ladder have fewer digits than this."""


class SettingInvalid(ValueError):
    """A setting that is unknown or cannot be read, named, with its mend."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How this bank is run. Each field is `PIONEER_` and its name in capitals."""

    data_dir: Path = Path("var")
    """Where the embedded database, the token keys and the sealing keys live."""
    database_url: str = ""
    """`sqlite:///FILE` or `postgresql://…`; a SQLite file in the data directory if empty."""
    log_dir: str = ""
    """Where the anchor of the signed log lies; `log` in the data directory if empty. Best on another disk than the
    database, and never restored together with it.
    """
    sealing_keys: str = field(default="", repr=False)
    """Keys that seal personal fields, 32 bytes each in base64, oldest first, with commas between; the files in
    `sealing-keys` of the data directory if empty.
    """
    batch_max: int = 1_000
    """Commands the writer takes into one commit at the most."""
    roster_days: int = 31
    """A row of an imported roster that does not say how it was recorded is a back-fill if its day is longer ago."""
    limit_login: Limits = limits.LOGIN
    """Sign-ins that may go wrong; those that succeed count for nothing."""
    limit_pin: Limits = limits.PIN
    """PINs that may be wrong; right ones count for nothing."""
    limit_search: Limits = limits.SEARCH
    """Searches for volunteers."""
    limit_receipt: Limits = limits.RECEIPT
    """Look-ups of receipts and certificates by their codes."""
    limit_pairing: Limits = limits.PAIRING
    """Devices that ask to be paired, and look-ups of their codes."""
    limit_objection: Limits = limits.OBJECTION
    """Objections to public notices."""
    limit_request: Limits = limits.REQUEST
    """Requests of whoever scans a code in a stairwell."""
    limit_paper: Limits = limits.PAPER
    """Notices that strangers have printed."""
    delay_login: Delay = limits.LOGIN_DELAY
    """Waiting after wrong passwords of one account from one place."""
    delay_pin: Delay = limits.PIN_DELAY
    """Waiting after wrong PINs of one volunteer at one place."""
    proxies: Proxies = proxies.NONE
    """Proxies whose X-Forwarded-For is believed; of all others nothing is."""
    host: str = "127.0.0.1"
    port: int = 8000
    threads: int = 64
    """Requests that one server process works on at once."""
    workers: int = 1
    """Server processes."""
    reference_fen_per_point: int = 0
    """What a point is reckoned at in budgets, in fen; 0 where nobody has said. Nobody is ever paid it."""
    star_ladder_hours: str = "100,300,600,1000,1500"
    """Hours for one, two and more stars where no rulebook has a ladder, with commas between."""
    star_notice_days: int = 5
    """Working days for which a change of stars by that ladder is on public notice."""

    @property
    def url(self) -> str:
        return self.database_url or f"sqlite:///{self.data_dir / 'bank.db'}"

    @property
    def log_directory(self) -> Path:
        return Path(self.log_dir) if self.log_dir else self.data_dir / "log"

    @property
    def star_hours(self) -> tuple[int, ...]:
        """The hours of the bank's own ladder, which rise. Raises SettingInvalid."""
        words = [word.strip() for word in self.star_ladder_hours.split(",")]
        hours = tuple(int(word) for word in words if word.isascii() and word.isdigit() and len(word) < HOURS_DIGITS)
        if len(hours) < len(words) or any(lower >= upper for lower, upper in pairwise((0, *hours))):
            said = f"{PREFIX}STAR_LADDER_HOURS is {self.star_ladder_hours!r}"
            raise SettingInvalid(f"{said}: write hours that rise, with commas between, such as 100,300,600")
        return hours

    def prepare(self) -> None:
        """Make the data directory where it is missing, for its owner's eyes only."""
        self.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Settings from the TOML file, overridden by the environment. Raises SettingInvalid, naming the setting and the
    mend.
    """
    given = {
        name.removeprefix(PREFIX).lower(): (name, value)
        for name, value in environment.items()
        if name.startswith(PREFIX) and name != f"{PREFIX}CONFIG"
    }
    config = environment.get(f"{PREFIX}CONFIG")
    stated = (
        {} if config is None else {name: (f"{name} in {config}", str(value)) for name, value in _toml(config).items()}
    )
    known = {one.name: one for one in fields(Settings)}
    read: dict[str, object] = {}
    for name, (said, value) in {**stated, **given}.items():
        if name not in known:
            raise SettingInvalid(
                f"{said} is not a setting; known are {', '.join(PREFIX + n.upper() for n in sorted(known))}"
            )
        read[name] = _value(said, value, known[name].default)
    made = Settings(**read)  # type: ignore[arg-type]
    _ = made.star_hours
    return made


def _value(said: str, value: str, default: object) -> object:
    """What was written, in the kind that the default is of."""
    if isinstance(default, int):
        if not (value.isascii() and value.isdigit()):
            raise SettingInvalid(f"{said} is {value!r}: write a whole number")
        return int(value)
    if isinstance(default, Limits | Delay | Proxies):
        try:
            return default.but(value)
        except (LimitIllegible, ProxiesIllegible) as error:
            raise SettingInvalid(f"{said}: {error}") from error
    return Path(value) if isinstance(default, Path) else value


def _toml(config: str) -> dict[str, object]:
    try:
        return tomllib.loads(Path(config).read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingInvalid(f"{PREFIX}CONFIG names {config}, which cannot be read: {error}") from error
