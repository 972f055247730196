"""Indstillinger: the sections somebody may open, the home itself, and its shifts."""

from webapp.blueprints.settings import shifts
from webapp.blueprints.settings.routes import bp

__all__ = ["bp", "shifts"]
