"""What people read of every code, in both languages: no code word, no figure or date as a machine writes it, nothing
that was not translated, what the other system answered only as a quotation, and the act that a remedy ends in.

The codes are found by the test itself (`codes`), so that a new one without words fails here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import pytest
from django.utils.translation import override

from lagerbro.agreements.models import AgreementEvent
from lagerbro.checks.check import Check, Finding
from lagerbro.checks.registry import CHECKS
from lagerbro.connections.probe import NO_KEYS, REVOKED
from lagerbro.flows.polls.listing import UNREADABLE
from lagerbro.flows.registry import FLOWS
from lagerbro.web import events, probes
from lagerbro.web.sentences import SENTENCES
from lagerbro.web.sentences.causes import CAUSES
from lagerbro.web.sentences.from_economic import invoices as economic_invoices
from lagerbro.web.sentences.from_economic import orders
from lagerbro.web.sentences.routines import sentence_of
from lagerbro.web.sentences.words import Message, Sentence, Words, message_of
from lagerbro.web.status.causes import Group, StoppedTransfer, shown_group
from lagerbro.web.status.messages import message_for
from lagerbro.web.views.activation import preflight
from lagerbro.web.views.activation.findings import shown_finding
from lagerbro.web.views.settings import reading
from lagerbro.web.views.settings.misfit_words import MISFITS
from lagerbro.wire.errors import FailureKind
from tests.web.words import samples
from tests.web.words.codes import codes, error_codes

CODES: Final = codes()
LANGUAGES: Final = ("da", "en")
WANTED: Final = {
    "da": {"amount": "−3.021,00", "date": "14.10.2026", "before": "14.10.2026 10:12:44", "ours": "3.021,00"},
    "en": {"amount": "−3,021.00", "date": "14 Oct 2026", "before": "14 Oct 2026 10:12:44", "ours": "3,021.00"},
}
ACTS: Final = {
    "da": (
        *("“Prøv igen”", "“Det er rigtigt”", "“Lav den igen”", "Forbind igen"),
        *("af sig selv", "behøver ikke gøre noget"),
    ),
    "en": (
        *("“Try again”", "“It is right”", "“Make it again”", "Connect again"),
        *("by itself", "You need not do anything"),
    ),
}
"""What a remedy ends in: an act of the reader's on our pages, or that none is needed there."""
FORBIDDEN: Final = {
    "a code word": re.compile(r"\b[a-z]+_[a-z_0-9]+\b"),
    "a remote code": re.compile(r"\bE\d{4,5}\b"),
    "the name of a class": re.compile(r"\b(?:[A-Z][a-z]+){2,}Error\b"),
    "a date as machines write it": re.compile(r"\d{4}-\d\d-\d\d"),
    "a figure as machines write it": re.compile(r"(?<![\d.])\d{4,}\.\d\d(?!\d)"),
    "a hole": re.compile(r"%\(|\(–\)"),
}
ENGLISH: Final = re.compile(r"\b(the|and|is|are|not|does|with|was|were|of|this|that|it|has|been)\b", re.IGNORECASE)
QUOTED: Final = re.compile(r"“[^”]*”")


@dataclass(frozen=True)
class Record:
    """A transfer as far as its words go."""

    kind: str
    code: str
    key: str = "1247"
    document_type: str = ""
    failures: int = 1
    details: dict[str, str] = field(default_factory=lambda: dict(samples.SAMPLES))


def parts(message: Message) -> Iterator[str]:
    yield from (part for part in (message.what, message.why, message.do) if part)


def faults(texts: Iterator[str], language: str) -> list[str]:
    """What is wrong with texts as they are read. What a quotation holds is somebody else's."""
    found = []
    for text in texts:
        bare = QUOTED.sub("“”", text)
        found += [f"{what}: {text}" for what, sign in FORBIDDEN.items() if sign.search(bare)]
        if samples.ANSWER.rstrip(".") in bare:
            found.append(f"an answer that is not quoted: {text}")
        if language == "da" and ENGLISH.search(bare):
            found.append(f"English: {text}")
    return found


def holes(words: Words) -> set[str]:
    return set(re.findall(r"%\((\w+)\)", str(words)))


def test_every_code_has_words_and_no_words_are_without_a_code() -> None:
    assert len(CODES) > 60
    assert sorted(CODES.keys() - SENTENCES.keys()) == []
    assert sorted(SENTENCES.keys() - CODES.keys()) == []


def test_every_detail_that_comes_along_has_a_sample() -> None:
    names = set().union(*(names for names in CODES.values() if names is not None))
    assert sorted(names - samples.SAMPLES.keys()) == []


@pytest.mark.parametrize("code", sorted(code for code, names in CODES.items() if names is not None))
def test_a_sentence_asks_for_no_detail_that_does_not_come_along(code: str) -> None:
    sentence, known = SENTENCES[code], CODES[code] or frozenset()
    asked = holes(sentence.what) | holes(sentence.why) | holes(sentence.do)
    assert sorted(asked - known - {"key", "record", "said"}) == []


@pytest.mark.parametrize("is_overdue", [False, True])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", sorted(CODES))
def test_a_record_is_told_as_people_write(code: str, language: str, is_overdue: bool) -> None:
    with override(language):
        for kind in FLOWS:
            message = message_for(Record(kind, code, failures=73), is_overdue=is_overdue)
            assert message is not None
            assert message.what
            assert message.why
            assert any(act in message.do for act in ACTS[language]) or code in DECIDES, message.do
            assert faults(parts(message), language) == []


