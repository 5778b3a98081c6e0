"""What stands still is told by cause: the reason and what it names; one press tries those again and no others."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.utils.translation import override

from lagerbro.agreements.models import Agreement
from lagerbro.agreements.questions import BY_KEY
from lagerbro.agreements.scope import agreement_scope
from lagerbro.sync.models import Transfer, TransferState
from lagerbro.web.sentences import SENTENCES
from lagerbro.web.sentences.causes import CAUSES
from lagerbro.web.sentences.causes.cause import RECORDS
from lagerbro.web.states import KINDS
from lagerbro.web.status import causes
from lagerbro.web.status.causes import LISTED_MAX, stopped_transfers
from tests.reading import said
from tests.sandboxes import START
from tests.visiting import sign_in
from tests.world import Company

NEVER_STANDS = {
    "already_shipped",
    "born_in_economic",
    "invoice_of_order",
    "order_invoiced_there",
    "order_withdrawn",
    "own_invoice",
    "shipping_has_order",
    "shipping_of_credit",
    "shipping_off",
    "booked_by_hand",
    "cancelled_by_person",
    "document_missing",
    "document_present",
    "due_date_differs",
    "edited_meanwhile",
    "due_date_left_out",
    "fallback_booked",
    "fallback_moved",
    "nothing_to_post",
    "number_differs",
    "posted_on_another_day",
    "oss_rate_unlikely",
    "put_aside",
    "startup_done",
    "startup_of_another_ledger",
    "startup_paused",
    "startup_reading",
    "startup_ready",
    "startup_writing",
    "supplier_number_cut",
    "supplier_number_in_another_year",
    "supplier_number_missing",
    "stock_adjusted",
    "stock_backfill_unchanged",
    "stock_backfilled",
    "stock_day_overtaken",
    "stock_drafts_touched",
    "stock_unchanged",
    "stock_value_off",
    "vat_rounding",
    "voucher_moved",
    "voucher_split",
    "zone_domestic_buyer_outside",
    "zone_eu_number_unlikely",
}
"""Codes of what has been settled, by somebody or by itself."""
NOT_BEGUN = {""}
"""Beside the codes: what has waited too long for its turn."""
HANSEN, JENSEN = "10001 Hansen", "10002 Jensen & <b>Søn</b>"


class Forms(HTMLParser):
    """The fields of every form that tries a cause again, in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[dict[str, str]] = []
        self._inside = False
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag == "form":
            self._inside = given.get("action", "").endswith("/retry/")
            self.found += [{}] if self._inside else []
        elif tag == "input" and self._inside and given["name"] != "csrfmiddlewaretoken":
            self.found[-1][given["name"]] = given["value"]


def stop(agreement: Agreement, key: int, code: str, kind: str = "customer_invoice", **details: str) -> None:
    with agreement_scope(agreement.pk):
        Transfer.in_scope.create(
            agreement=agreement,
            kind=kind,
            key=str(key),
            code=code,
            details=details,
            state=TransferState.NEEDS_YOU,
            created_at=START,
            changed_at=START,
        )


def overview(client: Client, base: str, language: str = "da") -> str:
    return said(client.get(base, headers={"accept-language": language}))


def states(agreement: Agreement) -> dict[str, str]:
    with agreement_scope(agreement.pk):
        return dict(Transfer.in_scope.values_list("key", "state"))


def press(client: Client, base: str, form: Mapping[str, str]) -> None:
    assert client.post(f"{base}retry/", form).status_code == 302


@pytest.fixture
def base(company: Company, client: Client) -> str:
    """Two customers are barred, with two and three invoices."""
    for key, customer in enumerate((HANSEN, JENSEN, JENSEN, HANSEN, JENSEN), 1):
        stop(company.agreement, key, "customer_barred", customer=customer)
    return sign_in(client, company.agreement)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "three", "two"),
    [
        ("da", "3 fakturaer venter på kunde {}, som er spærret i e-conomic.", "2 fakturaer venter på kunde {}"),
        ("en", "3 customer invoices wait for customer {}, who is barred in e-conomic.", "2 customer invoices wait"),
    ],
)
def test_a_notice_for_each_thing_that_is_named(client: Client, base: str, language: str, three: str, two: str) -> None:
    page = overview(client, base, language)
    assert "<b>Søn" not in page
    page = unescape(page)
    assert page.index(three.format(JENSEN)) < page.index(two.format(HANSEN))


