"""Files and forms as somebody's client uploads them."""

from __future__ import annotations

from io import BytesIO

from fpdf import FPDF
from PIL import Image

from lagerbro_sandbox.kernel.http import Request, Response
from tests.sandbox.economic.calling import AUTH, Caller

BOUNDARY = "----someboundary"


def a_pdf(pages: int = 1) -> bytes:
    pdf = FPDF(format="A4")
    for _ in range(pages):
        pdf.add_page()
    return bytes(pdf.output())


def an_image(kind: str) -> bytes:
    made = BytesIO()
    Image.new("RGB", (20, 10), (200, 10, 10)).save(made, kind)
    return made.getvalue()


def upload(call: Caller, method: str, path: str, content: bytes, part: str = "File", **fields: str) -> Response:
    """A form with a file and fields."""
    chunks = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{part}"; filename="bilag.pdf"\r\n\r\n'
    body = b"".join(chunks) + head.encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()
    headers = {**AUTH, "content-type": f"multipart/form-data; boundary={BOUNDARY}"}
    return call.core.handle(Request(method, path, "", headers, body, "economic.test"))
