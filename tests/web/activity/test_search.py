"""The search on Aktivitet finds everything that has the text in either system's number, newest first, and nothing else:
held against the same done in Python, over more links than any page shows."""

from __future__ import annotations

import re
from datetime import timedelta
from random import Random
from typing import Final

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lagerbro.agreements.models import Agreement
from lagerbro.agreements.scope import agreement_scope
from lagerbro.sync.models import Link, Transfer, TransferState
from lagerbro.web.status.overdue import NOBODY
from lagerbro.web.views.activity import PAGE, SEARCH_LENGTH_MAX, Filters
from tests.sandboxes import START
from tests.visiting import sign_in
from tests.world import Company

pytestmark = pytest.mark.django_db
KINDS: Final = ("customer_invoice", "product")
COUNT: Final = 3 * PAGE + 7
ROW: Final = re.compile(r"activity/(\d+)/\"")


def stored(agreement: Agreement, seed: int = 1) -> list[tuple[int, str, str, int]]:
    """(pk, key, e-conomic's number of this epoch or "", when it changed) of every transfer, in no order."""
    random, found = Random(seed), []
    with agreement_scope(agreement.pk):
        for place in range(COUNT):
            kind = KINDS[place % 2]
            key = f"{random.choice(('10', 'NL-', 'ÆØ', 'a%', 'B_'))}{place:03d}"
            number = random.choice((key, f"{9000 + random.randrange(400)}", f"x{key}", "50%", ""))
            changed = random.randrange(40)
            row = Transfer.in_scope.create(
                agreement=agreement,
                kind=kind,
                key=key,
                state=TransferState.TRANSFERRED,
                created_at=START,
                changed_at=START + timedelta(minutes=changed),
            )
            epoch = agreement.ledger_epoch + (place % 11 == 0)
            if number:
                Link.in_scope.create(
                    agreement=agreement,
                    kind=kind,
                    rackbeat_key=key,
                    economic_kind=kind,
                    economic_key=number,
                    version="1",
                    epoch=epoch,
                    created_at=START,
                    changed_at=START,
                )
            found.append((row.pk, key, number if epoch == agreement.ledger_epoch else "", changed))
    return found


def expected(rows: list[tuple[int, str, str, int]], text: str) -> list[int]:
    asked = text.strip().casefold()
    hits = [row for row in rows if asked in row[1].casefold() or asked in row[2].casefold()]
    return [row[0] for row in sorted(hits, key=lambda row: (-row[3], -row[0]))]


def found(agreement: Agreement, text: str) -> list[int]:
    with agreement_scope(agreement.pk):
        rows = Filters("", "", text.strip(), agreement.ledger_epoch).rows(NOBODY)
        return list(rows.order_by("-changed_at", "-pk").values_list("pk", flat=True))


def test_every_page_together_is_everything_that_has_the_text_newest_first(client: Client, company: Company) -> None:
    rows = stored(company.agreement)
    base = f"{sign_in(client, company.agreement)}activity/"
    for text in ("9", "0", "nl-", "50%", "B_", "æø"):
        wanted = expected(rows, text)
        shown: list[int] = []
        for page in range(1, len(wanted) // PAGE + 2):
            answer = client.get(base, {"q": text, "page": str(page)})
            shown += dict.fromkeys(int(number) for number in ROW.findall(answer.content.decode()))
        assert shown == wanted, text
        assert len(wanted) > 5


def test_more_links_than_a_page_shows_are_all_looked_at(company: Company) -> None:
    rows = stored(company.agreement)
    assert sum(number.startswith("9") for _, _, number, _ in rows) > 25
    for _, _, number, _ in rows:
        if number:
            assert found(company.agreement, number) == expected(rows, number)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.sampled_from("0123456789NLnlÆØæøab%_Bx- "), min_size=1, max_size=SEARCH_LENGTH_MAX))
def test_whatever_is_typed_finds_what_has_it_and_nothing_else(searched: Searched, text: str) -> None:
    assert found(searched.agreement, text) == expected(searched.rows, text)


class Searched:
    """A company and what is stored of it."""

    def __init__(self, agreement: Agreement) -> None:
        self.agreement = agreement
        self.rows = stored(agreement, seed=2)


@pytest.fixture
def searched(company: Company) -> Searched:
    return Searched(company.agreement)
