"""Those who work here: see them, invite, change, let go, let in again."""

from webapp.blueprints.staff import sign_in
from webapp.blueprints.staff.routes import bp

__all__ = ["bp", "sign_in"]
