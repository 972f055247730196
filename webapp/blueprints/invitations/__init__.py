"""Choose a password by the link one was given."""

from webapp.blueprints.invitations.routes import bp

__all__ = ["bp"]
