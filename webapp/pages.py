"""Which page to show next, when a form says where someone came from; and what is no page."""

from urllib.parse import quote, urlsplit

from flask import Response, request

LONGEST_PATH = 2000
"""Characters. Ours are far shorter, and the path goes into a header."""


def own_page(path: str | None) -> str | None:
    """Return the path when it is a page of ours; an address elsewhere is no page of ours."""
    if not path or len(path) > LONGEST_PATH or not path.isprintable() or "\\" in path:
        return None
    # A second slash would begin another site's name.
    return path if path.startswith("/") and not path.startswith("//") else None


def as_attachment(response: Response, name: str) -> Response:
    """Let the browser keep an answer as a file of this name, and never show it as a page."""
    # Only the form that can say every letter, so that no program guesses at the others.
    encoded = quote(name, safe="")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{encoded}"
    return response


def this_page() -> str:
    """Return the path of the page someone looks at; empty when it is none to come back to."""
    if shown := request.headers.get("HX-Current-URL"):
        # A fragment is asked for from the page it belongs to.
        address = urlsplit(shown)
        return address.path + (f"?{address.query}" if address.query else "")
    if request.method != "GET":
        return ""
    return request.full_path if request.query_string else request.path
