"""Documents as PDF, set by typst from a template of ours. Reads no other file and no network."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, Literal

import typst

TEMPLATES: Final = Path(__file__).parents[1] / "typst"


def make_pdf(template: str, values: Mapping[str, Any]) -> bytes:
    """Return a document as PDF/UA: with structure, so that a screen reader can read it aloud.

    A letter the fonts do not have would make it no PDF/UA; then it is a plain PDF, with a box
    where the letter stands.

    Args:
        template: A name in `webapp/typst/`, without its ending.
        values: What the template shows, as JSON takes it. It is data: typst runs nothing in it.
    """
    source = (TEMPLATES / f"{template}.typ").read_bytes()
    given = {"values": json.dumps(values)}
    try:
        return _compile(source, given, "ua-1")
    except typst.TypstError:
        return _compile(source, given, "1.7")


def _compile(source: bytes, given: dict[str, str], standard: Literal["ua-1", "1.7"]) -> bytes:
    return typst.compile(
        source,
        format="pdf",
        # Fonts come with typst, so that a document is the same on every machine.
        ignore_system_fonts=True,
        sys_inputs=given,
        pdf_standards=standard,
    )
