"""What a citizen, or who speaks for the citizen, has said yes to."""

from webapp.blueprints.consents import withdrawals
from webapp.blueprints.consents.routes import bp

__all__ = ["bp", "withdrawals"]
