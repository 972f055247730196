"""The paragraphs a home knows, read once when the app is made, and their words on screen."""

from pathlib import Path

from flask import Flask, current_app

from webapp.adapters.data_files import DataFileUnfit
from webapp.adapters.legal_grounds import Law, load_legal_grounds, words_of
from webapp.config import SettingsError


def init_app(app: Flask, instance: Path) -> None:
    """Read the lists.

    Raises:
        SettingsError: The home's own list has another shape.
    """
    try:
        app.extensions["legal_grounds"] = load_legal_grounds(instance)
    except DataFileUnfit as unfit:
        raise SettingsError(str(unfit)) from None
    app.jinja_env.globals["legal_ground_words"] = lambda code: words_of(legal_grounds(), code)


def legal_grounds() -> tuple[Law, ...]:
    """Return the laws with their paragraphs, in the order to offer them."""
    laws: tuple[Law, ...] = current_app.extensions["legal_grounds"]
    return laws
