"""Logkontrol: who has seen and done what, checks of it, and what is handed out of it."""

from webapp.blueprints.audit import checks, exports
from webapp.blueprints.audit.routes import bp

__all__ = ["bp", "checks", "exports"]
