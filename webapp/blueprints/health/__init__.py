"""Is the process alive, and is it ready?"""

from webapp.blueprints.health.routes import bp

__all__ = ["bp"]
