"""Overblik's way to the first document, and its 30 days: the columns and the table say the same."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from lagerbro.agreements.models import Agreement, AgreementState
from lagerbro.agreements.scope import agreement_scope
from lagerbro.sync.models import Transfer, TransferState
from lagerbro.web.status.strip import DAYS, HEIGHT, strip
from tests.reading import said
from tests.visiting import sign_in
from tests.world import Company

pytestmark = pytest.mark.django_db
DA = {"accept-language": "da"}


def happened(company: Company, days_ago: int, *states: str) -> None:
    at = timezone.now() - timedelta(days=days_ago)
    with agreement_scope(company.agreement.pk):
        for number, state in enumerate(states):
            key = f"{days_ago}-{number}"
            values = {"kind": "customer_invoice", "key": key, "state": state, "created_at": at, "changed_at": at}
            Transfer.in_scope.create(agreement=company.agreement, **values)


def test_thirty_days_as_columns_and_as_a_table(company: Company, client: Client) -> None:
    _s = TransferState
    happened(company, 0, _s.TRANSFERRED, _s.DRAFTED, _s.NEEDS_YOU, _s.REFUSED)
    happened(company, 3, _s.TRANSFERRED, _s.TRANSFERRED)
    happened(company, 29, _s.CANCELLED)
    happened(company, 31, _s.TRANSFERRED)
    with agreement_scope(company.agreement.pk):
        shown = strip(timezone.now())
    assert len(shown.days) == DAYS
    assert [(day.transferred, day.drafted, day.stopped) for day in shown.newest_first] == [(1, 1, 2), (2, 0, 0)]
    assert {round(bar.y + bar.height, 1) for bar in shown.bars if bar.series == "transferred"} == {HEIGHT}
    assert sum(bar.height for bar in shown.bars if bar.x == shown.bars[-1].x) == HEIGHT
    page = said(client.get(sign_in(client, company.agreement), headers=DA))
    part = page.split('class="strip"')[1].split("</table>", maxsplit=1)[0]
    assert part.count("<rect") == 4
    assert re.findall(r'<td class="amount">(\d+)</td>', part) == ["1", "1", "2", "2", "0", "0"]


def test_the_way_to_the_first_document_is_shown_until_it_is_there(company: Company, client: Client) -> None:
    base = sign_in(client, company.agreement)
    page = said(client.get(base, headers=DA))
    assert "Kom i gang: 4 af 5" in page
    assert "Der er ikke overført noget i dag endnu." in page
    assert '<dl class="figures">' not in page
    Agreement.objects.update(state=AgreementState.INSTALLING)
    page = said(client.get(base, headers=DA))
    assert "Kom i gang: 3 af 5" in page
    assert f'<a href="{base}activate/">Aktiver integration</a>' in page
    Agreement.objects.update(state=AgreementState.ACTIVE)
    company.invoiced(company.systems.invoice())
    assert "Kom i gang" not in said(client.get(base, headers=DA))
