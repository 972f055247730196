"""The demo home Solsikken: a believable half year in a home that does not exist."""

from webapp.demo.fill import DatabaseNotEmpty, fill_demo_home
from webapp.demo.people import DEMO_PASSWORD, PEOPLE

__all__ = ["DEMO_PASSWORD", "PEOPLE", "DatabaseNotEmpty", "fill_demo_home"]
