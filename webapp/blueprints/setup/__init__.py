"""The first run: set up an empty installation, in five steps."""

from webapp.blueprints.setup.routes import bp

__all__ = ["bp"]
