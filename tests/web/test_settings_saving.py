"""Saving: all or nothing, nothing typed is lost, two people at once, rows that vanish, systems that are silent."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from lagerbro.agreements.choices import decide
from lagerbro.agreements.models import Agreement, AgreementState, Setting
from lagerbro.agreements.scope import agreement_scope
from lagerbro.books.choices import NOT_USED
from lagerbro.people.models import Role
from lagerbro.sync.clients import ClientFactory
from lagerbro.web.visiting import unknown_user
from lagerbro_sandbox.kernel.faults.plan import Fault
from tests.visiting import OURS, framed, sign_in
from tests.web.settings_page import SettingsPage
from tests.world import Company

pytestmark = pytest.mark.django_db
CELL = "purchase_accounts:1.domestic"


def test_what_is_typed_is_saved_with_who_when_from_and_to(sheet: SettingsPage) -> None:
    page = sheet.send(stock_account="5820", number_taken="next", vat_rounding_limit="0,10", layouts__2="2")
    assert "4 ændringer er gemt." in page.html
    choices = sheet.choices()
    assert (choices.stock_account, choices.number_taken, str(choices.vat_rounding_limit), choices.layouts) == (
        5820,
        "next",
        "0.10",
        {"2": 2},
    )
    assert {(change.key, change.before, change.after, change.changed_by) for change in sheet.changes()[-4:]} == {
        ("stock_account", None, 5820, "Mette"),
        ("number_taken", None, "next", "Mette"),
        ("vat_rounding_limit", None, "0.10", "Mette"),
        ("layouts:2", None, 2, "Mette"),
    }
    assert "af Mette" in sheet.open().html


def test_a33_activating_saves_first_and_goes_on_to_what_is_checked(sheet: SettingsPage, company: Company) -> None:
    assert 'value="activate"' not in sheet.open().html  # it is active already
    Agreement.objects.filter(pk=company.agreement.pk).update(state=AgreementState.INSTALLING)
    html = sheet.open().html
    assert html.index('id="q-startup-sync"') < html.index('value="activate"')
    page = sheet.send("activate", stock_journal="4")
    assert (page.status, page.fields["stock_journal"]) == (422, ["4"])
    page = sheet.send("activate", opened=page, stock_journal="2")
    assert page.status == 200
    assert "<h1>Aktiver integration</h1>" in page.html
    assert sheet.choices().stock_journal == 2
    company.agreement.refresh_from_db()
    assert company.agreement.state == AgreementState.INSTALLING


def test_saving_without_a_change_changes_nothing(sheet: SettingsPage) -> None:
    before = (sheet.choices(), len(sheet.changes()))
    assert "0 ændringer er gemt." in sheet.send().html
    assert (sheet.choices(), len(sheet.changes())) == before


def test_an_answer_can_be_taken_back(sheet: SettingsPage) -> None:
    sheet.send(stock_account="5820", purchase_accounts__1_dot_eu="Bruges ikke")
    assert sheet.choices().purchase_accounts == {"1.eu": NOT_USED}
    sheet.send(stock_account="", purchase_accounts__1_dot_eu="")
    choices = sheet.choices()
    assert (choices.stock_account, choices.purchase_accounts) == (None, {})


@pytest.mark.parametrize("text", ["1310", " 1310 ", "1310 Varekøb Danmark, cykler · I25", "varekøb danmark, cykler"])
def test_an_account_is_known_by_its_number_or_its_name(sheet: SettingsPage, text: str) -> None:
    sheet.send(fallback_account=text)
    assert sheet.choices().fallback_account == 1310


def test_one_field_that_does_not_fit_keeps_everything_unsaved_and_everything_typed(sheet: SettingsPage) -> None:
    before = len(sheet.changes())
    page = sheet.send(
        stock_account="1310", stock_contra_account="1350", fallback_account="9999", empty_line_item="INTET"
    )
    assert page.status == 422
    assert "Intet er gemt: 3 felter passer ikke." in page.html
    assert "Har momskode I25; lagerværdien skal bogføres uden moms." in page.html
    assert "Konto 9999 findes ikke i e-conomic." in page.html
    assert "Vare INTET findes ikke i Rackbeat." in page.html
    typed = {key: page.fields[key] for key in ("stock_account", "stock_contra_account", "fallback_account")}
    assert typed == {"stock_account": ["1310"], "stock_contra_account": ["1350"], "fallback_account": ["9999"]}
    assert len(sheet.changes()) == before
    mended = sheet.send(opened=page, stock_account="5820", fallback_account="1390", empty_line_item="GEBYR")
    assert "4 ændringer er gemt." in mended.html
    choices = sheet.choices()
    assert (choices.stock_account, choices.stock_contra_account, choices.fallback_account) == (5820, 1350, 1390)


def test_two_people_at_once(sheet: SettingsPage, company: Company) -> None:
    opened = sheet.open()
    with agreement_scope(company.agreement.pk):
        company.agreement.refresh_from_db()
        at = company.systems.clock.now()
        decide(company.agreement, {"stock_account": 5820, CELL: 1311, "oss_enabled": True}, by="Jens", at=at)
    page = sheet.send(opened=opened, purchase_accounts__1_dot_domestic="1310", stock_journal="2")
    assert page.status == 409
    assert "Jens: Cykler, Indland fra “ikke valgt” til “1311 Varekøb Danmark, tilbehør”" in page.html
    assert "Jens: Aktiver One Stop Moms fra “ikke valgt” til “slået til”" in page.html
    assert sheet.choices().stock_journal is None
    # What I typed stands; what I did not touch shows what Jens saved.
    assert page.fields[CELL] == ["1310"]
    assert page.fields["stock_journal"] == ["2"]
    assert page.fields["stock_account"] == ["5820"]
    assert page.fields["oss_enabled"] == ["off", "on"]
    assert "2 ændringer er gemt." in sheet.send(opened=page).html
    choices = sheet.choices()
    assert choices.purchase_accounts == {"1.domestic": 1310}
    assert (choices.stock_account, choices.stock_journal, choices.oss_enabled) == (5820, 2, True)
    last = [change for change in sheet.changes() if change.key == CELL]
    assert [(change.before, change.after, change.changed_by) for change in last] == [
        (None, 1311, "Jens"),
        (1311, 1310, "Mette"),
    ]


def test_who_was_quicker_is_called_in_the_readers_language(sheet: SettingsPage, company: Company) -> None:
    opened = sheet.open()
    with agreement_scope(company.agreement.pk):
        company.agreement.refresh_from_db()
        decide(company.agreement, {CELL: 1311}, by=unknown_user(), at=company.systems.clock.now())
    page = sheet.send(opened=opened, language="en", purchase_accounts__1_dot_domestic="1310")
    assert "through Rackbeat (unknown user) has changed this in the meantime." in page.html
    assert unknown_user() not in page.html
    assert unknown_user() in sheet.send(opened=opened, purchase_accounts__1_dot_domestic="1310").html


@pytest.mark.parametrize("version", ["", "x", "-1", "99999999999", "²"])
def test_a_version_that_is_nonsense_never_overwrites(sheet: SettingsPage, company: Company, version: str) -> None:
    fields = sheet.open().fields
    fields.update({"version": [version], "stock_journal": ["2"], "act": ["save"]})
    page = sheet.post(fields)
    assert page.status == 409
    assert page.fields["stock_journal"] == ["2"]
    assert "1 ændring er gemt." in sheet.send(opened=page).html


def test_rows_that_vanish_while_the_page_is_open(sheet: SettingsPage, company: Company) -> None:
    sheet.send(purchase_accounts__2_dot_eu="1320")
    opened = sheet.open()
    store = company.systems.rackbeat.store
    store.delete(4711, "product-groups", 1)
    store.delete(4711, "product-groups", 2)
    page = sheet.send(opened=opened, purchase_accounts__1_dot_domestic="1310", purchase_accounts__3_dot_eu="1320")
    assert page.status == 200
    assert "ikke længere findes i Rackbeat, og er ikke gemt." in page.html
    assert "Resten er gemt." in page.html
    assert "1, Indland: 1310" in page.html
    # An untouched answer of a vanished group stays where it was: the group may come back.
    assert sheet.choices().purchase_accounts == {"2.eu": 1320, "3.eu": 1320}


def test_a_choice_that_has_stopped_fitting_is_flagged_and_holds_nothing_up(
    sheet: SettingsPage, company: Company
) -> None:
    sheet.send(fallback_account="1390")
    company.systems.admin("economic", "bar", agreement=1180001, kind="accounts", key=1390)
    page = sheet.send(stock_journal="2")
    assert "1 ændring er gemt." in page.html
    assert "Spærret i e-conomic." in page.html
    assert sheet.choices().fallback_account == 1390
    assert sheet.send(opened=sheet.open(), stock_account="1390").status == 422


@pytest.mark.parametrize("system", ["economic", "rackbeat"])
def test_a_silent_system_costs_nothing_that_was_typed(sheet: SettingsPage, company: Company, system: str) -> None:
    sheet.open()
    core = getattr(company.systems, system)
    core.faults.set(Fault("down", status=503, times=None))
    page = sheet.send(stock_account="5820", purchase_accounts__1_dot_domestic="1310")
    assert page.status == 503
    assert "Et af systemerne svarer ikke." in page.html
    assert (page.fields["stock_account"], page.fields[CELL]) == (["5820"], ["1310"])
    assert sheet.choices().stock_account is None
    core.faults.clear()
    assert "2 ændringer er gemt." in sheet.send(opened=page).html


def test_a_withdrawn_grant_is_told(sheet: SettingsPage, company: Company) -> None:
    sheet.open()
    company.systems.admin("economic", "grants/revoke", agreement=1180001)
    page = sheet.send(stock_account="5820")
    assert (page.status, page.fields["stock_account"]) == (503, ["5820"])
    assert "Adgangen til et af systemerne er trukket tilbage." in page.html
    company.systems.admin("economic", "grants/revoke", agreement=1180001, revoked=False)
    assert "1 ændring er gemt." in sheet.send(opened=page).html


def test_four_hundred_product_groups_in_one_form(sheet: SettingsPage, company: Company) -> None:
    store = company.systems.rackbeat.store
    for number in range(100, 492):
        store.put(4711, "product-groups", number, {"number": number, "name": f"Gruppe {number}", "has_inventory": True})
    fields = sheet.open().fields
    cells = [key for key in fields if key.startswith("purchase_accounts:") and key.endswith(".domestic")]
    assert len(cells) == 401
    fields.update({key: ["1310"] for key in cells})
    page = sheet.post({**fields, "act": ["save"]})
    assert "401 ændringer er gemt." in page.html
    assert len(sheet.choices().purchase_accounts) == 401


def test_names_with_html_in_them_are_shown_as_they_are(sheet: SettingsPage, company: Company) -> None:
    nasty = "<script>alert(1)</script>\"'>&"
    group = {"number": 77, "name": nasty, "has_inventory": True}
    company.systems.rackbeat.store.put(4711, "product-groups", 77, group)
    account = company.systems.economic.store.get(1180001, "accounts", "1310")
    assert account is not None
    company.systems.economic.store.put(1180001, "accounts", 1310, {**account, "name": nasty})
    page = sheet.send(fallback_account="1310", purchase_accounts__77_dot_eu=f"x{nasty}")
    assert page.status == 422
    assert "<script>alert" not in page.html
    assert page.fields["purchase_accounts:77.eu"] == [f"x{nasty}"]
    sheet.send(opened=page, purchase_accounts__77_dot_eu="1320")
    assert "<script>alert" not in sheet.open(path="history/").html
    assert "<script>alert" not in sheet.open(path="pick/?for=fallback_account&q=1310").html


def test_fields_of_nobody_are_passed_over(sheet: SettingsPage) -> None:
    fields = sheet.open().fields
    odd = {"purchase_accounts:1.mars": ["1"], "purchase_accounts:x.eu": ["1"], "layouts:": ["1"], "colour": ["red"]}
    odd |= {"version:1": ["3"], "sales_enabled:1": ["on"], "layouts:1.eu": ["1"], "purchase_accounts": ["1"]}
    page = sheet.post({**fields, **odd, "act": ["save"]})
    assert "0 ændringer er gemt." in page.html


@pytest.mark.parametrize(
    "text", ["\0", "1\0", "9" * 5000, "<b>", "1e9", "²", "1310.5x", "\N{RIGHT-TO-LEFT OVERRIDE}13"]
)
def test_strange_texts_are_answered_beside_their_field(sheet: SettingsPage, text: str) -> None:
    page = sheet.send(stock_account=text, empty_line_item=text, vat_rounding_limit=text)
    assert page.status == 422
    assert sheet.choices().stock_account is None
    assert (
        "1 ændring er gemt."
        in sheet.send(opened=page, stock_account="5820", empty_line_item="", vat_rounding_limit="0,50").html
    )


def test_another_companys_numbers_and_address_open_nothing(sheet: SettingsPage, company: Company) -> None:
    other = Agreement.objects.create(
        public_id="other", company_name="Anden", rackbeat_account_id=2, created_at=company.systems.clock.now()
    )
    assert sheet.client.get("/a/other/settings/").status_code == 404
    assert sheet.client.post("/a/other/settings/", {"stock_account": "5820", "version": "0"}).status_code == 404
    with agreement_scope(other.pk):
        assert Setting.in_scope.count() == 0


@pytest.mark.parametrize("role", [Role.READER, Role.BOOKKEEPER])
def test_only_an_administrator_saves(sheet: SettingsPage, company: Company, role: Role) -> None:
    fields = sheet.open().fields
    client = Client()
    page = client.get(f"{sign_in(client, company.agreement, role)}settings/", headers={"accept-language": "da"})
    assert "kun en administrator kan ændre" in page.content.decode()
    answer = client.post(sheet.path, {**fields, "stock_account": ["5820"], "act": ["save"]})
    assert answer.status_code == 403
    assert sheet.choices().stock_account is None


def test_inside_rackbeats_frame_accounts_ask_for_sign_in_and_the_rest_does_not(
    company: Company, factory: ClientFactory, client: Client
) -> None:
    begin, _token = framed(company.agreement)
    sheet = SettingsPage(company, Client(headers=OURS), f"{begin}settings/")
    page = sheet.send(fallback_account="1390", oss_enabled="on")
    assert page.status == 422
    assert "det her kræver, at du er logget ind" in page.html
    assert (page.fields["fallback_account"], page.fields["oss_enabled"]) == (["1390"], ["off", "on"])
    assert (sheet.choices().fallback_account, sheet.choices().oss_enabled) == (None, False)
    assert "1 ændring er gemt." in sheet.send(oss_enabled="on").html
    assert [change.changed_by for change in sheet.changes()][-1] == "via Rackbeat (ukendt bruger)"
    Agreement.objects.filter(pk=company.agreement.pk).update(sign_in_required=False)
    assert "1 ændring er gemt." in sheet.send(fallback_account="1390").html
    assert sheet.choices().fallback_account == 1390


def test_the_history_says_who_when_what_from_and_to(sheet: SettingsPage, company: Company) -> None:
    sheet.send(stock_frequency="weekly", stock_journal="2", purchase_accounts__1_dot_eu="1320", empty_line_item="FRAGT")
    sheet.send(stock_frequency="monthly", purchase_accounts__1_dot_eu="Bruges ikke")
    html = sheet.open(path="history/").html
    for text in (
        "Frekvens",
        "Ugentligt",
        "Månedligt",
        "2 Lagerværdi Rackbeat",
        "Cykler, EU",
        "1320 Varekøb EU, cykler",
    ):
        assert text in html
    assert "Bruges ikke" in html
    assert "FRAGT Fragt" in html
    assert "Mette" in html
    english = sheet.open("en", path="history/").html
    assert "Weekly" in english
    assert "Not used" in english


def test_the_start_up_sync_that_was_run_can_not_be_wanted_again(sheet: SettingsPage, company: Company) -> None:
    sheet.send(startup_sync="on")
    assert sheet.choices().startup_sync is True
    now = company.systems.clock.now() + timedelta(hours=1)
    Agreement.objects.filter(pk=company.agreement.pk).update(startup_used_at=now)
    page = sheet.open()
    assert "startup_sync" not in page.fields
    assert "Opstarts-synk blev kørt" in page.html
    sheet.send(startup_sync="off")
    assert sheet.choices().startup_sync is True
    with agreement_scope(company.agreement.pk):
        company.agreement.refresh_from_db()
        decide(company.agreement, {"startup_sync": None}, by="x", at=now)
    assert "den kan kun køres én gang" in sheet.send(startup_sync="on").html
    assert sheet.choices().startup_sync is False
