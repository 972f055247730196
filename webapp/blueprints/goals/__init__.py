"""Write a goal, start it, close it and open it again."""

from webapp.blueprints.goals import closings, starting
from webapp.blueprints.goals.routes import bp

__all__ = ["bp", "closings", "starting"]
