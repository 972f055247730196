"""How wrong passwords shut doors, and how they are forgotten.

A door that only the person themselves can shut may stay shut for long. One that a stranger can
shut for everyone behind it opens again within a minute: it slows guessing down.
Source: docs/decisions/0005-sessions-are-rows.md
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Final

FIRST_WAIT: Final = timedelta(seconds=30)
FORGOTTEN_AFTER: Final = timedelta(hours=24)
"""Without a wrong try for so long nothing is remembered at all."""


@dataclass(frozen=True, slots=True)
class Door:
    """What wrong passwords are counted against.

    Attributes:
        free_tries: Wrong tries before it shuts.
        longest_wait: How long it stays shut at the most.
        forgets_one_every: A home mistypes every day; without this the count would only rise.
    """

    free_tries: int
    longest_wait: timedelta
    forgets_one_every: timedelta


PERSON_FROM_HERE: Final = Door(5, timedelta(minutes=15), timedelta(hours=1))
"""One e-mail address tried from one network."""

HERE: Final = Door(50, timedelta(minutes=1), timedelta(minutes=5))
"""One network: a whole home may sit behind it, so it is not shut for long."""

PERSON: Final = Door(100, timedelta(minutes=1), timedelta(minutes=10))
"""One e-mail address tried from many networks, a few times from each."""

CODE: Final = Door(5, timedelta(minutes=15), timedelta(hours=1))
"""The second factor of one person. Only whoever has the password stands before it."""


def wait_after(door: Door, failures: int) -> timedelta:
    """Return how long to wait after so many wrong tries: nothing, then 30 s, doubling."""
    beyond = failures - door.free_tries
    if beyond < 0:
        return timedelta(0)
    # The exponent is capped because a timedelta overflows long before an attacker tires.
    return min(door.longest_wait, FIRST_WAIT * (1 << min(beyond, 10)))


def failures_that_count(door: Door, failures: int, last_failed_at: datetime, now: datetime) -> int:
    """Return the wrong tries still remembered: one less for each while, none after a day."""
    quiet = max(now - last_failed_at, timedelta(0))
    if quiet >= FORGOTTEN_AFTER:
        return 0
    return max(0, failures - quiet // door.forgets_one_every)


def network_of(address: str) -> str:
    """Return the network an address stands for: itself, or the /64 that one IPv6 line is given.

    Whatever is no address is returned as it is.
    """
    try:
        ip = ip_address(address)
    except ValueError:
        return address
    if isinstance(ip, IPv6Address):
        if ip.ipv4_mapped:
            return str(ip.ipv4_mapped)
        return str(ip_network((ip.packed, 64), strict=False))
    return str(ip)
