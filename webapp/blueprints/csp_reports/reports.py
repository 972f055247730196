"""Read a report: what may be logged of it is one of our directives and one of our patterns."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Any, Final
from urllib.parse import urlsplit

from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, RequestRedirect

from webapp.headers import CONTENT_SECURITY_POLICY

LARGEST: Final = 16 * 1024
"""Bytes of a report. Browsers send one or two kilobytes."""

MOST_IN_ONE: Final = 10
"""Violations read from one report."""

EACH_MINUTE: Final = 30
"""Reports this process takes; a page that is broken everywhere says the same many times."""

_DIRECTIVES: Final = frozenset(part.split()[0] for part in CONTENT_SECURITY_POLICY.split("; "))


@dataclass(frozen=True, slots=True)
class Violation:
    """What was stopped.

    Attributes:
        directive: One of our policy's, else "other".
        route: The pattern of the page it happened on; None when it is none of ours.
    """

    directive: str
    route: str | None


class Allowance:
    """So many reports a minute, from everyone together."""

    def __init__(self) -> None:
        """Begin with a fresh minute."""
        self._began: datetime | None = None
        self._taken = 0
        self._lock = Lock()

    def take(self, now: datetime) -> bool:
        """Tell whether one more may be taken, and count it."""
        with self._lock:
            if self._began is None or not timedelta(0) <= now - self._began < timedelta(minutes=1):
                self._began, self._taken = now, 0
            self._taken += 1
            return self._taken <= EACH_MINUTE


def told(body: bytes, routes: Map) -> Iterator[Violation]:
    """Yield what a report says, in either of the two forms browsers send; nothing of others."""
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError):
        return
    for each in (sent if isinstance(sent, list) else [sent])[:MOST_IN_ONE]:
        report = _object(_object(each).get("csp-report")) or _object(_object(each).get("body"))
        if report:
            broken = report.get("effective-directive") or report.get("effectiveDirective")
            page = report.get("document-uri") or report.get("documentURL")
            directive = str(broken or report.get("violated-directive")).split(" ")[0]
            yield Violation(_ours(directive), _pattern(str(page), routes))


def _object(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _ours(directive: str) -> str:
    """Return the directive when our policy has it; script-src-elem is script-src, and so on."""
    name = directive.removesuffix("-elem").removesuffix("-attr")
    return name if name in _DIRECTIVES else "other"


def _pattern(address: str, routes: Map) -> str | None:
    """Return the pattern of a page's route: an address may carry what someone typed."""
    try:
        rule, _ = routes.bind("").match(urlsplit(address).path, return_rule=True)
    except (ValueError, HTTPException, RequestRedirect):
        return None
    return str(rule)
