"""The municipality's orders, and the papers that came with them."""

from webapp.blueprints.orders import files
from webapp.blueprints.orders.routes import bp

__all__ = ["bp", "files"]
