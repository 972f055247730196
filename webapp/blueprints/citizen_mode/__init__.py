"""The citizen's own screen."""

from webapp.blueprints.citizen_mode.routes import bp

__all__ = ["bp"]
