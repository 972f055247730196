"""Files the browser keeps for ever, under an address that changes whenever any of them does."""

import gzip
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from webapp import assets
from webapp.assets import FOLDER, FOR_EVER, release

GZIP = {"Accept-Encoding": "gzip, deflate, br, zstd"}


def address(name: str, of: str | None = None) -> str:
    return f"/static/{of or release()}/{name}"


def test_the_release_stands_for_every_file_and_template(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def release_of(**files: str) -> str:
        for name, content in files.items():
            file = tmp_path / name.replace("__", "/")
            file.parent.mkdir(exist_ok=True)
            file.write_text(content)
        release.cache_clear()
        return release()

    monkeypatch.setattr(assets, "FOLDER", tmp_path / "static")
    try:
        first = release_of(static__app="a", templates__base="b")
        assert release_of() == first
        assert len({first, release_of(static__app="c"), release_of(templates__base="d")}) == 3
        assert len({release_of(static__ny=""), release_of(static__app="a"), first}) == 3
    finally:
        release.cache_clear()
    assert len(first) == 12
    assert first.isalnum()


@pytest.mark.parametrize("name", ["icons/icon-192.png", "js/app.js", "vendor/htmx.js", "app.css"])
def test_a_file_of_this_release_is_kept_for_ever(client: FlaskClient, name: str) -> None:
    response = client.get(address(name))

    assert response.status_code == 200
    assert response.headers["Cache-Control"] == FOR_EVER == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("name", ["icons/icon-192.png", "js/app.js", "app.css"])
def test_an_address_of_another_release_is_served_but_not_kept(
    client: FlaskClient, name: str
) -> None:
    response = client.get(address(name, of="0123456789ab"))

    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-cache"


OUTSIDE = [
    "../__init__.py",
    "../../pyproject.toml",
    "..%2f__init__.py",
    "%2e%2e/__init__.py",
    "%2e%2e%2f__init__.py",
    "%252e%252e%252f__init__.py",
    "js/../../__init__.py",
    "js/%2e%2e/%2e%2e/__init__.py",
    "..\\__init__.py",
    "..%5c__init__.py",
    "//etc/passwd",
    "%2fetc%2fpasswd",
    "%00",
    "js/app.js%00",
    "js/app.js%00.png",
    "js",
    "js/",
    "",
    ".",
    "findes/ikke.js",
    "con",
    "x" * 300,
    "æ%ff.js",
]


@pytest.mark.parametrize("name", OUTSIDE, ids=[ascii(name)[:30] for name in OUTSIDE])
def test_nothing_but_the_files_is_served(client: FlaskClient, name: str) -> None:
    response = client.get(address(name))

    assert response.status_code in {404, 308}
    if response.status_code == 308:
        response = client.get(response.location)
        assert response.status_code == 404
    assert response.headers["Cache-Control"] == "no-store"
    assert "create_app" not in response.text
    assert "root:" not in response.text


@pytest.mark.parametrize("of", ["..", "%2e%2e", "a-b", "a%00", "%20"])
def test_no_release_is_called_that(client: FlaskClient, of: str) -> None:
    assert client.get(address("js/app.js", of=of)).status_code == 404
    assert client.get(address("app.css", of=of)).status_code == 404


@pytest.mark.parametrize(
    "path", ["/setup", "/offline", f"/static/{release()}/app.css", f"/static/{release()}/js/app.js"]
)
def test_text_travels_packed(client: FlaskClient, path: str) -> None:
    plain = client.get(path)
    packed = client.get(path, headers=GZIP)

    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    unpacked = gzip.decompress(packed.data)
    assert len(packed.data) < len(unpacked)
    assert unpacked[:50] == plain.data[:50]


@pytest.mark.parametrize("name", ["icons/icon-192.png", assets.FONT])
def test_what_is_packed_already_is_not_packed_again(client: FlaskClient, name: str) -> None:
    assert "Content-Encoding" not in client.get(address(name), headers=GZIP).headers


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("js/app.js", "text/javascript"),
        ("js/sw/worker.js", "text/javascript"),
        ("icons/icon.svg", "image/svg+xml"),
        ("icons/icon-192.png", "image/png"),
        (assets.FONT, "font/woff2"),
        ("app.css", "text/css"),
    ],
)
def test_every_file_says_what_it_is(client: FlaskClient, name: str, kind: str) -> None:
    response = client.get(address(name))

    assert response.mimetype == kind
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_the_stylesheet_is_every_sheet_of_the_folder_once(client: FlaskClient) -> None:
    sheets = sorted(file.stem for file in (FOLDER / "css").glob("*.css"))

    assert sorted(assets.STYLES) == sheets
    assert client.get(address("app.css")).text == assets.stylesheet()


def test_a_file_that_was_not_changed_is_not_sent_again(client: FlaskClient) -> None:
    first = client.get(address("js/app.js"))

    again = client.get(address("js/app.js"), headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.data) == (304, b"")
    assert "Content-Security-Policy" in again.headers


def test_a_file_carries_no_cookie_and_asks_for_none(anna: FlaskClient) -> None:
    response = anna.get(address("js/app.js"))

    assert "Set-Cookie" not in response.headers
    assert "Cookie" not in response.headers["Vary"]


@pytest.mark.parametrize("name", [*assets.modules(), *assets.modules("outbox", "start")])
def test_a_module_is_sent_without_its_comments_and_otherwise_whole(
    client: FlaskClient, name: str
) -> None:
    written = (FOLDER / name).read_text("utf-8").splitlines()
    is_comment = ("/*", "*", "//")

    sent = client.get(address(name)).text.splitlines()

    assert [line for line in written if not line.lstrip().startswith(is_comment)] == sent


def test_code_behind_a_comment_on_its_line_is_sent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "/** Why. */\n/** @type {Cast} */ (one).word = 1;\n/* so */\nlet two;\n"
    (tmp_path / "cast.js").write_text(text)
    monkeypatch.setattr(assets, "FOLDER", tmp_path)

    assert assets.script("cast.js") == "/** @type {Cast} */ (one).word = 1;\nlet two;\n"
