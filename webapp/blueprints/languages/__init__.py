"""Choose the language on this tablet."""

from webapp.blueprints.languages.routes import bp

__all__ = ["bp"]
