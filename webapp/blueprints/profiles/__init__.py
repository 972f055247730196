"""Who a citizen is, and who is around the citizen."""

from webapp.blueprints.profiles import contacts, moving_in
from webapp.blueprints.profiles.routes import bp

__all__ = ["bp", "contacts", "moving_in"]
