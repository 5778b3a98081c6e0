"""Texts as they come in: what is replaced, what stays, and that no field of an answer is passed over."""

from __future__ import annotations

import json
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagerbro.wire.numbers import UnfitValueError, decode
from lagerbro.wire.texts import REPLACEMENT, clean, is_clean
from tests.wire.shapes import Path, at, fitting, kinds_of, leaves, put, shapes

STAYS = ("", "Ærø Cykler", "line\nline\r\n\ttab", "hard\u00a0blank", "שלום\u200f", "👩\u200d🔧", "a\u00adb")
REPLACED = [chr(at) for at in (0, 1, 0xB, 0x1B, 0x7F, 0x85, 0x9F, 0x202A, 0x202E, 0x2066, 0x2069, 0xD800, 0xDFFF)]


@pytest.mark.parametrize("text", STAYS)
def test_what_stays(text: str) -> None:
    assert clean(text) == text
    assert is_clean(text)


@pytest.mark.parametrize("character", REPLACED, ids=lambda character: f"{ord(character):04x}")
def test_what_is_replaced_by_a_sign_that_shows(character: str) -> None:
    assert clean(f"AB{character}C") == f"AB{REPLACEMENT}C"
    assert not is_clean(f"AB{character}C")


@given(st.text(st.characters()))
def test_a_clean_text_can_be_stored_and_keeps_its_length(text: str) -> None:
    cleaned = clean(text)
    assert len(cleaned) == len(text)
    assert clean(cleaned) == cleaned
    assert is_clean(cleaned)
    assert is_clean(text) == (cleaned == text)
    cleaned.encode()
    assert {character for character in cleaned if unicodedata.category(character) == "Cc"} <= {"\t", "\n", "\r"}


EVERY_TEXT = [
    pytest.param(shape, path, id=f"{shape.__module__}.{shape.__name__}.{'.'.join(map(str, path))}")
    for shape in shapes()
    for path, kind in leaves(shape)
    if str in kinds_of(kind)
]


def test_there_are_many_texts() -> None:
    assert len(EVERY_TEXT) > 100


@pytest.mark.parametrize(("shape", "path"), EVERY_TEXT)
@pytest.mark.parametrize("escaped", [True, False])
def test_every_text_of_both_systems_comes_in_clean(shape: Any, path: Path, escaped: bool) -> None:
    for character in REPLACED:
        if escaped or not 0xD800 <= ord(character) <= 0xDFFF:
            body = json.dumps(put(fitting(shape), path, f"a{character}b"), default=str, ensure_ascii=escaped)
            assert read_or_refused(body, shape, path) in (f"a{REPLACEMENT}b", REFUSED)


REFUSED = "refused: a secret or a day is whole or none"
WHOLE_OR_NONE = ("access_token", "date", "deliveryDate", "dueDate", "due_date", "invoice_date")


def read_or_refused(body: str, shape: Any, path: Path) -> str:
    try:
        return str(at(decode(body.encode(), shape), path))
    except UnfitValueError as error:
        return REFUSED if error.field.rsplit(".", 1)[-1] in WHOLE_OR_NONE else error.field
