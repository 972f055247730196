"""Instructions in pictures: made by the contact team, shown to the citizen."""

from webapp.blueprints.instructions import pictures, times
from webapp.blueprints.instructions.routes import bp

__all__ = ["bp", "pictures", "times"]