@pytest.mark.django_db
def test_one_press_tries_what_waits_for_the_same_thing(company: Company, client: Client, base: str) -> None:
    jensen, hansen = Forms(overview(client, base)).found
    assert jensen == {"kind": "customer_invoice", "code": "customer_barred", "by.customer": JENSEN}
    press(client, base, jensen)
    tried = {key for key, state in states(company.agreement).items() if state == TransferState.WAITING}
    assert tried == {"2", "3", "5"}
    assert Forms(overview(client, base)).found == [hansen]
    press(client, base, hansen)
    assert set(states(company.agreement).values()) == {TransferState.WAITING}
    assert Forms(overview(client, base)).found == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "form",
    [
        {"code": "customer_barred", "by.customer": HANSEN},
        {"kind": "customer_invoice", "by.customer": HANSEN},
        {"kind": "product", "code": "customer_barred", "by.customer": HANSEN},
        {"kind": "customer_invoice", "code": "customer_barred"},
        {"kind": "customer_invoice", "code": "customer_barred", "by.customer__startswith": "1"},
        {"kind": "customer_invoice", "code": "customer_barred", "by.customer": "\0"},
    ],
)
def test_a_form_that_names_no_cause_of_ours_does_nothing(
    company: Company, client: Client, base: str, form: dict[str, str]
) -> None:
    press(client, base, form)
    assert set(states(company.agreement).values()) == {TransferState.NEEDS_YOU}


@pytest.mark.django_db
def test_dates_count_by_what_is_opened_again(company: Company, client: Client) -> None:
    dates = ("2025-03-04", "2025-11-30", "2026-10-01", "2026-10-31", "2026-09-30")
    for key, date in enumerate(dates, 1):
        stop(company.agreement, key, "year_closed" if date < "2026" else "period_closed", date=date)
    base = sign_in(client, company.agreement)
    page = overview(client, base)
    assert "2 fakturaer er dateret i 2025, i et regnskabsår, der er lukket" in page
    assert "2 fakturaer er dateret i oktober 2026, i en periode, der er lukket" in page
    (october,) = (form for form in Forms(page).found if form.get("by.date") == "2026-10")
    press(client, base, october)
    tried = {key for key, state in states(company.agreement).items() if state == TransferState.WAITING}
    assert tried == {"3", "4"}


@pytest.mark.django_db
def test_what_names_nothing_is_a_cause_of_its_own(company: Company, client: Client, base: str) -> None:
    for key in (6, 7, 8, 9):
        stop(company.agreement, key, "customer_barred")
    page = overview(client, base)
    assert "4 fakturaer venter på kunde –, som er spærret" in page
    press(client, base, Forms(page).found[0])
    tried = {key for key, state in states(company.agreement).items() if state == TransferState.WAITING}
    assert tried == {"6", "7", "8", "9"}


@pytest.mark.django_db
def test_one_record_is_told_by_its_own_sentence_and_kinds_apart(company: Company, client: Client) -> None:
    stop(company.agreement, 7, "customer_barred", customer=HANSEN)
    for key in (1, 2):
        stop(company.agreement, key, "economic_refused", "product", said="Nej tak.")
        stop(company.agreement, key, "economic_refused", "customer", said="Nej tak.")
    page = unescape(overview(client, sign_in(client, company.agreement)))
    assert "Faktura 7 er ikke bogført." in page
    assert "2 varer bliver afvist af e-conomic. Svaret var: “Nej tak”." in page
    assert "2 kunder bliver afvist af e-conomic. Svaret var: “Nej tak”." in page


@pytest.mark.django_db
def test_what_a_setting_mends_leads_to_it(company: Company, client: Client) -> None:
    for key in (1, 2):
        stop(company.agreement, key, "layout_not_chosen")
    base = sign_in(client, company.agreement)
    page = overview(client, base)
    assert "2 fakturaer venter på, at et layout bliver valgt." in page
    assert f'href="{base}settings/#q-default-layout"' in page


@pytest.mark.django_db
def test_many_causes_are_listed_up_to_a_limit_and_the_rest_counted(company: Company, client: Client) -> None:
    for key in range(LISTED_MAX + 2):
        stop(company.agreement, key, "product_barred", product=f"P{key}")
    with agreement_scope(company.agreement.pk):
        stands = stopped_transfers(company.agreement, START)
    assert (len(stands.causes), stands.records, stands.others) == (LISTED_MAX, LISTED_MAX + 2, 2)
    page = overview(client, sign_in(client, company.agreement))
    assert "Og 2 årsager til." in page
    assert f"Kræver dig ({LISTED_MAX + 2})" in page


