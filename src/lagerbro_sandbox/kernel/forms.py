"""Multipart forms with files, as clients upload them."""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO

from python_multipart import parse_form
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import Field, File

from lagerbro_sandbox.kernel.http import Request


class NoFormError(ValueError):
    """The body is not a multipart form, or not a whole one."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file: its own name and its content. A part that is no file has no name."""

    name: str
    content: bytes = field(repr=False)


@dataclass(slots=True)
class Form:
    """The parts as they stood, and by lower-case name: clients differ in how they write them."""

    parts: list[Upload] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)
    files: dict[str, Upload] = field(default_factory=dict)


def is_form(request: Request) -> bool:
    return request.headers.get("content-type", "").lower().startswith("multipart/form-data")


def form_of(request: Request) -> Form:
    """The form in the body; raises NoFormError."""
    form = Form()

    def on_field(part: Field) -> None:
        content = part.value or b""
        form.parts.append(Upload("", content))
        form.fields[_name(part.field_name)] = content.decode("utf-8", "replace")

    def on_file(part: File) -> None:
        part.file_object.seek(0)
        name = (part.file_name or b"").decode("utf-8", "replace")
        form.files[_name(part.field_name)] = upload = Upload(name, part.file_object.read())
        form.parts.append(upload)
        part.close()  # large ones lie in a temporary file

    headers = {"Content-Type": request.headers.get("content-type", "").encode("latin-1", "replace")}
    try:
        parse_form(headers, BytesIO(request.body), on_field, on_file)
    except (FormParserError, ValueError) as error:
        raise NoFormError(str(error)) from error
    return form


def _name(raw: bytes | None) -> str:
    return (raw or b"").decode("utf-8", "replace").lower()
