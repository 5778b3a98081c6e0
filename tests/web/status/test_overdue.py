"""What waits too long needs somebody (domain-rules H40): on Overblik, on Aktivitet and on its own page alike."""

from __future__ import annotations

from datetime import datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from lagerbro.agreements.models import AgreementState
from lagerbro.agreements.scope import agreement_scope
from lagerbro.people.models import Role
from lagerbro.sync.models import Transfer, TransferState
from lagerbro.sync.overdue import REPEATS_MAX, WAIT_MAX
from lagerbro.web.status.overdue import MOVING, is_overdue, overdue
from tests.reading import said
from tests.visiting import sign_in
from tests.world import Company

pytestmark = pytest.mark.django_db
CALM = {"da": "Alt er i orden.", "en": "Everything is in order."}


def waiting(company: Company, key: object, code: str = "server_error", **fields: object) -> Transfer:
    """An invoice that has been tried in vain, a moment ago unless something else is said."""
    now = timezone.now()
    values: dict[str, Any] = {"failures": 1, "created_at": now, "changed_at": now, "due_at": now, **fields}
    if values.get("state", TransferState.WAITING) in MOVING:
        failed, since = values["failures"], values["created_at"]
        late = [since + WAIT_MAX, *([since] if failed >= REPEATS_MAX else [])]
        values |= {"repeats": failed, "waiting_since": since, "overdue_at": min(late)}
    with agreement_scope(company.agreement.pk):
        return Transfer.in_scope.create(
            agreement=company.agreement, kind="customer_invoice", key=str(key), code=code, **values
        )


def read(client: Client, address: str, language: str = "da") -> str:
    return unescape(said(client.get(address, headers={"accept-language": language})))


@pytest.mark.parametrize("language", ["da", "en"])
def test_an_invoice_that_failed_73_times_in_three_days_is_not_in_order(
    company: Company, client: Client, language: str
) -> None:
    ago = timezone.now() - timedelta(days=3)
    transfer = waiting(company, 1247, failures=73, runs=73, created_at=ago)
    base = sign_in(client, company.agreement)
    page = read(client, base, language)
    words = {
        "da": ("1 overførsel kræver dig.", "Kræver dig (1)", "slået fejl 73 gange i træk", "tryk “Prøv igen”"),
        "en": ("1 record needs you.", "Needs you (1)", "failed 73 times in a row", "press “Try again”"),
    }[language]
    assert [word for word in words if word not in page] == []
    assert CALM[language] not in page
    assert f'action="{base}retry/"' in page
    listed = read(client, f"{base}activity/?state=needs_you", language)
    one = read(client, f"{base}activity/{transfer.pk}/", language)
    assert words[2] in listed
    assert words[0] in listed
    assert words[2] in one
    assert f'action="{base}activity/{transfer.pk}/retry/"' in one
    assert words[2] not in read(client, f"{base}activity/?state=waiting", language)


def test_one_press_tries_it_again_and_it_is_on_its_way(company: Company, client: Client) -> None:
    for key in (1, 2):
        waiting(company, key, failures=7, runs=7)
    other = waiting(company, 3, "unreachable", failures=7, runs=7)
    fresh = waiting(company, 4, failures=2, runs=2)
    base = sign_in(client, company.agreement)
    page = read(client, base)
    assert "2 fakturaer venter: det andet system fejlede" in page
    assert "3 overførsler kræver dig." in page
    client.post(f"{base}retry/", {"kind": "customer_invoice", "code": "server_error"})
    rows = {str(key): company.transfer("customer_invoice", key) for key in (1, 2, 3, 4)}
    assert [row.failures for row in rows.values()] == [0, 0, other.failures, fresh.failures]
    assert "1 overførsel kræver dig." in read(client, base)


def test_what_has_failed_lately_is_neither_in_order_nor_anybodys(company: Company, client: Client) -> None:
    waiting(company, 1)
    base = sign_in(client, company.agreement)
    page = read(client, base)
    assert "Ikke alt kom igennem lige nu" in page
    assert CALM["da"] not in page
    assert "Kræver dig" not in page
    assert "1 overførsel på vej er slået fejl for nylig" in page
    with agreement_scope(company.agreement.pk):
        Transfer.in_scope.update(state=TransferState.TRANSFERRED, failures=0, code="")
    assert CALM["da"] in read(client, base)


