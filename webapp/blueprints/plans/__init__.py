"""A citizen's plan on one page and on paper, its context and its plan for evaluating."""

from webapp.blueprints.plans import cards, printing
from webapp.blueprints.plans.routes import bp

__all__ = ["bp", "cards", "printing"]
