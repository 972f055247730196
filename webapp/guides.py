"""Content that is data, read once: the help beside each field and the themes of a citizen."""

from functools import cache
from pathlib import Path

from flask import Flask, current_app

from webapp.adapters.data_files import DataFileUnfit
from webapp.adapters.guidance import Guidance, load_guidance
from webapp.adapters.taxonomies import Taxonomy, load_taxonomies
from webapp.config import SettingsError
from webapp.models import Citizen, CitizenKind

_USUAL = {CitizenKind.ADULT: "ffb", CitizenKind.CHILD: "ics", CitizenKind.YOUNG: "ics"}
"""The taxonomy of a citizen for whom none was chosen."""


@cache
def guidance() -> dict[str, dict[str, Guidance]]:
    """Return the help of every field, by card and field."""
    return load_guidance()


def init_app(app: Flask, instance: Path) -> None:
    """Read the themes.

    Raises:
        SettingsError: The home's own file has another shape.
    """
    folder = instance / "taxonomies"
    try:
        app.extensions["taxonomies"] = load_taxonomies(folder if folder.is_dir() else None)
    except DataFileUnfit as unfit:
        raise SettingsError(str(unfit)) from None


def taxonomies() -> dict[str, Taxonomy]:
    """Return the built-in taxonomies and the home's own, by code."""
    found: dict[str, Taxonomy] = current_app.extensions["taxonomies"]
    return found


def taxonomy_of(citizen: Citizen) -> Taxonomy:
    """Return the taxonomy a citizen's plan is ordered by; the usual one for an unknown code."""
    known = taxonomies()
    return known.get(citizen.taxonomy) or known[_USUAL[citizen.kind]]


def theme_title(citizen: Citizen, code: str) -> str:
    """Return a theme's title; the code itself when the taxonomy has lost it, "" for none."""
    theme = taxonomy_of(citizen).theme(code) if code else None
    return theme.title if theme else code


def theme_options(citizen: Citizen) -> list[tuple[str, str]]:
    """Return the themes a citizen's plan may be ordered by: code and title."""
    groups = taxonomy_of(citizen).groups
    return [(theme.code, theme.title) for group in groups for theme in group.themes]
