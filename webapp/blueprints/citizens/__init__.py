"""One citizen's day."""

from webapp.blueprints.citizens.routes import bp

__all__ = ["bp"]
