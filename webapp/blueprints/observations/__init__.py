"""Log, undo and correct what was seen."""

from webapp.blueprints.observations import corrections, pictures
from webapp.blueprints.observations.routes import bp

__all__ = ["bp", "corrections", "pictures"]
