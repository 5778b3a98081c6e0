"""Which way a credit note points (domain-rules H32): held against the invoice that it credits, else by its total."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal as D

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lagerbro.rackbeat.invoice_types import CustomerInvoice, InvoiceLine
from lagerbro.rackbeat.signs import AS_WRITTEN, TURNED, DirectionUnknownError, pairs, points_alike, sign_factor

NUMBER, NOTE = 1001, 1002


def line(amount: D | int, item: str | None = "A", **more: object) -> InvoiceLine:
    facts = {"quantity": D(1 if amount >= 0 else -1), "line_price": abs(D(amount)), "line_total": D(amount)}
    return InvoiceLine(**facts, child_id=item, **more)  # type: ignore[arg-type]


def document(number: int, *lines: InvoiceLine, of: int | None = None, is_note: bool = False) -> CustomerInvoice:
    total = sum((one.line_total or D(0) for one in lines), D(0))
    return CustomerInvoice(
        number=number,
        invoice_date="2026-11-24",
        is_creditnote=is_note,
        credited_invoice_id=of,
        total_subtotal=total,
        total_total=total,
        lines=list(lines),
    )


def invoice(*lines: InvoiceLine) -> CustomerInvoice:
    return document(NUMBER, *lines)


def note(*lines: InvoiceLine, of: int | None = NUMBER) -> CustomerInvoice:
    return document(NOTE, *lines, of=of, is_note=True)


@pytest.mark.parametrize(("total", "factor"), [(80, TURNED), (-80, AS_WRITTEN)])
def test_one_that_names_none_is_told_by_its_total(total: int, factor: int) -> None:
    assert sign_factor(note(line(total), of=None), None) == factor


def test_an_invoice_is_never_turned() -> None:
    for total in (80, 0, -80):
        assert sign_factor(document(NUMBER, line(total), of=7), None) == AS_WRITTEN


RETURN_AND_SALE = invoice(line(-50, "A", id=1), line(20, "B", id=2))


@pytest.mark.parametrize(
    ("lines", "factor"),
    [
        ((line(-50, "A", credited_line_id=1), line(20, "B", credited_line_id=2)), TURNED),
        ((line(50, "A", credited_line_id=1), line(-20, "B", credited_line_id=2)), AS_WRITTEN),
        ((line(-50, "A", credited_line_id=1),), TURNED),  # only the return: the customer owes more
        ((line(50, "A", credited_line_id=1),), AS_WRITTEN),
        ((line(-10, "A", credited_line_id=1),), TURNED),  # a part of it
        ((line(-50, "A"),), TURNED),  # by item and amount
        ((line(20, "B"), line(7, "X")), TURNED),
        ((line(-20, "B"), line(7, "X")), AS_WRITTEN),
        ((line(-8, "A"),), TURNED),  # by item
        ((line(-9, "X"),), TURNED),  # nothing is the same: by the totals
        ((line(9, "X"),), AS_WRITTEN),
    ],
)
def test_held_against_the_lines_of_the_credited_invoice(lines: tuple[InvoiceLine, ...], factor: int) -> None:
    assert sign_factor(note(*lines), RETURN_AND_SALE) == factor


@pytest.mark.parametrize(
    ("lines", "credited"),
    [
        ((line(9, "X"), line(-9, "Y")), RETURN_AND_SALE),
        ((line(9, "X"),), invoice(line(50, "A"), line(-50, "A"))),
        ((line(-50, "A", credited_line_id=1), line(-20, "B", credited_line_id=2)), RETURN_AND_SALE),
        ((line(50, "A"),), invoice(line(50, "A"), line(-50, "A"))),
        ((line(50, "A"),), document(NUMBER, line(50, "A"), is_note=True)),
        ((line(-50, "A"),), None),
        ((line(50, "A"), line(-50, "B")), None),
    ],
    ids=["no totals", "no total there", "both ways", "likes both ways", "a credit note", "not there", "neither"],
)
def test_what_nothing_tells_is_held(lines: tuple[InvoiceLine, ...], credited: CustomerInvoice | None) -> None:
    with pytest.raises(DirectionUnknownError):
        sign_factor(note(*lines), credited)


def test_one_whose_invoice_is_not_there_is_believed_where_it_is_as_rackbeat_writes_it() -> None:
    assert sign_factor(note(line(50)), None) == TURNED


def test_of_nothing_and_naming_nobody_is_held() -> None:
    with pytest.raises(DirectionUnknownError):
        sign_factor(note(line(50, "A"), line(-50, "B"), of=None), None)


AMOUNT = st.integers(-10_000, 10_000).filter(bool).map(lambda ore: D(ore) / 100)


@dataclass(frozen=True)
class UpsertAnswer:
    """Some of an invoice's lines credited, wholly or in part, with its signs or their opposites, tied to it or not."""

    credited: CustomerInvoice
    note: CustomerInvoice
    parts: tuple[D, ...]

    @property
    def back(self) -> D:
        return sum(self.parts, D(0))


@st.composite
def written(draw: st.DrawFn) -> UpsertAnswer:
    amounts = draw(st.lists(AMOUNT, min_size=1, max_size=6))
    chosen = sorted(draw(st.sets(st.integers(0, len(amounts) - 1), min_size=1)))
    shares = [draw(st.sampled_from([D(1), D("0.5"), D("0.2")])) for _ in chosen]
    parts = [(amounts[at] * share).quantize(D("0.01")) for at, share in zip(chosen, shares, strict=True)]
    assume(all(parts))
    factor, tied = draw(st.sampled_from([1, -1])), draw(st.booleans())
    lines = [
        line(part * factor, f"I{at}", credited_line_id=at + 1 if tied else None)
        for at, part in zip(chosen, parts, strict=True)
    ]
    credited = invoice(*(line(amount, f"I{at}", id=at + 1) for at, amount in enumerate(amounts)))
    return UpsertAnswer(credited, note(*lines), tuple(parts))


@given(written())
def test_however_it_is_written_the_lines_are_taken_back(case: UpsertAnswer) -> None:
    factor = sign_factor(case.note, case.credited)
    sent = [factor * (one.line_total or D(0)) for one in case.note.lines]
    assert sent == [-part for part in case.parts]
    assert not points_alike(sent, sum(sent, D(0)), case.note, case.credited)
    wrong = [-amount for amount in sent]
    assert points_alike(wrong, sum(wrong, D(0)), case.note, case.credited)
    assert pairs(case.note, case.credited)


@given(st.lists(AMOUNT, min_size=1, max_size=6))
def test_crediting_everything_leaves_nothing_whatever_the_total(amounts: list[D]) -> None:
    credited = invoice(*(line(amount, "A", id=at) for at, amount in enumerate(amounts)))
    full = note(*(line(amount, "A", credited_line_id=at) for at, amount in enumerate(amounts)))
    assert sign_factor(full, credited) == TURNED
