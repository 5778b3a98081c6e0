"""A form with a file: read back by another program, and the same bytes for the same form."""

from __future__ import annotations

from email import message_from_bytes
from email.message import Message

from hypothesis import given
from hypothesis import strategies as st

from lagerbro.wire.multipart import Part, multipart

NAMES = st.from_regex(r"[A-Za-z]{1,12}", fullmatch=True)
TEXTS = st.text(st.characters(exclude_characters="\r\n\x00", exclude_categories=["Cs"]), max_size=40)


def parsed(content_type: str, body: bytes) -> dict[str, Message]:
    whole = message_from_bytes(f"Content-Type: {content_type}\r\n\r\n".encode() + body)
    parts = [part for part in whole.walk() if not part.is_multipart()]
    return {str(part.get_param("name", header="content-disposition")): part for part in parts}


@given(fields=st.dictionaries(NAMES.map(lambda name: f"f{name}"), TEXTS, max_size=4), content=st.binary(max_size=200))
def test_what_is_sent_is_what_is_read(fields: dict[str, str], content: bytes) -> None:
    file = Part("file", "faktura.pdf", "application/pdf", content)
    content_type, body = multipart(fields, file)
    assert multipart(fields, file) == (content_type, body)
    boundary = content_type.split("boundary=")[1].encode()
    sections = body.split(b"--" + boundary)
    assert sections[0] == b""
    assert sections[-1] == b"--\r\n"
    contents = [section.split(b"\r\n\r\n", 1)[1].removesuffix(b"\r\n") for section in sections[1:-1]]
    assert contents == [*(text.encode() for text in fields.values()), content]


def test_a_file_is_named_and_typed_and_its_name_cannot_break_out() -> None:
    file = Part("file", 'fak"tura\r\n.pdf', "application/pdf", b"%PDF")
    parts = parsed(*multipart({"note": "Rackbeat RB-1"}, file))
    assert parts["note"].get_payload() == "Rackbeat RB-1"
    assert parts["file"].get_content_type() == "application/pdf"
    assert parts["file"].get_filename() == "fak%22tura%0D%0A.pdf"
