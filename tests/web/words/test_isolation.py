"""What is written from right to left stands by itself in our sentences, on pages and in letters: a figure or a word of
ours beside it keeps its place (Unicode's FSI and PDI, UAX 9)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from django.core import mail
from django.template import engines
from django.templatetags.i18n import BlockTranslateNode
from django.test import Client
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

import lagerbro.web
from lagerbro.agreements.fitness import Misfit
from lagerbro.agreements.models import Agreement, AgreementEvent
from lagerbro.checks.check import Check, Finding
from lagerbro.checks.registry import CHECKS
from lagerbro.people.models import Person
from lagerbro.web.email_notices import notify_of_new_connection
from lagerbro.web.events import EVENTS, event_text
from lagerbro.web.sentences import SENTENCES
from lagerbro.web.sentences.causes import CAUSES
from lagerbro.web.sentences.words import message_of
from lagerbro.web.status.causes import Group, StoppedTransfer, shown_group
from lagerbro.web.views.activation.findings import shown_finding
from lagerbro.web.views.settings.misfit_words import MISFITS, misfit_text
from lagerbro.wire.texts import clean, isolated
from tests.visiting import sign_in
from tests.web.words.samples import OF_CHECKS, SAMPLES
from tests.world import Company

NAME: Final = "אופניים בע״מ 12"
MARKED: Final = "Nordlys\u200f\u200e\u061c ApS"
TURNING: Final = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u200e\u200f]")
ISOLATED: Final = re.compile("\u2068[^\u2066-\u2069]*\u2069")
OWN: Final = {
    "n", "number", "pages", "first", "last", "total", "draft", "records", "looked_at", "done", "days", "kept_chars",
    "currency", "base", "system", "voucher", "account", "journal", "role", "numbers", "value",
}  # fmt: skip
"""Figures, codes of three letters, and words of ours: the two systems' names, roles."""
COUNTED: Final = {"made", "linked", "not", "make", "both", "cannot", "m", "kind", "fields"}
"""Of the start-up sync: how many records, which sort, and which of their fields."""
OF_OURS: Final = {"label", "root_name", "voucher_text", "address", "name", "by", "company", "user"}
"""What the view or the letter has made a text of its own of (`_finding.html`, `transfer.html`, `people/letters`)."""
PAGES: Final = ("", "activity/", "connections/", "settings/", "settings/history/", "stock-value/")
FILTERS: Final = ("isolated", "who", "amount", "day", "minute", "moment", "length")


def leaks(text: str) -> bool:
    """Whether something in the text turns what stands beside it."""
    while text != (text := ISOLATED.sub("", text)):
        pass
    return bool(TURNING.search(text))


@given(st.text())
def test_a_text_is_isolated_where_it_could_turn_something_and_left_alone_elsewhere(text: str) -> None:
    text = clean(text)
    alone = isolated(text)
    assert not leaks(alone)
    assert alone in (text, f"\u2068{text}\u2069")
    assert isolated(alone) == alone
    if text.isascii():
        assert alone == text


@pytest.mark.parametrize("name", [NAME, MARKED, "\u061c7", "Café שלום"])
def test_names_and_marks_that_lean_to_the_right(name: str) -> None:
    assert isolated(name) == f"\u2068{name}\u2069"


@pytest.mark.parametrize("name", ["Nordlys Cykler ApS", "Børns Vognmænd", "日本", "naïve – “x”"])
def test_other_names_stay_as_they_are(name: str) -> None:
    assert isolated(name) == name


@pytest.mark.parametrize("language", ["da", "en"])
def test_no_sentence_lets_a_detail_turn_it(language: str) -> None:
    details = dict.fromkeys({**SAMPLES, **OF_CHECKS}, NAME)
    with override(language):
        for code, sentence in SENTENCES.items():
            message = message_of(sentence, code, NAME, {**details, "system": "e-conomic"})
            assert not any(map(leaks, (message.what, message.why, message.do))), (code, message)


@pytest.mark.parametrize("language", ["da", "en"])
def test_no_cause_no_misfit_and_no_event_does(language: str) -> None:
    details = dict.fromkeys((*SAMPLES, "person", "source"), NAME)
    with override(language):
        for code, cause in CAUSES.items():
            latest = StoppedTransfer(
                7, "customer_invoice", "", NAME, code, dict.fromkeys(SAMPLES, NAME), 1, is_overdue=False
            )
            group = Group("customer_invoice", "", code, dict.fromkeys(cause.by, NAME), 12, latest)
            assert not leaks(shown_group(group, is_partial=False).what), code
        for code in MISFITS:
            assert not leaks(misfit_text(Misfit(code, details=details))), code
        for code in EVENTS:
            assert not leaks(event_text(AgreementEvent(code=code, details=details)))


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: str(check.code))
def test_no_finding_does(check: Check) -> None:
    details = {**dict.fromkeys({**SAMPLES, **OF_CHECKS}, NAME), "system": "e-conomic"}
    one = shown_finding(
        Finding(code=check.code, severity=check.severity, area=check.area, field=check.field, details=details)
    )
    assert not any(map(leaks, (one.message.what, one.message.why, one.message.do)))


def test_every_sentence_of_a_template_isolates_what_is_not_ours() -> None:
    seen, missing = 0, []
    for path, node in _sentences():
        given_names = {name: str(value.token) for name, value in node.extra_context.items()}
        names = {
            token.contents.split("|")[0] for token in (*node.singular, *node.plural) if token.token_type.name == "VAR"
        }
        for name in names - OWN - COUNTED:
            seen += 1
            source = given_names.get(name, "")
            is_ours = name in OF_OURS and source in ("", "one.label")
            if not is_ours and not any(f"|{one}" in source for one in FILTERS):
                missing.append((path, name, source))
    assert seen > 20
    assert missing == []


def _sentences() -> Iterator[tuple[str, BlockTranslateNode]]:
    root = Path(lagerbro.web.__file__).parent / "templates"
    for path in sorted([*root.rglob("*.html"), *root.rglob("*.txt")]):
        template = engines["django"].from_string(path.read_text("utf-8")).template  # type: ignore[attr-defined]
        for node in template.nodelist.get_nodes_by_type(BlockTranslateNode):
            assert isinstance(node, BlockTranslateNode)
            yield str(path.relative_to(root)), node


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["", "activity/", "connections/", "settings/", "settings/history/", "stock-value/"])
def test_a_page_keeps_names_apart(client: Client, company: Company, path: str) -> None:
    base = sign_in(client, company.agreement)
    Agreement.objects.update(company_name=NAME)
    Person.objects.update(name=MARKED)
    page = client.get(f"{base}{path}").content.decode()
    assert "\u2068" in page
    assert [text for text in _texts(page) if leaks(text) and TURNING.sub("", text).strip() != ""] == []


def _texts(page: str) -> Iterator[str]:
    """The texts between tags, and the title: what stands alone in an element of its own turns nothing."""
    for text in re.findall(r">([^<]+)<", page):
        if text.strip() != NAME and text.strip() != MARKED:
            yield text


@pytest.mark.django_db
def test_letters_keep_names_apart(company: Company) -> None:
    sign_in(Client(), company.agreement)
    Agreement.objects.update(company_name=f"{NAME}\nx")
    company.agreement.refresh_from_db()
    assert notify_of_new_connection(company.agreement, MARKED) == 1
    (letter,) = mail.outbox
    for text in (str(letter.subject), str(letter.body)):
        assert f"\u2068{NAME} x\u2069" in text
        assert not leaks(text)
    assert f"\u2068{MARKED}\u2069" in letter.body
