"""The text of a PDF, page by page; pypdf is loaded only when there is one to read."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from corpus.errors import ParseError

if TYPE_CHECKING:
    from pypdf import PdfReader

_MOST_PAGES = 1_000
_MOST_BYTES = 3_000_000  # of page content, unpacked: pypdf reads about 90,000 a second


def read_pages(file: str, content: bytes) -> list[str]:
    """The text of each page of a PDF.

    Args:
        file: its name, for the error.
        content: its bytes.

    Raises:
        ParseError: broken, protected by a password, without text (a scan), or beyond the limits
            of 1,000 pages and 3 million bytes of unpacked page content.
    """
    import logging

    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.ERROR)
    try:
        pages = _extract(file, PdfReader(BytesIO(content)))
    except ParseError:
        raise
    except Exception as error:  # whatever a broken PDF makes pypdf raise, it is the PDF's fault
        problem = f"can't be read as a PDF ({type(error).__name__}); fetch it again."
        raise ParseError(file, problem) from error
    if not any(page.strip() for page in pages):
        raise ParseError(file, "is a PDF without text, probably a scan; bring its text instead.")
    return pages


def _extract(file: str, reader: PdfReader) -> list[str]:
    if reader.is_encrypted:
        raise ParseError(file, "is a PDF protected by a password; save it without one.")
    pages: list[str] = []
    length = 0
    for number, page in enumerate(reader.pages, 1):
        contents = page.get_contents()
        length += 0 if contents is None else len(contents.get_data())
        if number > _MOST_PAGES or length > _MOST_BYTES:
            raise ParseError(file, "is a PDF too long to be one transcript; split it.")
        pages.append(page.extract_text().replace("\0", ""))
    return pages
