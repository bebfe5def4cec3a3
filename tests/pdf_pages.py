"""Real PDF documents for tests, set by reportlab."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import reportlab
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

FONT = Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"


def make_pdf(pages: list[str], password: str | None = None) -> bytes:
    """A PDF with the lines of each page set as they stand."""
    pdfmetrics.registerFont(TTFont("Vera", str(FONT)))
    out = BytesIO()
    canvas = Canvas(out, pagesize=(612, 1200), encrypt=password)
    for page in pages:
        text = canvas.beginText(36, 1160)
        text.setFont("Vera", 9)
        for line in page.splitlines():
            text.textLine(line)
        canvas.drawText(text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()
