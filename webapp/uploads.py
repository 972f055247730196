"""How much a request may carry: little, but for files, and no more than there is room for."""

from collections.abc import Callable
from typing import Any, Final, TypeVar

from flask import Flask, current_app, request
from werkzeug.wrappers import Response

from webapp.adapters.media_store import free_bytes
from webapp.current import media_store, settings
from webapp.http_errors import problem

AROUND_A_FILE: Final = 512 * 1024
"""Bytes that a form takes beside the file in it."""

_MB: Final = 1024 * 1024

_MARK: Final = "smaategn_most_bytes"

View = TypeVar("View", bound=Callable[..., Any])


def takes_file(largest: int | Callable[[], int]) -> Callable[[View], View]:
    """Mark a route that takes a file of so many bytes; everything else keeps the app's limit.

    Args:
        largest: Bytes, or what tells them when a request comes.
    """

    def marked(view: View) -> View:
        setattr(view, _MARK, largest if callable(largest) else lambda: largest)
        return view

    return marked


def room() -> int | None:
    """Return how many bytes files may still take of the disk; None where nobody can tell."""
    free = free_bytes(media_store())
    return None if free is None else free - settings().media_reserve * _MB


def init_app(app: Flask) -> None:
    """Raise the limit for marked routes. Before the check of the token, which reads the form."""

    @app.before_request
    def allow_more() -> Response | None:
        view = current_app.view_functions.get(request.endpoint or "")
        if most := getattr(view, _MARK, None):
            left = room()
            # Text has to find room too, and for longer.
            if left is not None and left < (request.content_length or 0):
                return problem("storage_full", 507)
            request.max_content_length = most() + AROUND_A_FILE
        return None
