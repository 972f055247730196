"""What no page may ever do. Every page of every test is watched."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Dialog, Request, WebError, Worker

TELL_VIOLATIONS: Final = """
document.addEventListener("securitypolicyviolation", (event) => {
  console.error(`CSP violation: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
});
"""
"""Run first in every page, because browsers word a violation differently in each version."""

_LOUD: Final = ("error", "warning", "assert")


@dataclass
class Watch:
    """Collects what the pages of one test complain about, and every address they ask for.

    Attributes:
        address: The only server a page may speak to.
        requests: "GET /path?query" for everything asked for, in order.
        complaints: Errors, dialogs and requests to elsewhere that no test announced.
        server_may_fail: Set by a test that breaks the server.
        asked_before_leaving: How often a page has asked whether to leave with something unsent.
    """

    address: str
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    server_may_fail: bool = False
    asked_before_leaving: int = 0
    _expected: list[re.Pattern[str]] = field(default_factory=list)
    _contexts: list[BrowserContext] = field(default_factory=list)

    def expect(self, *patterns: str) -> None:
        """Announce what the console may say in this test; a browser logs every refused request."""
        self._expected += [re.compile(pattern) for pattern in patterns]

    def follow(self, context: BrowserContext) -> None:
        """Watch every page and worker of a context from now on."""
        self._contexts.append(context)
        for event, listener in self._listeners().items():
            context.on(event, listener)

    def leave(self) -> None:
        """Watch no longer."""
        for context in self._contexts:
            for event, listener in self._listeners().items():
                context.remove_listener(event, listener)

    def _listeners(self) -> dict[Any, Callable[[Any], None]]:
        return {
            "console": self._heard,
            "weberror": self._threw,
            "dialog": self._asked,
            "request": self._requested,
            "serviceworker": self._follow_worker,
        }

    def _follow_worker(self, worker: Worker) -> None:
        worker.on("console", self._heard)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in _LOUD:
            where = message.location.get("url", "")
            self._complain(f"console {message.type}: {message.text} ({where})")

    def _threw(self, error: WebError) -> None:
        self._complain(f"uncaught: {error.error}")

    def _asked(self, dialog: Dialog) -> None:
        if dialog.type == "beforeunload":
            # Leaving with something unsent asks first, as it should; the test means to leave.
            self.asked_before_leaving += 1
            dialog.accept()
            return
        self._complain(f"dialog: {dialog.type} {dialog.message}")
        dialog.dismiss()

    def _requested(self, request: Request) -> None:
        parts = urlsplit(request.url)
        # What a page has made itself is asked for from nobody.
        if parts.scheme == "blob":
            return
        if f"{parts.scheme}://{parts.netloc}" != self.address:
            self._complain(f"request to elsewhere: {request.method} {request.url}")
        query = f"?{parts.query}" if parts.query else ""
        self.requests.append(f"{request.method} {parts.path}{query}")

    def _complain(self, complaint: str) -> None:
        if not any(pattern.search(complaint) for pattern in self._expected):
            self.complaints.append(complaint)
