"""Reading the facts: how many calls, what happens when one of them fails, and what is not read at all."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from email.utils import format_datetime

import httpx2
import pytest

from lagerbro.agreements.choices import choices_of
from lagerbro.agreements.scope import agreement_scope
from lagerbro.checks.check import Severity
from lagerbro.checks.reading import read_facts
from lagerbro.checks.registry import run_checks
from lagerbro.checks.sources import SOURCES
from lagerbro_sandbox.kernel.faults.plan import Fault
from tests.connections.setting import Setting

pytestmark = pytest.mark.django_db
GROUPS = 8


def calls(setting: Setting) -> tuple[Counter[str], Counter[str]]:
    """What one look asks of e-conomic and of Rackbeat."""
    systems = setting.systems
    systems.to_economic.asked.clear()
    systems.to_rackbeat.asked.clear()
    setting.look()
    return Counter(systems.to_economic.asked), Counter(systems.to_rackbeat.asked)


def test_a_look_with_everything_on_in_calls(setting: Setting) -> None:
    setting.company.decide(empty_line_item="NL-100", rounding_item="NL-100")
    economic, rackbeat = calls(setting)
    assert set(economic.values()) == set(rackbeat.values()) == {1}
    assert (economic.total(), rackbeat.total()) == (13 + GROUPS, 10)
    assert all(call.startswith("GET ") for call in (*economic, *rackbeat))


def test_a_section_that_is_off_costs_nothing(setting: Setting) -> None:
    setting.company.decide(sales_enabled=False)
    economic, rackbeat = calls(setting)
    assert (economic.total(), rackbeat.total()) == (10, 5)  # the terms and currencies are the suppliers' too
    setting.company.decide(suppliers_enabled=False, stock_value_enabled=False)
    economic, rackbeat = calls(setting)
    assert (economic, rackbeat) == ({"GET /self": 1}, {"GET /api/self": 1})


def test_a_dead_grant_is_found_out_by_one_call_that_is_made_twice(setting: Setting) -> None:
    """A single no is not believed."""
    setting.systems.admin("economic", "grants/revoke", agreement=1180001)
    economic, rackbeat = calls(setting)
    assert (economic, rackbeat.total()) == ({"GET /self": 2}, 9)
    assert setting.found() == {"economic_grant_dead"}


def test_any_source_may_fail_and_becomes_a_finding(setting: Setting) -> None:
    asked = [*calls(setting)[0], *calls(setting)[1]]
    assert len(asked) > 20
    sound = {finding.code for finding in setting.look().findings if not finding.passed}
    for call in asked:
        method, path = call.split(" ")
        core = setting.systems.rackbeat if path.startswith("/api/") else setting.systems.economic
        core.faults.set(Fault("down", method=method, path=path, status=500, times=None))
        found = {finding.code for finding in setting.look().findings if not finding.passed}
        assert found & {"list_unread", "list_unread_minor"}, call
        core.faults.clear("down")
    assert {finding.code for finding in setting.look().findings if not finding.passed} == sound


@pytest.mark.parametrize("status", [403, 429, 503])
def test_however_it_fails(setting: Setting, status: int) -> None:
    setting.systems.economic.faults.set(Fault("x", path="/journals", status=status, times=None))
    setting.systems.economic.faults.set(Fault("y", path="/journalsapi/v15.0.0/journals", status=status, times=None))
    assert setting.found() == ({"rights_missing"} if status == 403 else {"list_unread"})
    setting.systems.economic.faults.clear(None)
    assert setting.found() == set()


def test_a_date_that_is_none_is_unreadable(setting: Setting) -> None:
    setting.economic("accounting-years", "2025", fromDate="i fjor")
    assert setting.found() == {"list_unread"}
    setting.economic("accounting-years", "2025", fromDate="2025-01-01")
    assert setting.found() == set()


def test_every_source_is_read_for_something(setting: Setting) -> None:
    setting.company.decide(empty_line_item="NL-100")
    assert all(source.is_wanted(setting.look().facts.choices) for source in SOURCES)


@pytest.mark.parametrize(("ahead_s", "found"), [(0, False), (3600, True), (-3600, True)])
def test_the_clocks_are_compared(setting: Setting, ahead_s: int, found: bool) -> None:
    systems = setting.systems
    carry = systems.to_economic.handle_request

    def dated(request: httpx2.Request) -> httpx2.Response:
        answer = carry(request)
        answer.headers["Date"] = format_datetime(systems.clock.now() + timedelta(seconds=ahead_s), usegmt=True)
        return answer

    systems.to_economic.handle_request = dated  # type: ignore[method-assign]  # a remote with a clock of its own
    facts = setting.look().facts
    assert facts.skew_s == pytest.approx(ahead_s, abs=2)
    assert ("clock_skewed" in {f.code for f in run_checks(facts) if not f.passed}) is found


@pytest.mark.parametrize("date", ["Thu, 01 Jan 2026 00:00:00 +99999999999999", "Thu, 99 Jan 99999", "now", ""])
def test_a_date_that_is_none_says_nothing_of_the_clocks(setting: Setting, date: str) -> None:
    carry = setting.systems.to_economic.handle_request

    def dated(request: httpx2.Request) -> httpx2.Response:
        answer = carry(request)
        answer.headers["Date"] = date
        return answer

    setting.systems.to_economic.handle_request = dated  # type: ignore[method-assign]  # as above
    assert setting.look().facts.skew_s is None


def test_it_is_the_day_in_denmark(setting: Setting) -> None:
    late = setting.systems.clock.now().replace(hour=23, minute=30)
    agreement = setting.agreement
    with agreement_scope(agreement.pk):
        facts = read_facts(
            agreement, choices_of(agreement), setting.hands.connect, now=late, public_url="http://localhost"
        )
    assert facts.today == late.date() + timedelta(days=1)


def test_more_product_groups_than_are_looked_at_are_told_of(setting: Setting, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = [finding for finding in setting.look().findings if not finding.passed]
    assert "list_unread_minor" not in {finding.code for finding in whole}
    monkeypatch.setattr("lagerbro.checks.reading.GROUPS_MAX", 2)
    (told,) = [finding for finding in setting.look().findings if finding.code == "list_unread_minor"]
    assert told.details["source"].startswith("sales_accounts")
    assert not setting.look().blocking


@pytest.mark.parametrize(
    ("parties", "currency", "code"),
    [("customers", "SEK", "currency_missing"), ("suppliers", "USD", "supplier_currency_missing")],
)
def test_a_currency_that_the_books_lack_is_found_before_the_first_invoice(
    setting: Setting, parties: str, currency: str, code: str
) -> None:
    store = setting.systems.economic.store
    kept = store.get(1180001, "currencies", currency)
    assert kept is not None
    assert code not in setting.found()
    store.delete(1180001, "currencies", currency)
    (finding,) = [check for check in setting.look().findings if check.code == code and not check.passed]
    theirs = sum(
        currency in str(row["currency"]) for row in setting.systems.in_rackbeat("GET", f"{parties}?limit=1000&page=1")
    )
    assert theirs >= 1
    assert finding.details == {"currency": currency, "count": str(theirs)}
    assert finding.severity == Severity.SHOULD
    store.put(1180001, "currencies", currency, kept)
    assert code not in setting.found()
