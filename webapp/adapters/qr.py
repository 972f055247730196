"""QR codes, drawn as SVG without inline styles."""

import segno


def qr_svg(text: str) -> str:
    """Return a QR code as an `<svg>` element that takes its size and colours from the page."""
    code = segno.make(text, error="m", micro=False)
    return code.svg_inline(omitsize=True, border=4, svgclass="qr-code", lineclass=None)
