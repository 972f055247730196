"""What makes the app installable, and the page shown without network."""

from webapp.blueprints.pwa.routes import bp

__all__ = ["bp"]
