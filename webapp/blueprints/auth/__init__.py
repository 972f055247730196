"""Sign in and out."""

from webapp.blueprints.auth import codes, provider
from webapp.blueprints.auth.routes import bp

__all__ = ["bp", "codes", "provider"]
