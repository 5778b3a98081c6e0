"""PDF files of vouchers: read, joined, and made of images (economic-api 8.3)."""

from __future__ import annotations

from io import BytesIO
from typing import Final

from fpdf import FPDF
from fpdf.errors import FPDFException
from PIL import Image, UnidentifiedImageError
from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError

SIZE_MAX_BYTES: Final = 9_437_184
PAGES_MAX: Final = 1000
_IMAGES: Final = {b"\xff\xd8\xff": "jpeg", b"\x89PNG": "png", b"GIF8": "gif"}
_PAGE_MM: Final = (190, 277)


class BadFileError(ValueError):
    """Too large, damaged, or not of a kind that is taken."""


def as_pdf(content: bytes, kinds: tuple[str, ...]) -> bytes:
    """The file as a PDF; images of these kinds are put on a page."""
    if not content or len(content) > SIZE_MAX_BYTES:
        raise BadFileError(f"A file has 1 to {SIZE_MAX_BYTES} bytes.")
    kind = next((kind for start, kind in _IMAGES.items() if content.startswith(start)), None)
    if kind in kinds:
        return _of_image(content)
    pages(content)
    return content


def _of_image(content: bytes) -> bytes:
    try:
        with Image.open(BytesIO(content)) as image:
            plain = image.convert("RGB")
        pdf = FPDF(format="A4")
        pdf.add_page()
        scale = min(_PAGE_MM[0] / plain.width, _PAGE_MM[1] / plain.height)
        pdf.image(plain, w=plain.width * scale, h=plain.height * scale)
        return bytes(pdf.output())
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, FPDFException) as error:
        raise BadFileError("The image cannot be read.") from error


def pages(content: bytes) -> int:
    """How many pages the file has; raises BadFileError for what is not a PDF."""
    try:
        count = len(PdfReader(BytesIO(content)).pages)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise BadFileError("The file is not a PDF that can be read.") from error
    if not 1 <= count <= PAGES_MAX:
        raise BadFileError(f"A file has 1 to {PAGES_MAX} pages.")
    return count


def joined(first: bytes, second: bytes) -> bytes:
    """The pages of both, one after the other."""
    writer = PdfWriter()
    try:
        for content in (first, second):
            writer.append(BytesIO(content))
        joined_pdf = BytesIO()
        writer.write(joined_pdf)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise BadFileError("The files cannot be joined.") from error
    if len(joined_pdf.getvalue()) > SIZE_MAX_BYTES:
        raise BadFileError(f"A file has 1 to {SIZE_MAX_BYTES} bytes.")
    return joined_pdf.getvalue()