def test_what_has_never_been_its_turn_is_told_without_a_code(company: Company, client: Client) -> None:
    ago = timezone.now() - timedelta(hours=3)
    waiting(company, 5, "", failures=0, runs=0, created_at=ago, changed_at=ago, due_at=ago)
    base = sign_in(client, company.agreement)
    assert "Den har ventet på sin tur i mere end to timer." in read(client, base)
    waiting(company, 6, "", failures=0, runs=0, created_at=ago, changed_at=ago, due_at=ago)
    assert "2 fakturaer har ventet på deres tur i mere end to timer." in read(client, base)
    client.post(f"{base}retry/", {"kind": "customer_invoice", "code": ""})
    assert "Kræver dig" not in read(client, base)


def test_the_counts_add_up(company: Company, client: Client) -> None:
    """Each record stands in one place: the chips of Aktivitet come to all of them, and Overblik to the same."""
    ago = timezone.now() - timedelta(days=1)
    for key in range(3):
        waiting(company, key, failures=5, runs=5)
    waiting(company, 10)
    waiting(company, 11, failures=0, runs=0, code="")
    waiting(company, 20, "customer_barred", state=TransferState.NEEDS_YOU)
    waiting(company, 21, "economic_refused", state=TransferState.REFUSED)
    waiting(company, 30, "", state=TransferState.TRANSFERRED)
    waiting(company, 31, "", state=TransferState.TRANSFERRED, changed_at=ago, created_at=ago)
    base = sign_in(client, company.agreement)
    page = read(client, f"{base}activity/")
    for chip in ("alle <b>9</b>", "venter <b>2</b>", "kræver dig <b>4</b>", "afvist <b>1</b>", "overført <b>2</b>"):
        assert chip in page, chip
    for state, count in (("needs_you", 4), ("waiting", 2), ("refused", 1), ("transferred", 2)):
        listed = read(client, f"{base}activity/?state={state}")
        assert listed.count('<td class="name wide">') == count, state
    page = read(client, base)
    assert "Kræver dig (5)" in page
    assert "5 overførsler kræver dig." in page
    for figure in ("<dt>overført</dt><dd>1</dd>", "<dt>på vej nu</dt><dd>2</dd>", "<dt>kræver dig nu</dt><dd>5</dd>"):
        assert figure in page, figure


@pytest.mark.parametrize("state", [AgreementState.PAUSED, AgreementState.GONE, AgreementState.STARTING])
def test_the_queue_of_one_that_is_not_active_waits_for_that(
    company: Company, client: Client, state: AgreementState
) -> None:
    waiting(company, 1, failures=9, runs=9)
    company.agreement.state = state
    company.agreement.save()
    page = read(client, sign_in(client, company.agreement, Role.READER))
    assert "Kræver dig" not in page
    assert CALM["da"] not in page


@pytest.mark.parametrize("minutes", [0, 119, 120, 5000])
@pytest.mark.parametrize("failures", [0, 1, 4, 5, 73])
@pytest.mark.parametrize("state", list(TransferState))
def test_row_and_filter_say_the_same(company: Company, minutes: int, failures: int, state: TransferState) -> None:
    now = timezone.now()
    ago: datetime = now - timedelta(minutes=minutes)
    for key, changed_at in enumerate((ago, now)):
        waiting(company, key, failures=failures, runs=failures, state=state, created_at=ago, changed_at=changed_at)
    with agreement_scope(company.agreement.pk):
        late = set(Transfer.in_scope.filter(overdue(company.agreement, now)).values_list("pk", flat=True))
        rows = list(Transfer.in_scope.all())
    assert late == {row.pk for row in rows if is_overdue(row, company.agreement, now)}
    waits = state in MOVING
    assert (len(late) == 2) == (waits and (failures >= 5 or minutes >= 120))
