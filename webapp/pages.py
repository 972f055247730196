"""Which page to show next, when a form says where someone came from."""

from urllib.parse import urlsplit

from flask import request

LONGEST_PATH = 2000
"""Characters. Ours are far shorter, and the path goes into a header."""


def own_page(path: str | None) -> str | None:
    """Return the path when it is a page of ours; an address elsewhere is no page of ours."""
    if not path or len(path) > LONGEST_PATH or not path.isprintable() or "\\" in path:
        return None
    # A second slash would begin another site's name.
    return path if path.startswith("/") and not path.startswith("//") else None


def this_page() -> str:
    """Return the path of the page someone looks at; empty when it is none to come back to."""
    if shown := request.headers.get("HX-Current-URL"):
        # A fragment is asked for from the page it belongs to.
        address = urlsplit(shown)
        return address.path + (f"?{address.query}" if address.query else "")
    if request.method != "GET":
        return ""
    return request.full_path if request.query_string else request.path
