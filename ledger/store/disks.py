"""What a directory really stands on: kind of file system, room, speed of a durable write, and who else may look."""

from __future__ import annotations

import os
import shutil
import statistics
import tempfile
import time
from pathlib import Path

MOUNTS = Path("/proc/self/mounts")

IN_MEMORY = frozenset({"tmpfs", "ramfs"})
NETWORK = frozenset(
    {
        *("9p", "afs", "ceph", "cifs", "drvfs", "fuse.ceph", "fuse.gcsfuse", "fuse.glusterfs", "fuse.rclone"),
        *("fuse.s3fs", "fuse.sshfs", "glusterfs", "lustre", "ncpfs", "nfs", "nfs4", "prl_fs", "smb3", "smbfs"),
        *("vboxsf", "virtiofs", "vmhgfs", "fuse.vmhgfs-fuse"),
    }
)
"""File systems on which a lock or a flush may not be what it says; SQLite's own documentation warns of them."""
OF_A_CONTAINER = frozenset({"overlay", "aufs"})


def standing(path: Path) -> Path:
    """The nearest directory above or at `path` that exists."""
    path = path.absolute()
    while not path.is_dir():
        path = path.parent
    return path


def file_system(path: Path, mounts: Path = MOUNTS) -> str | None:
    """The type of the file system that holds this path, or None where the system does not tell."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return None
    held = path.resolve()
    found, deepest = None, -1
    for _device, at, kind, *_ in map(str.split, lines):
        point = Path(at.encode(errors="surrogateescape").decode("unicode_escape", errors="replace"))
        if held.is_relative_to(point) and len(point.parts) >= deepest:  # what is mounted later lies on top
            found, deepest = kind, len(point.parts)
    return found


def free_bytes(path: Path) -> int:
    return shutil.disk_usage(path).free


def flush_seconds(directory: Path, *, times: int = 7) -> float:
    """How long a write of one page takes until it is on the disk: the median of some. Raises OSError."""
    page, taken = os.urandom(4096), []
    with tempfile.NamedTemporaryFile(dir=directory, prefix=".pioneer-doctor-") as file:
        for _ in range(times):
            started = time.perf_counter()
            file.write(page)
            file.flush()
            os.fsync(file.fileno())
            taken.append(time.perf_counter() - started)
    return statistics.median(taken)


def open_to_others(path: Path) -> str | None:
    """What people other than the owner may do here: "write", "read" or None. None too where modes mean nothing."""
    if os.name != "posix":
        return None
    mode = path.stat().st_mode
    if mode & 0o022:
        return "write"
    return "read" if mode & 0o044 else None
