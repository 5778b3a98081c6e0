"""A form with a file, encoded (RFC 7578). Pure: the same form gives the same bytes, so a retry is the same call."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class Part:
    """A file: the form's name for it, its own name, its type and content."""

    name: str
    filename: str
    content_type: str
    content: bytes = field(repr=False)


def multipart(fields: Mapping[str, str], file: Part) -> tuple[str, bytes]:
    """The content type with its boundary, and the body. The boundary cannot occur inside: it is their own hash."""
    digest = sha256(file.content)
    digest.update(repr(sorted(fields.items())).encode())
    boundary = f"lagerbro-{digest.hexdigest()}"
    chunks = [_head(boundary, f'name="{_quoted(name)}"') + text.encode() for name, text in fields.items()]
    named = f'name="{_quoted(file.name)}"; filename="{_quoted(file.filename)}"'
    chunks.append(_head(boundary, named, file.content_type) + file.content)
    body = b"\r\n".join(chunks) + f"\r\n--{boundary}--\r\n".encode()
    return f"multipart/form-data; boundary={boundary}", body


def _head(boundary: str, named: str, content_type: str = "") -> bytes:
    typed = f"Content-Type: {content_type}\r\n" if content_type else ""
    return f"--{boundary}\r\nContent-Disposition: form-data; {named}\r\n{typed}\r\n".encode()


def _quoted(name: str) -> str:
    """As browsers write it: quotes and line ends percent-encoded."""
    return name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
