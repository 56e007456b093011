"""Metrics for Prometheus. With several server processes, `PROMETHEUS_MULTIPROC_DIR` names the directory in which they
add theirs up.
"""

from __future__ import annotations

import os

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest, multiprocess
from prometheus_client.exposition import CONTENT_TYPE_LATEST

CONTENT_TYPE = CONTENT_TYPE_LATEST
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)

_registry = CollectorRegistry()
_requests = Counter("pioneer_http_requests", "Requests answered", ["method", "route", "status"], registry=_registry)
_seconds = Histogram("pioneer_http_request_seconds", "Time to answer", ["route"], buckets=SECONDS, registry=_registry)
_batch_commands = Histogram(
    "pioneer_batch_commands",
    "Commands in one commit",
    buckets=(1, 2, 5, 10, 20, 50, 100, 500, 1_000),
    registry=_registry,
)
_batch_seconds = Histogram("pioneer_batch_seconds", "Time of one commit", buckets=SECONDS, registry=_registry)
_entries = Gauge("pioneer_log_entries", "Entries of the log", registry=_registry, multiprocess_mode="mostrecent")
_published = Gauge(
    "pioneer_log_published", "Entries under the last signed head", registry=_registry, multiprocess_mode="mostrecent"
)
_refused = Gauge(
    "pioneer_log_refused", "1 where the log may not be signed", registry=_registry, multiprocess_mode="mostrecent"
)


def count(method: str, route: str, status: int, seconds: float) -> None:
    """One request was answered."""
    _requests.labels(method if method in METHODS else "other", route, str(status)).inc()
    _seconds.labels(route).observe(seconds)


def observe_batch(commands: int, seconds: float) -> None:
    """One commit of the writer; given to `Bank.open`."""
    _batch_commands.observe(commands)
    _batch_seconds.observe(seconds)


def observe_log(entries: int, published: int, refused: bool) -> None:
    """How far the log is signed."""
    _entries.set(entries)
    _published.set(published)
    _refused.set(int(refused))


def exposition() -> bytes:
    """What Prometheus reads: of this process, or of all of them together."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return generate_latest(_registry)
    everybody = CollectorRegistry()
    multiprocess.MultiProcessCollector(everybody)  # type: ignore[no-untyped-call]
    return generate_latest(everybody)
