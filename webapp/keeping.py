"""Pages that a tablet keeps for the shift, with their pictures, to be read without network.

The server says which pages may be kept, whose they are and how long the tablet may lie untouched;
the service worker seals them (static/js/sw/pages.js). A page that it fetches ahead is logged as
what it is: laid on the tablet, not looked at.
"""

from typing import Final

from flask import Response, make_response, request
from flask.typing import ResponseReturnValue

from webapp import access, login
from webapp.domain.idling import LONGEST_AWAY
from webapp.htmx import wants_fragment

HEADER: Final = "Smaategn-Keep"
"""Of a request: the worker fetches ahead. Of an answer: whose it is (the session's id), how many
seconds the tablet may lie untouched, and whether it is `shared` or somebody's `own`."""


LARGEST_CLIP: Final = 8 * 1024 * 1024
"""Bytes. A tablet's disk is first of all for what is tapped; of a larger clip the poster stays."""


def seen_or_kept(record: str) -> str:
    """Return the audit action of a page: somebody looks, or it is laid on their tablet."""
    return f"{record}.keep" if HEADER in request.headers else f"{record}.read"


def may_be_kept(page: ResponseReturnValue, address: str | None = None) -> Response:
    """Let the tablet keep this page, or a picture on it, for whoever is signed in.

    What was opened in an emergency is never kept: it ends sooner than the tablet would know.

    Args:
        page: The page as it was drawn.
        address: Where the same page also stands, if anywhere.
    """
    response = make_response(page)
    if wants_fragment() or access.emergency():
        return response
    opened = login.current_session()
    shared = opened.device_id is not None
    seconds = (
        opened.staff.home.idle_lock_minutes * 60 if shared else int(LONGEST_AWAY.total_seconds())
    )
    response.headers[HEADER] = f"{opened.id} {seconds} {'shared' if shared else 'own'}"
    if address:
        response.headers["Content-Location"] = address
    return response
