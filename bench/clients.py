"""Keep-alive clients that ask as fast as they are answered. They run in a process of their own and do as little as
they can, for they share the machine with the server.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Answered:
    """What so many requests took."""

    seconds: float
    milliseconds: list[float]
    """Of each request, from its first byte sent to its last byte answered."""
    statuses: dict[int, int]


class Client(asyncio.Protocol):
    """One connection: the next request goes out when the last was answered whole."""

    def __init__(self, waiting: deque[bytes], taken: list[float], statuses: dict[int, int]) -> None:
        self._waiting, self._taken, self._statuses = waiting, taken, statuses
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def ask(self) -> None:
        if not self._waiting:
            self.done.set_result(None)
            self._transport.close()
            return
        self._asked_at = time.perf_counter()
        self._transport.write(self._waiting.popleft())

    def data_received(self, data: bytes) -> None:
        self._received += data
        head, ended, body = self._received.partition(b"\r\n\r\n")
        if not ended or len(body) < _length(head):
            return
        self._taken.append((time.perf_counter() - self._asked_at) * 1_000)
        status = int(head[9:12])
        self._statuses[status] = self._statuses.get(status, 0) + 1
        self._received = b""
        self.ask()

    def connection_lost(self, error: Exception | None) -> None:
        if not self.done.done():
            self.done.set_exception(error or ConnectionError("the server hung up"))


def _length(head: bytes) -> int:
    name = b"content-length:"
    at = head.lower().index(name) + len(name)
    return int(head[at:].split(b"\r\n", 1)[0])


def drive(port: int, requests: Sequence[bytes], connections: int) -> Answered:
    """Ask all these over so many connections at once."""
    return asyncio.run(_drive(port, requests, connections))


async def _drive(port: int, requests: Sequence[bytes], connections: int) -> Answered:
    loop = asyncio.get_running_loop()
    waiting, taken, statuses = deque(requests), list[float](), dict[int, int]()
    clients = [
        (await loop.create_connection(lambda: Client(waiting, taken, statuses), "127.0.0.1", port))[1]
        for _ in range(connections)
    ]
    started = time.perf_counter()
    for client in clients:
        client.ask()
    await asyncio.gather(*(client.done for client in clients))
    return Answered(time.perf_counter() - started, taken, statuses)
