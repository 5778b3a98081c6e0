"""The page of *Aktiver integration* without a browser: three groups, the way to the field, and who may press."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.test import Client
from django.utils.translation import override

from lagerbro.agreements.models import Agreement, AgreementState, Credentials, StartupState
from lagerbro.agreements.scope import agreement_scope
from lagerbro.books.choices import Choices, Frequency
from lagerbro.checks.check import Area, Finding, Severity
from lagerbro.checks.registry import CHECKS
from lagerbro.economic.client import Hosts
from lagerbro.flows import abilities
from lagerbro.flows.abilities import STOCK_VALUE, SUPPLIER_INVOICES
from lagerbro.flows.registry import EVENTS
from lagerbro.flows.stock_value.schedule import next_stock_run
from lagerbro.people.models import Role
from lagerbro.sync.clients import ClientFactory, set_client_factory
from lagerbro.web.sentences.checks import CHECKS as SENTENCES
from lagerbro.web.sentences.checks import PASSED
from lagerbro.web.views.activation.afterwards import afterwards_lines
from lagerbro.web.views.activation.findings import AREAS, finding_groups, shown_finding
from lagerbro_sandbox.kernel.faults.plan import Fault
from tests.connections.setting import Setting, before_activation
from tests.reading import said
from tests.sandboxes import APP_SECRET, BEARER, GRANT
from tests.visiting import OURS, framed, sign_in
from tests.world import Company


@pytest.fixture
def setting(company: Company, monkeypatch: pytest.MonkeyPatch) -> Iterator[Setting]:
    made = before_activation(company)
    systems = company.systems
    monkeypatch.setattr(settings, "LAGERBRO_ECONOMIC_APP_SECRET", APP_SECRET)
    with agreement_scope(company.agreement.pk):
        Credentials.in_scope.create(agreement=company.agreement, rackbeat_token=BEARER, economic_grant_token=GRANT)
    systems.clock.catch_up(datetime.now(UTC))
    set_client_factory(
        ClientFactory(systems.clock, systems.rackbeat_http, Hosts(systems.economic_http, systems.economic_http))
    )
    yield made
    set_client_factory(None)


@pytest.fixture
def whole_release(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that carries out everything that can be switched on."""
    monkeypatch.setattr(abilities, "NAMES", abilities.NAMES | {SUPPLIER_INVOICES, STOCK_VALUE})


