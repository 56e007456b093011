"""The bank's privacy rules (隐私设置): which particulars may be kept at all, and what becomes of points when one goes.

Everything beside the name is off until an administrator turns it on; each change is a new row that stays readable.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ledger.bank import Bank, By
from ledger.people import particulars
from ledger.store import rows

FORFEIT, TRANSFER = "forfeit", "transfer"


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivacyRules:
    """`kept` are fields of `particulars.FIELDS`; `on_leaving` and `on_death` say whether points are forfeit to the
    organisation or transferred to a household or an heir.
    """

    kept: tuple[str, ...] = ()
    on_leaving: str = FORFEIT
    on_death: str = TRANSFER
    version: int = 0
    """0 where nobody has set any yet."""


def rules(bank: Bank) -> PrivacyRules:
    """Those that hold now."""
    with bank.store.reading() as connection:
        found = rows.page(connection, "privacy_rules", order=("version",), after=None, limit=1, newest_first=True).items
    if not found:
        return PrivacyRules()
    row = found[0]
    kept = tuple(row["kept_fields"].split())
    return PrivacyRules(kept=kept, on_leaving=row["on_leaving"], on_death=row["on_death"], version=row["version"])


def set_rules(bank: Bank, by: By, *, kept: Sequence[str], on_leaving: str, on_death: str) -> PrivacyRules:
    """From now on, for the whole bank. A field that is no longer kept stays where it was recorded until it is taken out
    there. Refuses Taken where somebody else has changed the rules in the same moment.
    """
    before = rules(bank)
    ordered = tuple(field for field in particulars.FIELDS if field in kept)
    made = PrivacyRules(kept=ordered, on_leaving=on_leaving, on_death=on_death, version=before.version + 1)
    with bank.changing(by) as change:
        row = {
            "version": made.version,
            "kept_fields": " ".join(ordered),
            "on_leaving": on_leaving,
            "on_death": on_death,
            "recorded_at": change.now,
            "recorded_by": by.actor,
        }
        change.add("privacy_rules", row, unique="version")
        change.audit("change", "privacy_rules", made.version, before=_told(before), after=_told(made))
    return made


def _told(told: PrivacyRules) -> dict[str, object]:
    return {"kept": list(told.kept), "on_leaving": told.on_leaving, "on_death": told.on_death}
