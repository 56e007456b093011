"""The application that a WSGI server serves: `granian --interface wsgi wsgi:app`, or `gunicorn --threads 16
wsgi:app`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import Any

from api import Keys, correlation, create_app, metrics
from ledger.bank import Bank
from ledger.log.signer import Signing
from ledger.log.witness import Gathering
from ledger.people import keys, sealing
from ledger.service import posting
from ledger.settings import read_settings

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def build() -> Application:
    """The application of the bank that the environment names. Refuses to start on a database that could lose
    postings.
    """
    settings = read_settings()
    bank = Bank.open(settings, observe=metrics.observe_batch)
    Signing(bank, observe=metrics.observe_log, signed=Gathering(bank).soon)
    if bank.halted is None:
        posting.post_ready(bank)  # what the last process approved and could not post any more
        posting.Posting(bank)
    signing = Keys(keys.watched(settings.data_dir), issuer=bank.charter.origin, clock=bank.world.clock)
    sealing.of(bank)  # a bank that cannot open what it sealed does not begin to serve
    return create_app(bank, signing)


class Served:
    """The application, built at once, and built anew in a process that was forked: the threads of the writer and the
    signer do not survive that.
    """

    def __init__(self) -> None:
        self._built = [build()]

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        return self._built[-1](environ, start_response)

    def build_anew(self) -> None:
        """What was inherited is kept: to close its connections here would close them to the process that still uses
        them.
        """
        self._built.append(build())


correlation.configure_logs()
app = Served()
os.register_at_fork(after_in_child=app.build_anew)