@pytest.fixture
def small_release(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that transfers neither supplier invoices nor the stock value."""
    monkeypatch.setattr(abilities, "NAMES", abilities.NAMES - {SUPPLIER_INVOICES, STOCK_VALUE})


@pytest.fixture
def base(client: Client, setting: Setting) -> str:
    return sign_in(client, setting.agreement)


def in_danish(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path, headers={"accept-language": "da"})
    assert answer.status_code == status
    return said(answer)


def pressed(client: Client, base: str, **form: str) -> tuple[int, str]:
    answer = client.post(f"{base}activate/begin/", form, headers={"accept-language": "da"})
    return answer.status_code, said(answer)


@pytest.mark.django_db
@pytest.mark.usefixtures("whole_release")
def test_what_blocks_stands_first_with_the_way_to_the_very_field(client: Client, setting: Setting, base: str) -> None:
    setting.company.decide(**{"purchase_accounts__3.eu": None, "default_layout": None})
    page = in_danish(client, f"{base}activate/")
    assert "2 ting skal løses først. Intet overføres endnu." in page
    assert "Konti i skemaet, som ingen har taget stilling til: 1 (Reservedele)." in page
    assert f'href="{base}settings/#q-purchase-accounts-3-eu"' in page
    assert f'href="{base}settings/#q-default-layout"' in page
    assert "Skal løses (2)" in page
    assert page.index("Skal løses") < page.index("Bør løses") < page.index("I orden")
    assert "activate/begin/" not in page
    for target in ("q-purchase-accounts-3-eu", "q-default-layout"):
        assert f'id="{target}"' in in_danish(client, f"{base}settings/")


@pytest.mark.django_db
def test_nothing_is_red_that_does_not_block(client: Client, setting: Setting, base: str) -> None:
    page = in_danish(client, f"{base}activate/")
    assert "Intet står i vejen." in page
    assert 'class="notice problem"' not in page
    assert 'class="notice attention"' in page
    assert "Rackbeats næste faktura er nr." not in page  # neither side has booked one yet
    assert page.count('class="primary"') == 1


@pytest.mark.django_db
def test_pressing_activates_and_says_calmly_what_happens_now(client: Client, setting: Setting, base: str) -> None:
    assert pressed(client, base)[0] == 302
    assert setting.agreement.state == AgreementState.ACTIVE
    assert len(setting.listening()) == len(EVENTS) + 1
    page = in_danish(client, f"{base}activate/")
    assert "Integrationen er aktiv" in page
    assert "er den bogført i e-conomic under samme nummer få sekunder efter" in page
    assert "Det, der var bogført før, rører vi ikke." in page
    assert pressed(client, base)[0] == 302
    assert len(setting.listening()) == len(EVENTS) + 1
    again = in_danish(client, f"{base}activate/?check=1")
    assert "Tjek af opsætningen" in again
    assert "activate/begin/" not in again


@pytest.mark.django_db
@pytest.mark.usefixtures("whole_release")
def test_what_went_wrong_meanwhile_is_said_and_nothing_starts(client: Client, setting: Setting, base: str) -> None:
    setting.company.decide(stock_journal=None)
    status, page = pressed(client, base)
    assert status == 422
    assert "Der skal løses noget, som ikke var der, da du åbnede siden." in page
    assert "Der er ikke valgt en kassekladde under “Daglig lagerværdi opdatering”." in page
    assert setting.listening() == []
    setting.company.decide(stock_journal=2)
    assert pressed(client, base)[0] == 302


@pytest.mark.django_db
def test_rackbeat_does_not_take_our_webhooks(client: Client, setting: Setting, base: str) -> None:
    setting.systems.rackbeat.faults.set(Fault("x", method="POST", path="/api/webhooks", status=422, skip=1))
    status, page = pressed(client, base)
    assert status == 503
    assert "Integrationen er ikke aktiveret." in page
    assert setting.agreement.state == AgreementState.INSTALLING
    assert pressed(client, base)[0] == 302
    assert setting.agreement.state == AgreementState.ACTIVE


@pytest.mark.django_db
def test_while_somebody_else_is_at_it(client: Client, setting: Setting, base: str) -> None:
    Agreement.objects.filter(pk=setting.agreement.pk).update(
        acting_until=setting.systems.clock.now().replace(year=2030)
    )
    status, page = pressed(client, base)
    assert status == 409
    assert "Aktiveringen er i gang." in page
    assert setting.agreement.state == AgreementState.INSTALLING


@pytest.mark.django_db
@pytest.mark.parametrize(("role", "status"), [(Role.READER, 403), (Role.BOOKKEEPER, 403), (Role.ADMINISTRATOR, 302)])
def test_only_an_administrator_presses(client: Client, setting: Setting, role: Role, status: int) -> None:
    base = sign_in(client, setting.agreement, role)
    page = in_danish(client, f"{base}activate/")
    assert ("activate/begin/" in page) is (status == 302)
    assert pressed(client, base)[0] == status
    assert (setting.agreement.state == AgreementState.ACTIVE) is (status == 302)


@pytest.mark.django_db
def test_inside_rackbeats_frame_it_asks_for_sign_in(client: Client, setting: Setting) -> None:
    base, form = framed(setting.agreement)
    page = in_danish(client, f"{base}activate/")
    assert "Log ind og aktiver" in page
    assert f'href="/a/{setting.agreement.public_id}/activate/"' in page
    answer = client.post(f"{base}activate/begin/", form, headers=OURS)
    assert answer.status_code == 403
    assert setting.agreement.state == AgreementState.INSTALLING
    Agreement.objects.filter(pk=setting.agreement.pk).update(sign_in_required=False)
    assert client.post(f"{base}activate/begin/", form, headers=OURS).status_code == 302
    assert setting.agreement.state == AgreementState.ACTIVE


@pytest.mark.django_db
def test_startup_is_told_as_it_is(client: Client, setting: Setting, base: str) -> None:
    setting.company.decide(startup_sync=True)
    page = in_danish(client, f"{base}activate/")
    assert "Data kommer over fra e-conomic." in page
    assert "Aktiver uden opstarts-synk" in page
    assert pressed(client, base, startup="without")[0] == 302
    agreement = setting.agreement
    assert (agreement.state, agreement.startup_used_at) == (AgreementState.ACTIVE, None)
    assert "Opstarts-synk er ikke brugt. Du kan køre den senere." in in_danish(client, f"{base}activate/")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "says", "button"),
    [
        (StartupState.WANTED, "Se, hvad der vil komme over, og begynd.", "Aktiver uden opstarts-synk"),
        (StartupState.RUNNING, "Data er på vej fra e-conomic.", ""),
        (StartupState.DECIDING, "Tag stilling til de nye rækker i indstillingerne", "Bekræft og start"),
    ],
)
def test_the_second_step_of_a_startup(
    client: Client, setting: Setting, base: str, state: StartupState, says: str, button: str
) -> None:
    setting.company.decide(startup_sync=True)
    Agreement.objects.filter(pk=setting.agreement.pk).update(state=AgreementState.STARTING, startup_state=state)
    page = in_danish(client, f"{base}activate/")
    assert says in page
    buttons = re.findall(r"<button[^>]*>([^<]*)</button>", page.split('class="actions"')[1].split("</div>")[0])
    assert [word.strip() for word in buttons] == ([button] if button else [])
    pressed(client, base, **({"startup": "without"} if state == StartupState.WANTED else {}))
    moved = setting.agreement.state == AgreementState.ACTIVE
    assert moved is (state != StartupState.RUNNING)


@pytest.mark.django_db
def test_a_dead_grant_is_a_finding_and_not_a_fault(client: Client, setting: Setting, base: str) -> None:
    setting.systems.admin("economic", "grants/revoke", agreement=1180001)
    assert "e-conomic lukker os ikke ind." in in_danish(client, f"{base}activate/")
    with agreement_scope(setting.agreement.pk):
        Credentials.in_scope.all().delete()
    page = in_danish(client, f"{base}activate/")
    assert "e-conomic lukker os ikke ind." in page
    assert "Rackbeat lukker os ikke ind." in page


@pytest.mark.django_db
def test_names_are_text_and_no_secret_is_shown(client: Client, setting: Setting, base: str) -> None:
    setting.economic("accounts", 1012, barred=True, name="<script>alert(1)</script>")
    page = in_danish(client, f"{base}activate/")
    assert "&lt;script&gt;alert" in page
    assert "<script>alert" not in page
    assert not [secret for secret in (APP_SECRET, GRANT, BEARER) if secret in page]


def test_every_check_has_words() -> None:
    assert sorted(SENTENCES) == sorted(check.code for check in CHECKS)
    told_by_name = {check.code for check in CHECKS if check.field}
    silent = {check.code for check in CHECKS} - PASSED.keys() - told_by_name - {"invoice_numbers"}
    assert silent == set()
    assert set(AREAS) == set(Area)


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.code)
def test_a_finding_is_told_whole(check: object, language: str) -> None:
    (one,) = (known for known in CHECKS if known is check)
    details = {
        "zone": "eu",
        "zones": "eu abroad",
        "date": "2026-11-24",
        "first": "2026-11-01",
        "last": "2026-11-30",
        "source": "accounts",
        "part": "cvr",
        "groups": "Cykler, no_item",
    }
    finding = Finding(
        code=one.code, severity=one.severity, area=one.area, field=one.field, remedy=one.remedy, details=details
    )
    with override(language):
        told = shown_finding(finding).message
        text = f"{told.what} {told.why} {told.do}"
    assert "%(" not in text
    assert "no_item" not in text
    assert told.what
    if one.severity is not Severity.FINE:
        assert told.why
        assert told.do


def test_only_what_nothing_speaks_against_is_in_order() -> None:
    field = "stock_account"
    passed = Finding(
        code="stock_account_missing", severity=Severity.FINE, area=Area.STOCK_VALUE, field=field, passed=True
    )
    barred = Finding(code="stock_account_barred", severity=Severity.BLOCKS, area=Area.STOCK_VALUE, field=field)
    with override("da"):
        assert [part.lines for part in finding_groups([passed]).passed] == [("Varelager konto",)]
        assert finding_groups([passed, barred]).passed == []


@pytest.mark.parametrize(
    ("frequency", "now", "expected"),
    [
        (Frequency.DAILY, "2026-11-24T09:00", "2026-11-24T22:59"),
        (Frequency.DAILY, "2026-11-24T22:59", "2026-11-25T22:59"),
        (Frequency.DAILY, "2026-07-01T12:00", "2026-07-01T21:59"),
        (Frequency.WEEKLY, "2026-11-24T09:00", "2026-11-29T22:59"),
        (Frequency.WEEKLY, "2026-11-29T23:30", "2026-12-06T22:59"),
        (Frequency.MONTHLY, "2026-11-24T09:00", "2026-11-30T22:59"),
        (Frequency.MONTHLY, "2026-11-30T22:59", "2026-12-31T22:59"),
        (Frequency.MONTHLY, "2028-02-01T09:00", "2028-02-29T22:59"),
    ],
)
def test_when_the_stock_value_goes_next(frequency: Frequency, now: str, expected: str) -> None:
    at = datetime.fromisoformat(now).replace(tzinfo=UTC)
    assert next_stock_run(frequency, at) == datetime.fromisoformat(expected).replace(tzinfo=UTC)


@pytest.mark.parametrize("there", [True, False])
def test_what_this_release_cannot_do_is_not_promised(there: bool) -> None:
    choices = Choices(
        suppliers_enabled=True,
        supplier_journal=4,
        stock_value_enabled=True,
        stock_frequency=Frequency.DAILY,
        stock_journal=2,
    )
    known = frozenset({SUPPLIER_INVOICES, STOCK_VALUE}) if there else frozenset()
    with override("da"):
        told = afterwards_lines(choices, datetime(2026, 11, 24, 9, tzinfo=UTC), known=known)
    suppliers = [line for line in told if line.title == "Leverandører og deres grupper"]
    assert [line.runs for line in suppliers] == [True] * there
    told = [line for line in told if line not in suppliers]
    assert [line.runs for line in told] == [there, there]
    assert ("24.11.2026 23:59" in told[1].text) is there
    waiting = ("overfører ikke leverandørfakturaer endnu", "overfører ikke lagerværdien endnu")
    for line, words in zip(told, waiting, strict=True):
        assert (f"{words}. Bogfør" in line.text) is not there
        assert "behøver ikke" not in line.text


NOT_YET = (
    "Denne udgave overfører ikke leverandørfakturaer endnu. Bogfør dem selv i e-conomic indtil da.",
    "Denne udgave overfører ikke lagerværdien endnu. Bogfør den selv i e-conomic indtil da.",
)


@pytest.mark.django_db
@pytest.mark.usefixtures("small_release")
def test_what_is_not_carried_out_says_so_and_holds_nothing_up(client: Client, setting: Setting, base: str) -> None:
    setting.company.decide(
        **{"purchase_accounts__3.eu": None, "stock_journal": None, "supplier_journal": 2},
    )
    setting.economic("accounts", 5820, barred=True)
    page = in_danish(client, f"{base}activate/")
    assert "Intet står i vejen." in page
    assert "Skal løses" not in page
    for words in NOT_YET:
        assert words in page
    page = in_danish(client, f"{base}settings/")
    assert page.count(NOT_YET[0]) == 2  # at the head of both sections that purchases have
    assert page.count(NOT_YET[1]) == 1
    for section in ("suppliers", "posting", "stock_value"):
        head = page[page.index(f'id="h-{section}"') :][:600]
        assert "endnu. Bogfør" in head
    assert pressed(client, base)[0] == 302
    after = in_danish(client, f"{base}activate/")
    for words in NOT_YET:
        assert words in after
    assert "behøver ikke" not in after


@pytest.mark.django_db
@pytest.mark.usefixtures("whole_release")
def test_what_is_carried_out_says_nothing_of_the_sort(client: Client, setting: Setting, base: str) -> None:
    setting.company.decide(mark_shipped=True)
    for path in ("activate/", "settings/"):
        page = in_danish(client, f"{base}{path}")
        assert "endnu. Bogfør" not in page
        assert "Denne udgave" not in page.replace("Denne udgave af Lagerbro", "")
