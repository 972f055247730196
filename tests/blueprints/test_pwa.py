"""What makes the app installable, and the page shown without network."""

import re
import struct

import pytest
from flask.testing import FlaskClient

from webapp import assets


def manifest(client: FlaskClient) -> dict[str, object]:
    found = client.get("/manifest.webmanifest").json
    assert isinstance(found, dict)
    return found


def size_of(png: bytes) -> str:
    """Return the size that stands in a picture's own head."""
    assert png.startswith(b"\x89PNG\r\n")
    width, height = struct.unpack(">II", png[16:24])
    return f"{width}x{height}"


def test_the_manifest_names_the_app_and_opens_the_board(client: FlaskClient) -> None:
    response = client.get("/manifest.webmanifest")

    assert response.mimetype == "application/manifest+json"
    found = manifest(client)
    assert found["name"] == "Småtegn"
    assert (found["id"], found["start_url"], found["scope"]) == ("/", "/", "/")
    assert found["display"] == "standalone"
    assert found["lang"] == "da"
    for colour in ("background_color", "theme_color"):
        assert re.fullmatch(r"#[0-9a-f]{6}", str(found[colour]))


def test_every_icon_of_the_manifest_is_there_in_the_size_it_names(client: FlaskClient) -> None:
    icons = manifest(client)["icons"]
    assert isinstance(icons, list)

    for icon in icons:
        picture = client.get(icon["src"])
        assert picture.status_code == 200
        assert picture.mimetype == icon["type"] == "image/png"
        assert size_of(picture.data) == icon["sizes"]
    assert {icon["sizes"] for icon in icons if icon.get("purpose") == "maskable"} == {
        "192x192",
        "512x512",
    }
    assert {icon["sizes"] for icon in icons if "purpose" not in icon} == {"192x192", "512x512"}


def test_browsers_that_ask_for_the_icon_by_habit_get_it(client: FlaskClient) -> None:
    response = client.get("/favicon.ico")

    assert (response.status_code, response.mimetype) == (200, "image/png")
    assert response.headers["Cache-Control"] == "public, max-age=86400"


def test_the_worker_stands_at_the_root_and_changes_with_the_release(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    response = client.get("/sw.js")

    assert response.mimetype == "text/javascript"
    assert response.headers["Cache-Control"] == "no-cache"
    assert f'"{assets.release()}"' in response.text
    monkeypatch.setattr(assets, "release", lambda: "ffffffffffff")
    assert client.get("/sw.js").data != response.data


def test_everything_the_worker_keeps_is_there_for_everyone(client: FlaskClient) -> None:
    addresses = re.findall(r'"(/[^"]*)"', client.get("/sw.js").text)

    assert "/offline" in addresses
    assert len(addresses) > 5
    for address in addresses:
        assert client.get(address).status_code == 200, address


def test_whatever_a_tap_or_a_picture_reads_later_is_kept_beforehand(client: FlaskClient) -> None:
    worker = client.get("/sw.js").text
    parts = ("outbox", "media", "kept", "standby")
    files = [file for part in parts for file in (assets.FOLDER / "js" / part).glob("*.js")]

    assert files
    for file in files:
        assert f"/{file.relative_to(assets.FOLDER).as_posix()}" in worker


def test_the_page_without_network_is_the_same_for_everyone(
    client: FlaskClient, anna: FlaskClient
) -> None:
    response = client.get("/offline")

    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-cache"
    assert "uden net" in response.text
    assert anna.get("/offline").data == response.data


def test_the_page_without_network_needs_nothing_from_the_server(client: FlaskClient) -> None:
    page = client.get("/offline").text

    assert "<form" not in page
    assert "csrf" not in page.lower()
    worker = client.get("/sw.js").text
    for style in re.findall(r'<link rel="stylesheet" href="([^"]+)"', page):
        assert f'"{style}"' in worker
    for script in re.findall(r'<script[^>]+src="([^"]+)"', page):
        assert f'"{script}"' in worker


@pytest.mark.usefixtures("world")
def test_pages_lead_to_manifest_icon_and_worker(client: FlaskClient) -> None:
    page = client.get("/login").text

    assert '<link rel="manifest" href="/manifest.webmanifest">' in page
    assert 'rel="apple-touch-icon"' in page
    assert client.get("/static/" + assets.release() + "/js/app.js").status_code == 200
