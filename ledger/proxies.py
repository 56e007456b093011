"""Which proxies are believed when they say whom they speak for: a value of a setting, and how it is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network


class ProxiesIllegible(ValueError):
    """A list of networks that is not written as it should be; the message says how."""


@dataclass(frozen=True, slots=True)
class Proxies:
    """Networks from which X-Forwarded-For is believed."""

    networks: tuple[IPv4Network | IPv6Network, ...] = ()

    def but(self, words: str) -> Proxies:
        """The proxies written: `127.0.0.1,10.1.0.0/16`. Refuses ProxiesIllegible."""
        try:
            return Proxies(tuple(ip_network(word.strip()) for word in words.split(",") if word.strip()))
        except ValueError as error:
            raise ProxiesIllegible(f"{error}: write networks with commas, 127.0.0.1,10.1.0.0/16") from error

    def client(self, peer: str, forwarded: Sequence[str]) -> str:
        """The address of whoever sent a request that came from `peer`, with these X-Forwarded-For headers.

        The list is read from its end, where our own proxies wrote, as far as they are ours; what a client wrote
        before that is not believed. What is no address ends the reading, at the proxy that passed it on.
        """
        address = peer
        hops = [hop.strip() for header in forwarded for hop in header.split(",")]
        for hop in reversed(hops):
            if not self._trusts(address) or _parsed(hop) is None:
                break
            address = hop
        return address

    def _trusts(self, address: str) -> bool:
        parsed = _parsed(address)
        return parsed is not None and any(parsed in network for network in self.networks)


def _parsed(address: str) -> IPv4Address | IPv6Address | None:
    """The address, an IPv4 one written as IPv6 read as what it is; None where it is none."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return None
    return (parsed.ipv4_mapped or parsed) if isinstance(parsed, IPv6Address) else parsed


NONE = Proxies()
"""Nobody is believed."""
