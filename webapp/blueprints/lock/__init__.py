"""The lock screen of a shared tablet: whose turn is it?"""

from webapp.blueprints.lock.routes import bp

__all__ = ["bp"]
