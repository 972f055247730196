"""Who asks, by what scheme and name: believed from a trusted proxy, ignored from anyone else."""

from ipaddress import ip_network
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import EnvironBuilder

from webapp.config import Proxies
from webapp.proxies import TrustedProxies

HERE: Proxies = (ip_network("127.0.0.0/8"), ip_network("::1/128"))
PROXY: Proxies = (ip_network("10.0.0.5/32"), ip_network("fd00::/8"))


def seen(proxies: Proxies, peer: str, **forwarded: str) -> dict[str, Any]:
    """Return what the app is told about a request from this peer with these headers."""
    told: dict[str, Any] = {}

    def app(environ: dict[str, Any], _start: Any) -> list[bytes]:
        told.update(environ)
        return []

    headers = {f"X-Forwarded-{name}": value for name, value in forwarded.items()}
    builder = EnvironBuilder(
        base_url="http://tegn.solgaarden.dk",
        headers=list(headers.items()),
        environ_base={"REMOTE_ADDR": peer},
    )
    TrustedProxies(app, proxies)(builder.get_environ(), lambda *_: lambda _: None)
    return told


def asker(proxies: Proxies, peer: str, forwarded_for: str) -> str:
    return str(seen(proxies, peer, For=forwarded_for)["REMOTE_ADDR"])


@pytest.mark.parametrize("proxies", [(), 0, HERE, PROXY], ids=["none", "0", "here", "one"])
def test_a_stranger_is_believed_about_nothing(proxies: Proxies) -> None:
    told = seen(proxies, "203.0.113.9", For="10.0.0.5", Proto="https", Host="ond.example", Port="1")

    assert told["REMOTE_ADDR"] == "203.0.113.9"
    assert told["wsgi.url_scheme"] == "http"
    assert told["HTTP_HOST"] == "tegn.solgaarden.dk"
    assert not [name for name in told if "FORWARDED" in name]


def test_a_trusted_proxy_is_believed_about_all_three() -> None:
    told = seen(PROXY, "10.0.0.5", For="203.0.113.9", Proto="https", Host="tegn.solgaarden.dk:8443")

    assert told["REMOTE_ADDR"] == "203.0.113.9"
    assert told["wsgi.url_scheme"] == "https"
    assert told["HTTP_HOST"] == "tegn.solgaarden.dk:8443"


@pytest.mark.parametrize(
    ("peer", "forwarded_for", "address"),
    [
        ("10.0.0.5", "203.0.113.9", "203.0.113.9"),
        ("10.0.0.5", "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        ("10.0.0.5", "203.0.113.9, 10.0.0.5", "203.0.113.9"),
        ("10.0.0.5", "203.0.113.9:5070", "203.0.113.9"),
        ("10.0.0.5", "[2001:db8::9]:5070", "2001:db8::9"),
        ("fd00::1", "2001:db8::9", "2001:db8::9"),
        ("::ffff:10.0.0.5", "203.0.113.9", "203.0.113.9"),
        ("10.0.0.5", "", "10.0.0.5"),
        ("10.0.0.5", "unknown", "10.0.0.5"),
        ("10.0.0.5", "10.0.0.5", "10.0.0.5"),
        ("10.0.0.6", "203.0.113.9", "10.0.0.6"),
    ],
)
def test_the_nearest_who_is_no_proxy_of_ours_is_who_asks(
    peer: str, forwarded_for: str, address: str
) -> None:
    assert asker(PROXY, peer, forwarded_for) == address


@pytest.mark.parametrize(
    ("proxies", "forwarded_for", "address"),
    [
        (1, "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.1, 203.0.113.9", "198.51.100.1"),
        (2, "203.0.113.9", "203.0.113.9"),
        (3, "", "10.0.0.5"),
    ],
)
def test_so_many_in_a_row_may_be_said_instead_of_addresses(
    proxies: int, forwarded_for: str, address: str
) -> None:
    assert asker(proxies, "10.0.0.5", forwarded_for) == address


@pytest.mark.parametrize(
    ("proto", "host"), [("javascript", "ond.example/sti"), ("", "a b"), ("ftp", "å.dk\t")]
)
def test_what_is_no_scheme_and_no_name_is_left_out(proto: str, host: str) -> None:
    told = seen(PROXY, "10.0.0.5", For="203.0.113.9", Proto=proto, Host=host)

    assert told["wsgi.url_scheme"] == "http"
    assert told["HTTP_HOST"] == "tegn.solgaarden.dk"


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=60))
def test_whatever_a_stranger_sends_is_ignored(forwarded_for: str) -> None:
    assert asker(PROXY, "203.0.113.9", forwarded_for) == "203.0.113.9"
