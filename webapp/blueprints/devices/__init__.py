"""The shared tablets: let in, named, opened, let go."""

from webapp.blueprints.devices import enrolling
from webapp.blueprints.devices.routes import bp

__all__ = ["bp", "enrolling"]
