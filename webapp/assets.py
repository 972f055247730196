"""Files the browser keeps for ever, under an address that changes whenever any of them does."""

import hashlib
import re
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Final

from flask import Flask, Response, abort, send_from_directory, url_for

from webapp.access import public

FOLDER: Final = Path(__file__).parent / "static"
FOR_EVER: Final = "public, max-age=31536000, immutable"

# One request for all styles; the order is the cascade's.
STYLES: Final = (
    "tokens",
    "base",
    "layout",
    "controls",
    "board",
    "today",
    "measures",
    "outbox",
    "forms",
    "plan",
    "guidance",
    "smorte",
    "orders",
    "profiles",
    "sparring",
    "lock",
    "citizen_mode",
    "citizen_forms",
    "rail",
    "timer",
    "pictograms",
    "studio",
    "emergency",
    "settings",
    "account",
    "audit",
    "print",
    "print_instruction",
    "problems",
)
FONT: Final = "vendor/atkinson-hyperlegible-next-latin-wght-normal.woff2"


_COMMENT: Final = re.compile(
    r"^[ \t]*(?:/\*(?:(?!\*/).)*\*/[ \t]*|//[^\n]*)\n", re.MULTILINE | re.DOTALL
)
"""A comment on lines of its own, as all of ours are; a tablet has no use for them."""


def init_app(app: Flask) -> None:
    """Serve the files and give templates their addresses."""
    app.add_url_rule("/static/<release>/<path:name>", "static", public(_serve))
    app.add_url_rule("/static/<release>/app.css", "styles", public(_serve_styles))
    app.jinja_env.globals["static_url"] = static_url
    app.jinja_env.globals["modules"] = modules
    app.jinja_env.globals["release"] = release
    app.jinja_env.globals["styles_url"] = lambda: url_for("styles", release=release())


def static_url(name: str) -> str:
    """Return the address of a file in this release."""
    return url_for("static", release=release(), name=name)


@cache
def modules(part: str = "", entry: str = "app") -> list[str]:
    """Return the names of the page's own JavaScript modules, or of a part of them, the entry first.

    A page names them all, so that the browser need not read one to learn of the next.
    """
    folder = FOLDER / "js" / part
    names = sorted(file.relative_to(FOLDER).as_posix() for file in folder.glob("*.js"))
    first = (folder / f"{entry}.js").relative_to(FOLDER).as_posix()
    return sorted(names, key=first.__ne__)


@cache
def script(name: str) -> str:
    """Return one of our own modules as it is sent: without what is for people."""
    return _COMMENT.sub("", (FOLDER / name).read_text("utf-8"))


@cache
def release() -> str:
    """Return twelve hex digits that stand for the content of every static file and template.

    Templates count because the service worker keeps the offline page with its release.
    """
    digest = hashlib.sha256()
    for folder in (FOLDER, FOLDER.parent / "templates"):
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                digest.update(file.relative_to(folder).as_posix().encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


@cache
def stylesheet() -> str:
    """Return all styles as one sheet."""
    return "\n".join((FOLDER / "css" / f"{name}.css").read_text("utf-8") for name in STYLES)


def _serve(release: str, name: str) -> Response:
    kept = _how_long(release)
    response = send_from_directory(FOLDER, name)
    if (response.mimetype or "").startswith("text/"):
        # Whole, not as an open file: a stream would be packed in pieces and the file left open.
        response.direct_passthrough = False
        response.make_sequence()
        if response.status_code == HTTPStatus.OK and name.startswith("js/"):
            response.set_data(script(name))
    response.headers["Cache-Control"] = kept
    return response


def _serve_styles(release: str) -> Response:
    kept = _how_long(release)
    return Response(stylesheet(), mimetype="text/css", headers={"Cache-Control": kept})


def _how_long(asked: str) -> str:
    """Return how long a file may be kept: for ever under this release, not under an older one."""
    if not asked.isalnum():
        abort(404)
    return FOR_EVER if asked == release() else "no-cache"
