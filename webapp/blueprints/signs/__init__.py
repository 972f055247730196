"""Write the signs of a goal."""

from webapp.blueprints.signs import places
from webapp.blueprints.signs.routes import bp

__all__ = ["bp", "places"]
