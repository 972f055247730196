"""Begin a goal from another: copied from another citizen, or from a template of the home."""

from webapp.blueprints.goal_templates import copies
from webapp.blueprints.goal_templates.routes import bp

__all__ = ["bp", "copies"]
