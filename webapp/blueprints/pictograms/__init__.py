"""Pictograms: found by words and chosen for a step, and whose they are."""

from webapp.blueprints.pictograms import own, pictures
from webapp.blueprints.pictograms.routes import bp

__all__ = ["bp", "own", "pictures"]
