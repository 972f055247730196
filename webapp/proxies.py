"""Believe a trusted proxy about who asks, how and by which name; nobody else's word counts.

Source: docs/decisions/0026-secrets-and-proxies.md
"""

import re
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Final
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from webapp.config import Proxies

_HOST: Final = re.compile(r"[A-Za-z0-9.:\[\]-]{1,255}")


class TrustedProxies:
    """A WSGI application behind proxies. What strangers say of themselves is taken out."""

    def __init__(self, app: WSGIApplication, proxies: Proxies) -> None:
        """Take how many proxies stand in a row, or their addresses; 0 or none trusts nobody."""
        self.app = app
        self.proxies = proxies

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Put the visitor's own address, scheme and name where the app looks for them."""
        passed_on = _listed(environ.pop("HTTP_X_FORWARDED_FOR", ""))
        schemes = _listed(environ.pop("HTTP_X_FORWARDED_PROTO", ""))
        hosts = _listed(environ.pop("HTTP_X_FORWARDED_HOST", ""))
        for name in [name for name in environ if name.startswith("HTTP_X_FORWARDED_")]:
            del environ[name]
        environ.pop("HTTP_FORWARDED", None)
        peer = environ.get("REMOTE_ADDR", "")
        if self._is_trusted(peer):
            environ["REMOTE_ADDR"] = self._visitor([*passed_on, peer])
            if schemes and schemes[-1] in {"http", "https"}:
                environ["wsgi.url_scheme"] = schemes[-1]
            if hosts and _HOST.fullmatch(hosts[-1]):
                environ["HTTP_HOST"] = hosts[-1]
        return self.app(environ, start_response)

    def _visitor(self, way: list[str]) -> str:
        """Return who asked the outermost of our proxies; the nearest proxy when it does not say.

        The nearest proxy is the last on the way, and each adds whom it heard it from.
        """
        if isinstance(self.proxies, int):
            asked = way[-1 - min(self.proxies, len(way) - 1)]
        else:
            asked = next((one for one in reversed(way) if not self._is_trusted(one)), way[0])
        address = _address(asked)
        return str(address) if address else way[-1]

    def _is_trusted(self, written: str) -> bool:
        if isinstance(self.proxies, int):
            return self.proxies > 0
        address = _address(written)
        return address is not None and any(address in network for network in self.proxies)


def _listed(header: str) -> list[str]:
    return [part.strip() for part in header.split(",") if part.strip()]


def _address(written: str) -> IPv4Address | IPv6Address | None:
    """Return an address as proxies write it, with or without a port; None when it is none."""
    bare = re.sub(r"^\[(.*)\](:\d+)?$|^([0-9.]+):\d+$", r"\1\3", written)
    try:
        address = ip_address(bare)
    except ValueError:
        return None
    return (isinstance(address, IPv6Address) and address.ipv4_mapped) or address
