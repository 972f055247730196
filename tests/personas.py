"""The six people every test can be: the same who work in the demo home.

Anna and Bo work at Søndermarken, and Anna is in Sofie's contact team. Carl works at Lærkereden.
Ditte leads both departments, Erik steers the SMTTE work in both, and Frida has neither.
"""

from webapp.demo.people import (
    ANNA,
    BO,
    CARL,
    DEMO_PASSWORD,
    DITTE,
    ERIK,
    FRIDA,
    PERSONAS,
)
from webapp.demo.shapes import Person

__all__ = [
    "ANNA",
    "BO",
    "CARL",
    "DEMO_PASSWORD",
    "DITTE",
    "ERIK",
    "FRIDA",
    "PERSONAS",
    "Person",
]
