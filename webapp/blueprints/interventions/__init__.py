"""What we do to help a goal along: written, and carried out."""

from webapp.blueprints.interventions import done
from webapp.blueprints.interventions.routes import bp

__all__ = ["bp", "done"]
