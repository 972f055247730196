"""Open a citizen of another department in an emergency; the manager reads who did and why."""

from webapp.blueprints.emergency import managing
from webapp.blueprints.emergency.routes import bp

__all__ = ["bp", "managing"]
