"""How much a request may carry: little, but for the few routes that take files."""

from collections.abc import Callable
from typing import Any, Final, TypeVar

from flask import Flask, current_app, request

AROUND_A_FILE: Final = 512 * 1024
"""Bytes that a form takes beside the file in it."""

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


def init_app(app: Flask) -> None:
    """Raise the limit for marked routes. Before the check of the token, which reads the form."""

    @app.before_request
    def allow_more() -> None:
        view = current_app.view_functions.get(request.endpoint or "")
        if most := getattr(view, _MARK, None):
            request.max_content_length = most() + AROUND_A_FILE
