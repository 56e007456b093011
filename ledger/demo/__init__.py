"""An invented district's year, lived through the same use cases that desks and organisers call: no back door, no real
name.
"""

from ledger.demo.built import Built
from ledger.demo.district import PASSWORD, STAFF
from ledger.demo.year import build

__all__ = ["PASSWORD", "STAFF", "Built", "build"]
