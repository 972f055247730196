"""Take in what tablets kept while they had no network."""

from webapp.blueprints.sync import grants, media, reviews, standby
from webapp.blueprints.sync.routes import bp

__all__ = ["bp", "grants", "media", "reviews", "standby"]
