"""Instructions in pictures: made by the contact team, shown to the citizen."""

from webapp.blueprints.instructions import (
    clips,
    descriptions,
    pictures,
    printing,
    showing,
    times,
    voices,
)
from webapp.blueprints.instructions.routes import bp

__all__ = ["bp", "clips", "descriptions", "pictures", "printing", "showing", "times", "voices"]
