"""Files on draft invoices: what is uploaded comes back byte for byte, and what is no file leaves nothing behind
(economic-api 7.1)."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator

import httpx2
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lagerbro_sandbox.economic.platform.switches import BUCKET
from lagerbro_sandbox.economic.sales import attachments
from lagerbro_sandbox.kernel.http import Request
from lagerbro_sandbox.kernel.json import from_json
from tests.sandbox.economic.calling import AUTH, Caller
from tests.sandboxes import Sandboxes

DRAFT, ABOUT = "drafts/7", "/invoices/drafts/7/attachment"
PDF = b"%PDF-1.4\n"
FORM = "multipart/form-data; boundary=b"
HEAD = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'


@pytest.fixture(scope="module")
def call() -> Iterator[Caller]:
    systems = Sandboxes.made()
    systems.economic.switches.bucket = BUCKET * 10**6
    systems.economic.store.put(1180001, "drafts", 7, {"draftInvoiceNumber": 7})
    yield Caller(systems)
    systems.economic.close()


def sent(call: Caller, body: bytes, kind: str = FORM) -> tuple[int, str]:
    """The status and the code of a refusal. Nothing is left for the next one."""
    answer = call.core.handle(Request("POST", f"{ABOUT}/file", "", {**AUTH, "content-type": kind}, body, "e.test"))
    kept = call("GET", ABOUT)[0]
    assert (answer.status, kept) in ((201, 200), (400, 404), (415, 404))
    content = from_json(answer.body)
    assert isinstance(content, dict)
    return answer.status, content.get("errorCode", "")


def form(*parts: tuple[str, str | None, bytes]) -> bytes:
    """Parts by name, file name and content."""
    chunks = []
    for name, file, content in parts:
        file_name = "" if file is None else f'; filename="{file}"'
        head = f'--b\r\nContent-Disposition: form-data; name="{name}"{file_name}\r\n\r\n'
        chunks.append(head.encode() + content + b"\r\n")
    return b"".join(chunks) + b"--b--\r\n"


@pytest.fixture(autouse=True)
def nothing_attached(call: Caller) -> Iterator[None]:
    yield
    call("DELETE", f"{ABOUT}/file")


NAMES = st.text(st.characters(exclude_categories=("C", "Z"), exclude_characters='"\\/:;='), min_size=1, max_size=20)


@given(st.binary(max_size=300).filter(lambda content: b"\r\n--b" not in content), NAMES, st.booleans())
@example(b"\r\n\r\n--c\n\r\x00\xff", "faktura æøå.pdf", True)
def test_a_file_comes_back_as_it_was(call: Caller, content: bytes, name: str, is_first: bool) -> None:
    file, before = ("File", name, PDF + content), ("note", None, b"")
    assert sent(call, form(file) if is_first else form(before, file)) == (201, "")
    assert call.raw("GET", f"{ABOUT}/file").body == PDF + content
    assert call("GET", ABOUT)[1]["description"] == name
    assert sent_again(call) == (400, "E04910")
    assert call("DELETE", f"{ABOUT}/file")[0] == 204


def sent_again(call: Caller) -> tuple[int, str]:
    request = Request("POST", f"{ABOUT}/file", "", {**AUTH, "content-type": FORM}, form(("f", "x.pdf", PDF)), "e.test")
    answer = call.core.handle(request)
    content = from_json(answer.body)
    assert isinstance(content, dict)
    return answer.status, content["errorCode"]


@pytest.mark.parametrize(
    ("body", "kind", "status", "code"),
    [
        (form(("f", "a.pdf", PDF)), "application/pdf", 415, ""),
        (form(("f", "a.pdf", PDF)), "", 415, ""),
        (b"", FORM, 400, "E04913"),
        (b"hello", FORM, 400, "E04913"),
        (form(("f", "a.pdf", PDF)), "multipart/form-data", 400, "E04913"),
        (form(("f", "a.pdf", PDF)), "multipart/form-data; boundary=", 400, "E04913"),
        (form(("f", "a.pdf", PDF)), "multipart/form-data; boundary=other", 400, "E04913"),
        (form(), FORM, 400, "E04913"),
        (form(("f", "a.pdf", b"")), FORM, 400, "E04913"),
        (HEAD + PDF, FORM, 400, "E04913"),  # cut off: the half of a file is no file
        (form(("f", "a.png", b"\x89PNG")), FORM, 400, "E04911"),
        (form(("note", None, b"first"), ("f", "a.pdf", PDF)), FORM, 400, "E04911"),
        (form(("f", "a.pdf", PDF + bytes(attachments.SIZE_MAX_BYTES))), FORM, 400, "E04912"),
    ],
)
def test_what_is_no_pdf_in_a_form_is_refused_and_the_next_one_is_taken(
    call: Caller, body: bytes, kind: str, status: int, code: str
) -> None:
    assert sent(call, body, kind)[0] == status
    if code:
        assert sent(call, body, kind)[1] == code
    assert sent(call, form(("f", "a.pdf", PDF))) == (201, "")


def test_a_part_without_a_file_name_is_a_file_too(call: Caller) -> None:
    content = PDF + bytes(range(128, 256))
    assert sent(call, form(("f", None, content))) == (201, "")
    assert call.raw("GET", f"{ABOUT}/file").body == content
    assert call("GET", ABOUT)[1]["description"] == "attachment.pdf"


def test_a_form_that_a_library_writes_is_read(call: Caller) -> None:
    made = httpx2.Request("POST", "http://e.test", files={"file": ("b.pdf", PDF, "application/pdf")}, data={"a": ""})
    assert sent(call, made.read(), made.headers["content-type"]) == (201, "")
    assert call.raw("GET", f"{ABOUT}/file").body == PDF


def test_a_file_in_base64_is_read(call: Caller) -> None:
    head = HEAD.replace(b"\r\n\r\n", b"\r\nContent-Transfer-Encoding: base64\r\n\r\n")
    assert sent(call, head + b64encode(PDF) + b"\r\n--b--\r\n") == (201, "")
    assert call.raw("GET", f"{ABOUT}/file").body == PDF


PIECES = (b"--b", b"--b--", b"\r\n", b"\n", b"Content-Disposition: form-data", b'; name="f"', b'; filename="a.pdf"')
MORE = (b"Content-Transfer-Encoding: base64", b"Content-Type: application/pdf", b"%PDF-1.4", b"=", b"\x00\xff", HEAD)


@given(
    st.lists(st.sampled_from((*PIECES, *MORE)) | st.binary(max_size=8), max_size=12).map(b"".join),
    st.sampled_from((FORM, "multipart/form-data; boundary=\x00", "multipart/form-data;;;", "Multipart/Form-Data;B=b")),
)
def test_whatever_is_sent_is_answered(call: Caller, body: bytes, kind: str) -> None:
    if sent(call, body, kind)[0] == 201:
        assert call("DELETE", f"{ABOUT}/file")[0] == 204
