"""The PIN one opens shared tablets with."""

from webapp.blueprints.pins.routes import bp

__all__ = ["bp"]
