"""Read answers: the tokens in them, and what is left without."""

import re

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

_TOKEN = re.compile(r'(?:name="csrf_token" value="|"X-CSRFToken": ")([^"]+)"')
_DRAWN = re.compile(r'(name="new_id" )value="[^"]*"')
_OWN_PATH = re.compile(r'name="next" value="[^"]*"')


def tokens(response: TestResponse) -> list[str]:
    """Return every CSRF token in a page."""
    return _TOKEN.findall(response.text)


def token(client: FlaskClient, path: str = "/login") -> str:
    """Return the CSRF token that a page of this browser carries."""
    return tokens(client.get(path))[0]


def without_tokens(response: TestResponse) -> str:
    """Return the answer's text without what is its own: tokens, drawn ids and its path."""
    text = _DRAWN.sub(r"\1", _OWN_PATH.sub("", response.text))
    for found in tokens(response):
        text = text.replace(found, "")
    return text
