"""Runs one `pioneer` command and writes the most memory it held, in megabytes, into the file named first.

    python bench/peak.py FILE check

A process of its own: what a parent held before it became this program does not count.
"""

import atexit
import resource
import sys
from pathlib import Path

from ledger.cli import main


def peak_mb() -> float:
    """The high-water mark of this program alone where Linux tells it, else of the whole process."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1_024
    unit = 1_024**2 if sys.platform == "darwin" else 1_024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


if __name__ == "__main__":
    file = Path(sys.argv.pop(1))
    atexit.register(lambda: file.write_text(str(peak_mb())))
    main()