PARTIAL = {
    "da": (
        "Mindst 2 fakturaer venter på kunde {}, som er spærret i e-conomic.",
        "Årsagerne er talt i {} af de {} overførsler, de seneste i hver tilstand.",
        "Og mindst 1 årsag til.",
        "Og 1 årsag til.",
    ),
    "en": (
        "At least 2 customer invoices wait for customer {}, who is barred in e-conomic.",
        "The causes have been counted among {} of the {} records, the latest in each state.",
        "And at least 1 more cause.",
        "And 1 more cause.",
    ),
}


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["da", "en"])
def test_where_more_stand_still_than_are_looked_at_the_counts_say_at_least(
    client: Client, base: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All five are looked at, and then the latest three: two of Jensen's and one of Hansen's."""
    at_least, among, others, exactly_others = PARTIAL[language]
    monkeypatch.setattr(causes, "LISTED_MAX", 1)
    monkeypatch.setattr(causes, "LOOKED_AT_MAX", 5)
    page = unescape(overview(client, base, language))
    assert exactly_others in page
    assert not [words for words in (at_least.format(JENSEN), among.format(5, 5), others) if words in page]
    monkeypatch.setattr(causes, "LOOKED_AT_MAX", 3)
    page = unescape(overview(client, base, language))
    assert at_least.format(JENSEN) in page
    assert among.format(3, 5) in page
    assert others in page
    assert exactly_others not in page
    assert "(5)" in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("refused", "looked_at"),
    [(0, {"Hansen": 0, "Jensen": 4}), (1, {"Hansen": 1, "Jensen": 3}), (4, {"Hansen": 2, "Jensen": 2})],
)
def test_both_states_are_looked_at_and_what_one_leaves_the_other_has(
    company: Company, monkeypatch: pytest.MonkeyPatch, refused: int, looked_at: dict[str, int]
) -> None:
    monkeypatch.setattr(causes, "LOOKED_AT_MAX", 4)
    for key in range(5 + refused):
        stop(company.agreement, key, "customer_barred", customer="Hansen" if key >= 5 else "Jensen")
    with agreement_scope(company.agreement.pk):
        Transfer.in_scope.filter(details__customer="Hansen").update(state=TransferState.REFUSED)
        stands = stopped_transfers(company.agreement, START)
    found = {shown.group.cause_values["customer"]: shown.group.count for shown in stands.causes}
    assert found == {name: count for name, count in looked_at.items() if count}
    assert (stands.looked_at, stands.records, stands.is_partial) == (4, 5 + refused, True)


@pytest.mark.django_db
def test_one_press_tries_those_too_that_were_not_looked_at(
    company: Company, client: Client, base: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(causes, "LOOKED_AT_MAX", 2)
    (jensen, *_) = [form for form in Forms(overview(client, base)).found if form["by.customer"] == JENSEN]
    press(client, base, jensen)
    tried = {key for key, state in states(company.agreement).items() if state == TransferState.WAITING}
    assert tried == {"2", "3", "5"}


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "word"), [("da", "Prøv igen"), ("en", "Try again")])
def test_the_button_has_the_words_that_the_remedy_says(client: Client, base: str, language: str, word: str) -> None:
    page = unescape(overview(client, base, language))
    assert page.count(f"“{word}”") == 2
    assert len(re.findall(rf"<button[^>]*>{word} ", page)) == 2


@pytest.mark.django_db
def test_what_is_refused_and_what_needs_somebody_are_listed_apart(company: Company, client: Client, base: str) -> None:
    assert f'href="{base}activity/?state=needs_you">Vis dem</a>' in overview(client, base)
    with agreement_scope(company.agreement.pk):
        Transfer.in_scope.filter(key__in=("2", "3")).update(state=TransferState.REFUSED)
    page = overview(client, base)
    assert f'href="{base}activity/?state=needs_you">Vis dem: kræver dig (3)</a>' in page
    assert f'href="{base}activity/?state=refused">Vis dem: afvist (2)</a>' in page


@pytest.mark.django_db
def test_a_reason_without_words_is_counted_too(company: Company, client: Client) -> None:
    for key in (1, 2):
        stop(company.agreement, key, "strange", "odd_thing")
    base = sign_in(client, company.agreement)
    page = overview(client, base)
    assert "2 overførsler står stille af samme grund." in page
    press(client, base, Forms(page).found[0])
    assert set(states(company.agreement).values()) == {TransferState.WAITING}


@pytest.mark.django_db
def test_the_causes_of_another_company_are_neither_shown_nor_touched(
    company: Company, client: Client, base: str
) -> None:
    other = Agreement.objects.create(public_id="other", company_name="X", rackbeat_account_id=9, created_at=START)
    stop(other, 1, "customer_barred", customer=JENSEN)
    page = overview(client, base)
    assert "3 fakturaer venter på kunde" in page
    press(client, base, Forms(page).found[0])
    assert set(states(other).values()) == {TransferState.NEEDS_YOU}


def test_every_code_that_stops_something_is_a_cause() -> None:
    assert SENTENCES.keys() - CAUSES.keys() == NEVER_STANDS
    assert CAUSES.keys() - SENTENCES.keys() == NOT_BEGUN
    assert KINDS.keys() <= RECORDS.keys()
    assert {cause.field for cause in CAUSES.values()} - {""} <= BY_KEY.keys()


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("code", sorted(CAUSES))
def test_a_cause_names_the_records_and_what_it_goes_by(code: str, language: str) -> None:
    cause = CAUSES[code]
    named = {name: f"«{name}»" for name in cause.by}
    with override(language):
        told = str(cause.words) % {**named, "records": "«12»"}
    assert all(value in told for value in (*named.values(), "«12»"))
