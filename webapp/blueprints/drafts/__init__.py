"""Keep what somebody is writing."""

from webapp.blueprints.drafts.routes import bp

__all__ = ["bp"]
