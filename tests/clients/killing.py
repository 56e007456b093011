"""A server that a test kills and starts again at the same address."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from ledger.settings import Settings
from tests.api.served import ROOT, await_ready, free_port
from tests.api.test_server import GRANIAN


class Killable:
    """A served bank; `kill()` is what a power cut does to it."""

    def __init__(self, settings: Settings) -> None:
        self._port, self._settings = free_port(), settings
        self.address = f"http://127.0.0.1:{self._port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PIONEER_")}
        environment |= {
            "PIONEER_DATA_DIR": str(self._settings.data_dir),
            "PIONEER_DATABASE_URL": self._settings.database_url,
        }
        log = Path(self._settings.data_dir) / "killed.log"
        with log.open("ab") as output:
            self._process = subprocess.Popen(
                [sys.executable, "-m", *(word.format(port=self._port) for word in GRANIAN)],
                cwd=ROOT,
                env=environment,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        await_ready(self.address, self._process, log)

    def stop(self) -> None:
        """The server ends as an operator ends it: its connections are closed."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(timeout=30)
            self._process = None

    def kill(self) -> None:
        """The server and its workers end at this moment, whatever they are doing."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(timeout=30)
            self._process = None