DECIDES: Final = frozenset({"due_date_differs"})
"""Where what to do is for the reader to decide, and nothing stands still."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_amounts_and_dates_are_written_as_the_reader_writes_them(language: str) -> None:
    with override(language):
        for code, sentence in SENTENCES.items():
            message = " ".join(
                parts(message_for(Record("customer_invoice", code), is_overdue=False) or Message("", "", ""))
            )
            asked = holes(sentence.what) | holes(sentence.why) | holes(sentence.do)
            for name in asked & WANTED[language].keys():
                assert WANTED[language][name] in message, (code, name, message)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("cause", sorted(CODES))
def test_why_a_customer_could_not_be_made_is_told_in_words(cause: str, language: str) -> None:
    theirs = {f"cause_{name}": value for name, value in samples.SAMPLES.items()}
    record = Record("customer_invoice", "customer_not_transferred", details={"key": "10001", "cause": cause, **theirs})
    with override(language):
        message = message_for(record, is_overdue=False)
        assert message is not None
        assert faults(parts(message), language) == []
        assert (
            message.why
            != (message_for(Record("x", "customer_not_transferred", details={}), is_overdue=False) or message).why
        )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", sorted(CAUSES))
def test_several_that_stand_still_are_told_as_people_write(code: str, language: str) -> None:
    with override(language):
        for kind in FLOWS:
            latest = StoppedTransfer(7, kind, "", "1247", code, dict(samples.SAMPLES), 73, is_overdue=False)
            named = dict(zip(CAUSES[code].by, latest.cause_values, strict=True))
            what = shown_group(Group(kind, "", code, named, 12, latest), is_partial=False).what
            assert "12" in what
            assert faults(iter([what]), language) == []


BORN_IN_ECONOMIC: Final = frozenset({*economic_invoices.SENTENCES, *orders.SENTENCES})
"""Codes that no credit note of Rackbeat's ever bears."""


@pytest.mark.parametrize(
    ("language", "invoice", "note"), [("da", "faktura", "reditnota"), ("en", "invoice", "redit note")]
)
def test_a_credit_note_is_called_one_everywhere(language: str, invoice: str, note: str) -> None:
    """But for the invoice that it credits, and for one that waits for it."""
    with override(language):
        for code in sorted(CODES.keys() - BORN_IN_ECONOMIC):
            record = Record("customer_invoice", code, document_type="credit_note")
            message = " ".join(parts(message_for(record, is_overdue=False) or Message("", "", "")))
            bare = re.sub(r"\w* 1247", "", QUOTED.sub("", message)).lower().replace("kundefakturaer", "")
            assert invoice not in bare or "%(credited)s" in str(SENTENCES[code].why), (code, message)
            latest = StoppedTransfer(
                7, "customer_invoice", "credit_note", "1247", code, dict(samples.SAMPLES), 1, is_overdue=False
            )
            if code in CAUSES:
                named = dict(zip(CAUSES[code].by, latest.cause_values, strict=True))
                group = Group("customer_invoice", "credit_note", code, named, 12, latest)
                assert f"12 k{note}er" in (what := shown_group(group, is_partial=False).what) or f"12 c{note}s" in what


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_answer_is_quoted_and_its_absence_says_nothing(language: str) -> None:
    with override(language):
        for code in ("economic_refused", "remote_refused", "request_refused", "not_found", "access_denied"):
            message = message_for(Record("customer", code), is_overdue=False)
            assert message is not None
            assert f"“{samples.ANSWER.rstrip('.')}”." in message.why
            silent = message_for(Record("customer", code, details={"message": "E06000"}), is_overdue=False)
            assert silent is not None
            assert silent.why.endswith(".")
            assert "“" not in silent.why


def test_a_code_without_words_is_told_without_naming_it() -> None:
    with override("da"):
        message = message_for(Record("customer", "strange_code"), is_overdue=False)
        assert message is not None
        assert faults(parts(message), "da") == []
        assert message.what == "Kunde 1247 er stoppet."


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("check", CHECKS, ids=lambda check: str(check.code))
def test_a_check_is_told_as_people_write(check: Check, language: str) -> None:
    details = {**samples.SAMPLES, **samples.OF_CHECKS}
    with override(language):
        one = shown_finding(
            Finding(code=check.code, severity=check.severity, area=check.area, field=check.field, details=details)
        )
        assert one.message.what
        assert faults(parts(one.message), language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_looks_that_fail_are_told_as_people_write(language: str) -> None:
    details = {**samples.SAMPLES, "looks": "X", "since": "X"}
    with override(language):
        for code in (*CODES, UNREADABLE):
            for kind in FailureKind:
                message = message_of(sentence_of(code, kind), code, "customers_poll", details)
                assert all((message.what, message.why, message.do))
                assert faults(parts(message), language) == []


OTHERS: Final[tuple[Sentence, ...]] = (
    *reading.SENTENCES.values(),
    preflight._SILENT,
    preflight._CHANGED,
    preflight._BUSY,
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_else_that_is_told_of_a_failure(language: str) -> None:
    with override(language):
        texts = [part for one in OTHERS for part in parts(message_of(one, "x_y", "", samples.SAMPLES))]
        given = {**samples.SAMPLES, **samples.OF_CHECKS, "text": "x", "contra": "1350"}
        texts += [str(words) % given for words in MISFITS.values()]
        for code in (REVOKED, NO_KEYS, "rate_limited", "unreachable"):
            texts += list(parts(probes.probe_message("e-conomic", code) or Message("", "", "")))
        for code in error_codes():
            texts.append(events.event_text(AgreementEvent(code="economic_not_told", details={"reason": code})))
        assert faults(iter(texts), language) == []
