"""The departments of the home."""

from webapp.blueprints.departments.routes import bp

__all__ = ["bp"]
