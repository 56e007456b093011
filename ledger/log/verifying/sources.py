"""Where a log is read: a URL or a directory laid out after C2SP tlog-tiles."""

from __future__ import annotations

import urllib.error
import urllib.request
from pathlib import Path

from ledger.log.verifying.heads import Head, Verdict, invalid

WIDTH = 256


class Source:
    """A log at a URL or in a directory: c2sp.org/tlog-tiles."""

    def __init__(self, place: str) -> None:
        self.place = place.rstrip("/")

    def read(self, path: str) -> bytes:
        try:
            if self.place.startswith(("http://", "https://")):
                with urllib.request.urlopen(f"{self.place}/{path}", timeout=30) as answer:  # noqa: S310
                    return bytes(answer.read())
            return (Path(self.place) / path).read_bytes()
        except urllib.error.HTTPError as error:
            raise invalid(f"{path} should be there: HTTP {error.code}") from error
        except FileNotFoundError as error:
            raise invalid(f"{path} should be there and is not") from error
        except (OSError, ValueError) as error:
            raise Verdict(2, f"{self.place} cannot be read: {error}") from error

    def head(self) -> Head:
        place = Path(self.place)
        return Head(place.read_bytes() if place.is_file() else self.read("checkpoint"))

    def tile(self, level: str, n: int, size: int) -> bytes:
        width, name, rest = min(WIDTH, size - n * WIDTH), f"{n % 1000:03}", n // 1000
        while rest:
            name, rest = f"x{rest % 1000:03}/{name}", rest // 1000
        return self.read(f"tile/{level}/{name}" + (f".p/{width}" if width < WIDTH else ""))

    def leaves(self, n: int, size: int) -> list[bytes]:
        tile = self.tile("0", n, size)
        if len(tile) != 32 * min(WIDTH, size - n * WIDTH):
            raise invalid(f"tile {n} has {len(tile)} bytes")
        return [tile[at : at + 32] for at in range(0, len(tile), 32)]

    def entries(self, n: int, size: int) -> list[bytes]:
        bundle, made, at = self.tile("entries", n, size), [], 0
        while at < len(bundle):
            end = at + 2 + int.from_bytes(bundle[at : at + 2], "big")
            made.append(bundle[at + 2 : end])
            at = end
        if at != len(bundle) or len(made) != min(WIDTH, size - n * WIDTH):
            raise invalid(f"bundle {n} holds {len(made)} entries")
        return made
