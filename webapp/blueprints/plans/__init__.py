"""A citizen's plan on one page, its context and its plan for evaluating."""

from webapp.blueprints.plans import cards
from webapp.blueprints.plans.routes import bp

__all__ = ["bp", "cards"]
