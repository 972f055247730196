"""Ask for help with a goal, answer, and settle it."""

from webapp.blueprints.sparring.routes import bp

__all__ = ["bp"]
