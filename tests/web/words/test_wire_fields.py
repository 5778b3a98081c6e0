"""Every field that we read of either system has words in both languages, and none is told as the wire writes it."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Final

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from lagerbro.web.sentences import SENTENCES
from lagerbro.web.sentences.wire_fields import FIELDS, in_words, known
from lagerbro.web.sentences.words import message_of

SOURCE: Final = Path(__file__).parent.parent.parent.parent / "src" / "lagerbro"
LANGUAGES: Final = ("da", "en")
RAW: Final = re.compile(r"[a-z]_[a-z]|[a-z][A-Z]|\.\d")


def fields() -> list[str]:
    """Of every shape of a record."""
    paths = [*(SOURCE / "rackbeat").rglob("*types.py"), *(SOURCE / "economic").rglob("*types.py")]
    classes = [
        node
        for path in paths
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ClassDef)
    ]
    assigned = [line for node in classes for line in node.body if isinstance(line, ast.AnnAssign)]
    names = {line.target.id for line in assigned if isinstance(line.target, ast.Name)}
    return sorted(name for name in names if not name.isupper())


def test_every_field_that_we_read_has_words() -> None:
    assert len(fields()) > 100
    assert [name for name in fields() if known(name) is None] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", ["value_unusable", "value_missing"])
def test_no_sentence_names_a_field_as_the_wire_does(code: str, language: str) -> None:
    with override(language):
        for name in fields():
            for path in (name, f"lines.0.{name}", f"customer.{name}"):
                told = message_of(SENTENCES[code], code, "1", {"system": "Rackbeat", "field": path, "value": "x"})
                assert not RAW.search(told.why), told.why


@pytest.mark.parametrize(
    ("path", "danish", "english"),
    [
        ("lines.0.line_price", "linje 1, pris", "line 1, price"),
        ("lines.11.item.number", "linje 12, vare, nummer", "line 12, product, number"),
        ("lines", "linje", "line"),
        ("total_vat", "Moms", "VAT"),
        ("paymentTerms.paymentTermsNumber", "betalingsbetingelser", "payment terms"),
        ("customer.vat_zone", "kunde, momszone", "customer, VAT zone"),
        ("nobody.knows", "nobody.knows", "nobody.knows"),
        ("", "", ""),
    ],
)
def test_a_path_is_told_as_people_say_it(path: str, danish: str, english: str) -> None:
    with override("da"):
        assert in_words(path) == danish
    with override("en"):
        assert in_words(path) == english


@given(st.lists(st.one_of(st.sampled_from(sorted(FIELDS)), st.integers(0, 10**6).map(str)), min_size=1, max_size=5))
def test_any_path_of_known_fields_is_told_without_a_wire_word(parts: list[str]) -> None:
    told = in_words(".".join(parts))
    assert told
    if not all(part.isdecimal() for part in parts):
        assert not RAW.search(told)


@given(st.text(max_size=60))
def test_whatever_a_remote_calls_a_field_is_told(path: str) -> None:
    assert isinstance(in_words(path), str)
