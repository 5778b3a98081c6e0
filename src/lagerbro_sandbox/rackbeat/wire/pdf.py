"""One small, valid PDF page of text, and a PDF as an answer (rackbeat-api 3.14)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from lagerbro_sandbox.kernel.http import Response

LINES_MAX: Final = 50
_LINE_LENGTH_MAX: Final = 100


def answer(content: bytes, name: str) -> Response:
    headers = {"Content-Type": "application/pdf", "Content-Disposition": f'inline; filename="{name}"'}
    return Response(200, headers, content)


def page(lines: Sequence[str]) -> bytes:
    """A4, Helvetica, one line of text under the other."""
    text = b"BT /F1 11 Tf 14 TL 50 790 Td " + b" ".join(b"(" + _escaped(line) + b") Tj T*" for line in lines) + b" ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(text), text),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    body, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, len(body))
    return body + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + end


def _escaped(line: str) -> bytes:
    text = line[:_LINE_LENGTH_MAX].encode("cp1252", "replace")
    for sign in (b"\\", b"(", b")"):
        text = text.replace(sign, b"\\" + sign)
    return text.replace(b"\r", b" ").replace(b"\n", b" ")
