"""Overblik and Aktivitet do not say that all is well while what recurs fails, or a choice cannot be used any more."""

from __future__ import annotations

from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from lagerbro.agreements import directories
from lagerbro.agreements.models import AgreementState
from lagerbro.agreements.scope import agreement_scope
from lagerbro.flows.polls.listing import UNREADABLE
from lagerbro.flows.registry import ROUTINES
from lagerbro.sync.models import Schedule
from lagerbro.web.sentences.routines import LOOKS, sentence_of
from lagerbro.web.views.choice_faults import LISTED_MAX
from lagerbro.wire.errors import FailureKind
from tests.reading import said
from tests.visiting import sign_in
from tests.world import Company

pytestmark = pytest.mark.django_db
CALM = {"da": "Alt er i orden.", "en": "Everything is in order."}
POLLS = ("customer_invoices_poll", "customers_poll", "products_poll")


def fail(
    company: Company, *names: str, code: str, kind: str, failures: int = 1, minutes: int = 0, **details: str
) -> None:
    now = timezone.now()
    with agreement_scope(company.agreement.pk):
        Schedule.in_scope.filter(routine__in=names).update(
            code=code,
            failure_kind=kind,
            failures=failures,
            failing_since=now - timedelta(minutes=minutes),
            details=details,
        )


def read_directory(client: Client, address: str, language: str = "da") -> str:
    return unescape(said(client.get(address, headers={"accept-language": language})))


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("kind", [FailureKind.CONFIG, FailureKind.REFUSED, FailureKind.BUG, FailureKind.GONE])
def test_a_fault_that_does_not_pass_is_told_at_once(
    company: Company, client: Client, language: str, kind: FailureKind
) -> None:
    base = sign_in(client, company.agreement)
    assert CALM[language] in read_directory(client, base, language)
    fail(company, "customers_poll", code="access_denied", kind=kind, message="Role missing")
    words = {"da": "se efter ændrede kunder i Rackbeat", "en": "cannot look for changed customers in Rackbeat"}
    for page in (base, f"{base}activity/"):
        told = read_directory(client, page, language)
        assert words[language] in told
        assert CALM[language] not in told
    assert {"da": "1 ting kræver dig.", "en": "1 thing needs you."}[language] in read_directory(client, base, language)
    with agreement_scope(company.agreement.pk):
        Schedule.in_scope.update(code="", failure_kind="", failures=0, failing_since=None, details=None)
    assert CALM[language] in read_directory(client, base, language)


@pytest.mark.parametrize(
    ("failures", "minutes", "needs"), [(1, 0, False), (4, 119, False), (5, 0, True), (1, 120, True)]
)
def test_a_passing_one_is_told_when_it_lasts_and_is_never_in_order(
    company: Company, client: Client, failures: int, minutes: int, needs: bool
) -> None:
    fail(company, *POLLS, code="unreachable", kind="transient", failures=failures, minutes=minutes)
    page = read_directory(client, sign_in(client, company.agreement))
    together = "se efter bogførte fakturaer i Rackbeat, ændrede kunder i Rackbeat, ændrede varer i Rackbeat."
    assert (together in page) == needs
    assert ("1 ting kræver dig." in page) == needs
    assert ("Ikke alt kom igennem lige nu" in page) == (not needs)
    assert CALM["da"] not in page


def test_odd_records_are_told_of_by_the_look_that_met_them(company: Company, client: Client) -> None:
    fail(company, "customers_poll", code=UNREADABLE, kind="", failures=0, count="2", numbers="None, ∞")
    page = read_directory(client, sign_in(client, company.agreement))
    assert "Blandt ændrede kunder i Rackbeat er der nogle, der ikke kan bruges: 2." in page
    assert "None, ∞" in page


def test_while_it_is_not_active_nothing_recurs(company: Company, client: Client) -> None:
    fail(company, *POLLS, code="bug", kind="bug")
    company.agreement.state = AgreementState.PAUSED
    company.agreement.save()
    page = read_directory(client, sign_in(client, company.agreement))
    assert "se efter" not in page
    assert CALM["da"] not in page


def test_every_routine_has_words_and_every_kind_of_failure_a_remedy() -> None:
    assert LOOKS.keys() == ROUTINES.keys()
    for kind in FailureKind:
        for language in ("da", "en"):
            with override(language):
                sentence = sentence_of("unreachable", kind)
                assert all(str(words) for words in (sentence.what, sentence.why, sentence.do))


def read_and_store_all(company: Company) -> None:
    rackbeat, economic = company.systems.clients(lambda _exchange: None)
    with agreement_scope(company.agreement.pk):
        directories.read_and_store_all(company.agreement, rackbeat, economic, timezone.now())


def bar(company: Company, number: int, *, barred: bool) -> None:
    agreement = company.agreement.economic_agreement_number
    company.systems.admin("economic", "bar", agreement=agreement, kind="accounts", key=number, barred=barred)
    read_and_store_all(company)


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_chosen_account_that_was_barred_is_told_until_it_can_be_used(
    company: Company, client: Client, language: str
) -> None:
    base = sign_in(client, company.agreement)
    company.decide(stock_value_enabled=True, stock_account=5820)
    bar(company, 5820, barred=True)
    page = read_directory(client, base, language)
    words = {
        "da": ("kan ikke længere bruges til “Varelager konto”", "Spærret i e-conomic."),
        "en": ("can no longer be used", "Barred in e-conomic."),
    }
    assert [word for word in words[language] if word not in page] == []
    assert CALM[language] not in page
    assert f'href="{base}settings/#q-stock-account"' in page
    bar(company, 5820, barred=False)
    assert CALM[language] in read_directory(client, base, language)


def test_a_choice_without_effect_is_left_alone(company: Company, client: Client) -> None:
    company.decide(stock_value_enabled=False, stock_account=5820)
    bar(company, 5820, barred=True)
    assert CALM["da"] in read_directory(client, sign_in(client, company.agreement))


def test_more_than_a_handful_are_counted(company: Company, client: Client) -> None:
    read_and_store_all(company)
    groups = [1, 2, 3, 4, 5, 6, 7, 8]
    company.decide(suppliers_enabled=True, **{f"purchase_accounts__{group}.eu": 999_999 for group in groups})
    with agreement_scope(company.agreement.pk):
        copy = directories.stored_directory(company.agreement)
    assert copy is not None
    there = [group for group in groups if str(group) in copy[0].rows]
    page = read_directory(client, sign_in(client, company.agreement))
    assert page.count("kan ikke længere bruges til") == min(len(there), LISTED_MAX)
    if len(there) > LISTED_MAX:
        assert f"{len(there) - LISTED_MAX} til." in page
