"""What makes the app installable, and the page it shows without network."""

from flask import Blueprint, Response, jsonify, render_template, send_from_directory, url_for
from flask.typing import ResponseReturnValue

from webapp import assets
from webapp.access import public
from webapp.i18n import language

bp = Blueprint("pwa", __name__)


@bp.get("/manifest.webmanifest")
@public
def manifest() -> ResponseReturnValue:
    """Describe the app to the tablet's home screen."""
    icons = [
        {"src": assets.static_url(f"icons/{name}.png"), "sizes": size, "type": "image/png", **more}
        for name, size, more in (
            ("icon-192", "192x192", {}),
            ("icon-512", "512x512", {}),
            ("icon-maskable-192", "192x192", {"purpose": "maskable"}),
            ("icon-maskable-512", "512x512", {"purpose": "maskable"}),
        )
    ]
    response = jsonify(
        id="/",
        name="Småtegn",
        short_name="Småtegn",
        lang=language(),
        start_url=url_for("board.index"),
        scope="/",
        display="standalone",
        orientation="any",
        background_color="#faf6ef",
        theme_color="#17594f",
        icons=icons,
    )
    response.mimetype = "application/manifest+json"
    response.headers["Cache-Control"] = "no-cache"
    return response


@bp.get("/sw.js")
@public
def worker() -> ResponseReturnValue:
    """Serve the worker's entry at the root, so that it may answer for the whole app.

    The text names the release, so that a new release is a new worker.
    """
    script = render_template("pwa/sw.js", release=assets.release(), shell=_shell())
    response = Response(script, mimetype="text/javascript")
    response.headers["Cache-Control"] = "no-cache"
    return response


@bp.get("/offline")
@public
def offline() -> ResponseReturnValue:
    """The friendly page shown when a page cannot be had without network. Personal to no one."""
    response = Response(render_template("pwa/offline.html"))
    response.headers["Cache-Control"] = "no-cache"
    return response


@bp.get("/recover")
@public
def recover() -> ResponseReturnValue:
    """Let a tablet begin anew: the way out should a bad worker ever be sent out.

    No worker answers for this address. What waits to be sent stays.
    """
    return render_template("pwa/recover.html")


@bp.get("/favicon.ico")
@public
def favicon() -> ResponseReturnValue:
    """Serve the icon browsers ask for by habit."""
    response = send_from_directory(assets.FOLDER / "icons", "icon-192.png")
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response


def _shell() -> list[str]:
    """Return the addresses the worker keeps: what every page needs, and the offline page."""
    files = (
        *assets.modules(),
        *assets.modules("outbox", "start"),
        *assets.modules("media", "choosing"),
        *assets.modules("kept", "page"),
        *assets.modules("standby", "page"),
        *assets.modules("citizen_mode", "start"),
        "vendor/htmx.js",
        "vendor/idb.js",
        "icons/icon-192.png",
        assets.FONT,
    )
    return [
        url_for(".offline"),
        url_for("lock.offline"),
        url_for("styles", release=assets.release()),
        *(assets.static_url(name) for name in files),
    ]
