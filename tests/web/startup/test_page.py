"""The page from the dry run over conflicts to the report, without a browser."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import pytest
from django.test import Client

from lagerbro.agreements.models import AgreementState
from lagerbro.agreements.scope import agreement_scope
from lagerbro.economic import surfaces
from lagerbro.flows.startup.choices import OnConflict
from lagerbro.flows.startup.kinds import ORDER, Kind
from lagerbro.flows.startup.models import FRESH_FOR, RunState, StartupRecord
from lagerbro.people.models import Role
from lagerbro.web.sentences.startup.reasons import KINDS, REASONS
from lagerbro.web.views.startup.records import cell
from lagerbro_sandbox.kernel.faults.plan import Fault
from tests.flows.startup.records import whole
from tests.flows.startup.town import Town, several
from tests.reading import said
from tests.visiting import sign_in
from tests.web.words.codes import SOURCE
from tests.world import Company

pytestmark = pytest.mark.django_db


class Page:
    def __init__(self, town: Town, client: Client) -> None:
        self.town, self.client = town, client
        self.base = sign_in(client, town.company.agreement)

    def read(self, path: str = "", status: int = 200) -> str:
        answer = self.client.get(f"{self.base}startup/{path}", headers={"accept-language": "da"})
        assert answer.status_code == status
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", said(answer)))

    def press(self, act: str, status: int = 302, /, **form: str) -> str:
        answer = self.client.post(f"{self.base}startup/{act}/", form, headers={"accept-language": "da"})
        assert answer.status_code == status
        return said(answer)


@pytest.fixture
def page(company: Company, client: Client, monkeypatch: pytest.MonkeyPatch) -> Page:
    town = Town.of(company)
    monkeypatch.setattr("django.utils.timezone.now", company.systems.clock.now)
    town.put(Kind.CUSTOMER, [*several(Kind.CUSTOMER, 3), whole(Kind.CUSTOMER, 4, "=1+1", paymentTerms=None)])
    company.systems.in_rackbeat(
        "POST", "payment-terms", {"number": 9, "name": "Egne", "type": "net", "maturity_days": 1}
    )
    company.systems.in_rackbeat("POST", "customers", {"number": 1, "name": "Deres"})
    town.learn_lists()
    return Page(town, client)


TICKED = {"payment_terms": "on", "unit": "on", "all_stocked": "on"}


def test_from_the_first_look_to_the_report(page: Page) -> None:
    assert "Intet skrives, før du siger til." in page.read()
    page.press("read", **TICKED)
    assert "Begge systemer læses" in page.read()
    assert 'hx-get="' in said(page.client.get(f"{page.base}startup/"))
    page.town.turned()
    shown = page.read()
    assert "Det her vil ske" in shown
    assert "Opstarts-synk kan kun køres én gang." in shown
    assert "1 findes begge steder" in shown
    assert "hx-get" not in said(page.client.get(f"{page.base}startup/"))
    conflicts = page.read("records/?kind=customer&show=conflict")
    assert "customer 1 Deres" in conflicts
    reasons = page.read("records/?kind=customer&show=not")
    assert "=1+1" in reasons
    assert "Overføres ikke. Den har ingen betalingsbetingelser. Ret den i e-conomic" in reasons
    page.press("begin", act="begin", **{"conflict-customer": "link"})
    assert page.town.run().chosen.on_conflict_of(Kind.CUSTOMER) is OnConflict.LINK
    running = page.read()
    assert "Data er på vej over" in running
    assert "ca. 1 minut tilbage" in running
    page.press("pause")
    assert "Opstarts-synken er på pause" in page.read()
    page.press("go-on")
    page.town.turned()
    report = page.read()
    assert "Data er kommet over" in report
    assert "1 sammenkædet; 1 blev ikke overført." in report
    assert "Tag stilling til de nye rækker" in report
    assert "Vis, hvad der vil ske" not in report
    assert page.town.in_rackbeat(Kind.CUSTOMER, 1)["name"] == "Deres"
    assert "Opstarts-synken er brugt." in page.press("begin", 409, act="begin")
    assert "Opstarts-synken er brugt." in page.press("read", 409)


def test_keeping_the_choices_begins_nothing(page: Page) -> None:
    page.press("read", **TICKED)
    page.town.turned()
    page.press("begin", act="keep", **{"conflict-customer": "overwrite", "conflict-unit": "nonsense"})
    run = page.town.run()
    assert (run.state, run.chosen.on_conflict) == (RunState.READY, {"customer": "overwrite"})
    page.town.company.agreement.refresh_from_db()
    assert page.town.company.agreement.startup_used_at is None


def test_what_is_too_old_has_to_be_looked_at_again(page: Page) -> None:
    page.press("read", **TICKED)
    page.town.turned()
    page.town.company.systems.clock.go_to(page.town.company.systems.clock.now() + FRESH_FOR)
    assert "Det er mere end et døgn gammelt." in page.read()
    assert "Intet er begyndt." in page.press("begin", 409, act="begin")
    page.press("read", **TICKED)
    page.town.turned()
    page.press("begin", act="begin")
    assert page.town.turned().state == RunState.DONE


def test_the_file_holds_every_record_and_no_formula(page: Page) -> None:
    page.press("read")
    page.town.turned()
    answer: Any = page.client.get(f"{page.base}startup/records.csv", headers={"accept-language": "da"})
    content = b"".join(answer.streaming_content)
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0][:3] == ["Slags", "Nummer", "Navn"]
    with agreement_scope(page.town.company.agreement.pk):
        assert len(rows) == 1 + StartupRecord.in_scope.count()
    assert [row[2] for row in rows if row[1] == "4" and row[0] == "Kunder"] == ["'=1+1"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [*((f"{sign}1", f"'{sign}1") for sign in "=+-@\t\r"), ("a=b", "a=b"), ("", ""), (" =1", " =1")],
)
def test_a_cell_is_no_formula(text: str, expected: str) -> None:
    assert cell(text) == expected


@pytest.mark.parametrize("act", ["read", "begin", "pause", "go-on"])
def test_only_an_administrator_presses(page: Page, act: str) -> None:
    page.press("read", **TICKED)
    page.town.turned()
    page.base = sign_in(page.client, page.town.company.agreement, Role.READER)
    page.press(act, 403)
    assert page.town.run().state == RunState.READY
    shown = page.read()
    assert "Kun en administrator kan køre opstarts-synken." in shown
    assert "Begynd, og overfør" not in shown
    assert "customer 1" in page.read("records/?kind=customer&show=conflict")


def test_before_the_activation_it_says_where_it_begins(page: Page) -> None:
    page.town.company.agreement.state = AgreementState.INSTALLING
    page.town.company.agreement.save()
    assert "Den begynder med aktiveringen." in page.read()
    page.press("read", 409, **TICKED)
    page.read("records/", 404)
    page.read("records.csv", 404)


def test_a_list_that_changes_is_told_and_tried_again(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(surfaces, "PAGE_SIZE", 3)
    faults = page.town.company.systems.economic.faults
    faults.set(Fault(name="shrinking", method="GET", path="/customers", gone=1, times=None))
    page.press("read", **TICKED)
    page.town.turned()
    assert "Tryk på “Prøv igen”, når ingen arbejder i den liste." in page.read()
    faults.clear("shrinking")
    transfer = page.town.transfer()
    page.client.post(f"{page.base}activity/{transfer.pk}/retry/")
    assert page.town.turned().state == RunState.READY
    assert "Det her vil ske" in page.read()


def test_every_reason_has_words() -> None:
    texts = [path.read_text("utf-8") for path in (SOURCE / "flows" / "startup").rglob("*.py")]
    named = r"(?:cannot|CannotGoError)\(\s*\"(\w+)\"|RecordState\.\w+, \"(\w+)\"|code = \"(\w+)\" if|else \"(\w+)\"$"
    found = {code for text in texts for match in re.findall(named, text, re.MULTILINE) for code in match if code}
    found |= {"number_twice"}
    assert found - REASONS.keys() - {""} == set()
    assert REASONS.keys() - found == set()
    assert KINDS.keys() == set(ORDER)
