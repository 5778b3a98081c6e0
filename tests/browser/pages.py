"""Every page and state that people see, in one list: the tests look at each, `make screenshots` takes its picture.

A new page is one row in `PAGES`. `path` is asked when the page is opened, so that a row may make what it shows.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from typing import Any, Final, Literal

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.test import Client
from django.utils import timezone

from lagerbro.agreements import directories
from lagerbro.agreements.history import record_event
from lagerbro.agreements.models import Agreement, AgreementState, Approval, CapabilityKind, Credentials, StartupState
from lagerbro.agreements.scope import agreement_scope
from lagerbro.books.choices import NOT_USED
from lagerbro.people.admission import invite
from lagerbro.people.models import Person, Role
from lagerbro.sync.models import Schedule, Transfer, TransferState
from tests.browser import crowds, stock_values
from tests.browser.startup import states as startups
from tests.connections.setting import before_activation
from tests.installing import Installer
from tests.sandboxes import BEARER, GRANT
from tests.visiting import capability, framed, person, sign_in
from tests.world import Company

By = Literal["nobody", "person", "frame", "link"]


@dataclass
class Scene:
    """One company with transfers of every kind, people, and somebody who installs."""

    company: Company
    client: Client = field(default_factory=Client)

    @cached_property
    def bases(self) -> dict[By, str]:
        """What the addresses of the agreement begin with, by whichever door."""
        agreement = self.company.agreement
        person(agreement, Role.BOOKKEEPER, "jens@nordlys.dk")
        with agreement_scope(agreement.pk):
            invite(agreement, "ida@nordlys.dk", Role.READER, by="Mette", at=timezone.now())
            record_event(agreement, "connected", by="Mette", at=timezone.now(), ledger="1180001 Nordlys Cykler ApS")
        capability(agreement, CapabilityKind.READER)
        return {
            "nobody": "/",
            "person": sign_in(self.client, agreement),
            "link": framed(agreement, CapabilityKind.READER)[0],
        }

    def base(self, by: By) -> str:
        """The frame's is made for every page: installing anew withdraws the one before."""
        bases = self.bases
        return framed(self.company.agreement)[0] if by == "frame" else bases[by]

    def cookies(self, by: By) -> dict[str, str]:
        """What the browser holds: a session for a person, an installation under way for somebody who installs."""
        names = (settings.SESSION_COOKIE_NAME, "lagerbro-install")
        held = {name: self.client.cookies[name].value for name in names if name in self.client.cookies}
        if by != "person":
            held.pop(settings.SESSION_COOKIE_NAME, None)
        return held

    def transfer(self, state: TransferState) -> Transfer:
        with agreement_scope(self.company.agreement.pk):
            found = Transfer.in_scope.filter(kind="customer_invoice", state=state).first()
        assert found is not None, state
        return found

    def in_state(self, state: AgreementState, code: str = "") -> None:
        Agreement.objects.filter(pk=self.company.agreement.pk).update(state=state, state_code=code)

    @cached_property
    def installer(self) -> Installer:
        self.client.cookies.pop("lagerbro-install", None)
        return Installer(self.company.systems, self.client)


@dataclass(frozen=True, slots=True)
class Shown:
    """`path`: below the agreement for its visitors, from the root for nobody. `before`: what makes the state."""

    name: str
    by: By
    path: str | Callable[[Scene], str]
    status: int = 200
    before: Callable[[Scene], object] | None = None

    def address(self, scene: Scene) -> str:
        """Bring about what is shown, and answer its address."""
        base = scene.base(self.by)
        scene.in_state(AgreementState.ACTIVE)
        if self.by == "person":
            sign_in(scene.client, scene.company.agreement)  # whoever installed before has signed out
        if self.before is not None:
            self.before(scene)
        path = self.path if isinstance(self.path, str) else self.path(scene)
        return path if path.startswith("/") else f"{base}{path}"


def _one(state: TransferState) -> Callable[[Scene], str]:
    return lambda scene: f"activity/{scene.transfer(state).pk}/"


def _zone_asked(scene: Scene) -> str:
    """The zone is EU, and the goods go to Denmark."""
    systems = scene.company.systems
    systems.in_rackbeat("PUT", "customers/10047", {"address_country": "Danmark"})
    return f"activity/{scene.company.invoiced(systems.invoice(customer=10047)).pk}/"


def _zone_called_right(scene: Scene) -> str:
    """Called right, taken back, and asked about again."""
    path = f"{scene.base('person')}{_zone_asked(scene)}"
    with agreement_scope(scene.company.agreement.pk):
        facts = Transfer.in_scope.filter(code="zone_eu_in_denmark").latest("pk").details["facts"]
    scene.client.post(f"{path}right/", {"facts": facts})
    with agreement_scope(scene.company.agreement.pk):
        approval = Approval.in_scope.latest("pk")
    scene.client.post(f"{path}right/{approval.pk}/take-back/")
    return path


def _state(state: AgreementState, code: str = "") -> Callable[[Scene], None]:
    return lambda scene: scene.in_state(state, code)


def _begun(scene: Scene) -> None:
    scene.installer.begin()


def _granted(scene: Scene) -> None:
    scene.installer.begin()
    scene.installer.follow(scene.installer.give_access())


def _waiting_for_stock(scene: Scene) -> None:
    _fresh(scene)
    scene.installer.press("economic")
    scene.installer.follow(scene.installer.give_access())


def _both(scene: Scene, number: int = 1180001) -> None:
    """Both companies named; the account is joined with agreement `number` already."""
    Agreement.objects.filter(pk=scene.company.agreement.pk).update(economic_agreement_number=number)
    _fresh(scene)
    scene.installer.press("keys", bearer=BEARER, grant=GRANT)


def _stopped(scene: Scene) -> None:
    """Several records for one cause, of several causes."""
    stopped: tuple[tuple[str, dict[str, str], int], ...] = (
        ("customer_barred", {"customer": "10034 Vestjysk Cykelimport og Reservedele A/S"}, 12),
        ("period_closed", {"date": "2026-10-14"}, 3),
        ("layout_not_chosen", {}, 2),
    )
    with agreement_scope(scene.company.agreement.pk):
        for code, details, count in stopped:
            for number in range(count):
                Transfer.in_scope.get_or_create(
                    agreement=scene.company.agreement,
                    kind="customer_invoice",
                    key=f"{code[:3]}-{number}",
                    defaults={
                        "code": code,
                        "details": details,
                        "state": TransferState.NEEDS_YOU,
                        "created_at": timezone.now(),
                        "changed_at": timezone.now(),
                    },
                )


def _in_a_chain(scene: Scene) -> str:
    """A supplier that waits for its group, and the group for its account."""
    rows: tuple[tuple[str, str, str, dict[str, str]], ...] = (
        ("supplier_group", "7", "supplier_group_account_barred", {"account": "6800 Varekreditorer"}),
        (
            "supplier",
            "50101",
            "supplier_group_not_transferred",
            {"key": "7", "cause": "supplier_group_account_barred", "cause_account": "6800 Varekreditorer"},
        ),
    )
    with agreement_scope(scene.company.agreement.pk):
        for kind, key, code, details in rows:
            told = {"code": code, "details": details, "state": TransferState.NEEDS_YOU}
            moments = dict.fromkeys(("created_at", "changed_at"), timezone.now())
            row, _ = Transfer.in_scope.get_or_create(
                agreement=scene.company.agreement, kind=kind, key=key, defaults={**told, **moments}
            )
        return f"activity/{row.pk}/"


def _troubled(scene: Scene) -> None:
    """What waits too long, a look that does not get through, a chosen account that was barred."""
    agreement, now = scene.company.agreement, timezone.now()
    with agreement_scope(agreement.pk):
        Transfer.in_scope.get_or_create(
            agreement=agreement,
            kind="customer_invoice",
            key="1247",
            defaults={
                "code": "server_error",
                "failures": 73,
                "runs": 73,
                "created_at": now - timedelta(days=3),
                "changed_at": now,
                "due_at": now + timedelta(hours=1),
            },
        )
        Schedule.in_scope.filter(routine__startswith="customer").update(
            code="access_denied",
            failure_kind="config",
            failures=3,
            failing_since=now,
            details={"message": "Role missing"},
        )
        keys = {"rackbeat_token": BEARER, "economic_grant_token": GRANT}
        Credentials.in_scope.get_or_create(agreement=agreement, defaults=keys)
        scene.company.decide(stock_value_enabled=True, stock_account=5820)
        bar = {"agreement": agreement.economic_agreement_number, "kind": "accounts", "key": 5820}
        scene.company.systems.admin("economic", "bar", **bar, barred=True)
        rackbeat, economic = scene.company.systems.clients(lambda _exchange: None)
        directories.read_and_store_all(agreement, rackbeat, economic, now)
        scene.company.systems.admin("economic", "bar", **bar, barred=False)


def _shared(scene: Scene) -> None:
    """Another account transfers to the same agreement already. Stands last: it is in every later page's way."""
    number = scene.company.agreement.economic_agreement_number
    Agreement.objects.create(
        public_id="other",
        company_name="Havblik Surf ApS",
        rackbeat_account_id=5822,
        economic_agreement_number=number,
        state=AgreementState.ACTIVE,
        created_at=timezone.now(),
    )
    _both(scene)


def _joined(scene: Scene) -> None:
    _both(scene)
    scene.client.cookies.pop(settings.SESSION_COOKIE_NAME, None)
    scene.installer.press("confirm")


def _fresh(scene: Scene) -> None:
    scene.client.cookies.pop("lagerbro-install", None)


def _invitation(scene: Scene) -> str:
    with agreement_scope(scene.company.agreement.pk):
        text = invite(scene.company.agreement, "ida@nordlys.dk", Role.READER, by="Mette", at=timezone.now())
    return f"/invitation/{text}/"


def _several_browsers(scene: Scene) -> None:
    """Somebody who is signed in at work, on a telephone, and with a name of a browser that nobody knows."""
    agents = (
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Safari/537.36",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Safari/604.1",
        "curl/8",
    )
    for agent in agents:
        other = Client(headers={"user-agent": agent})
        sign_in(other, scene.company.agreement)
        other.get("/profile/")


def _seen_to_be_them(scene: Scene) -> None:
    """Who has just given the password once more."""
    session = scene.client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time(), "reauthenticated": True}]
    session.save()


def _with_second_factor(scene: Scene) -> None:
    mette = Person.objects.get(email="mette@nordlys.dk")
    TOTP.activate(mette, "JBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(mette)
    assert scene.company


def _decided(scene: Scene) -> None:
    """Everything switched on, some of the grid decided: one account contradicts its column, one cell is not used."""
    answers = {"suppliers_enabled": True, "stock_value_enabled": True, "supplier_journal": 4, "never_book_ean": True}
    cells = {"1.domestic": 1310, "1.eu": 1310, "2.domestic": 1310, "2.eu": NOT_USED, "5.abroad": 1331}
    scene.company.decide(**answers, **{f"purchase_accounts__{cell}": value for cell, value in cells.items()})


def _activating(startup: StartupState = StartupState.NONE, **answers: object) -> Callable[[Scene], None]:
    """Connected and not activated, everything decided but for what is said; or between the two steps of a start-up."""

    def before(scene: Scene) -> None:
        agreement = scene.company.agreement
        before_activation(scene.company, **{"default_layout": 1, "startup_sync": False, "layouts__2": 2, **answers})
        with agreement_scope(agreement.pk):
            keys = {"rackbeat_token": BEARER, "economic_grant_token": GRANT}
            Credentials.in_scope.get_or_create(agreement=agreement, defaults=keys)
        state = AgreementState.STARTING if startup else AgreementState.INSTALLING
        Agreement.objects.filter(pk=agreement.pk).update(state=state, startup_state=startup)

    return before


def _activated(scene: Scene) -> None:
    _activating()(scene)
    Agreement.objects.filter(pk=scene.company.agreement.pk).update(
        state=AgreementState.ACTIVE, activated_at=timezone.now()
    )


_WRONG: Final[dict[str, Any]] = {
    "default_layout": None,
    "stock_journal": 4,
    "layouts__2": 9,
    "purchase_accounts__3.eu": None,
}
_S = TransferState
PAGES: Final[tuple[Shown, ...]] = (
    Shown("front", "nobody", "/"),
    Shown("not-found", "nobody", "/nowhere/", 404),
    Shown("sign-in", "nobody", "/account/login/"),
    Shown("sign-up-closed", "nobody", "/account/signup/"),
    Shown("password-reset", "nobody", "/account/password/reset/"),
    Shown("invitation", "nobody", _invitation),
    Shown("profile", "person", "/profile/"),
    Shown("sessions", "person", "/profile/sessions/", before=_several_browsers),
    Shown("sign-in-anew", "person", "/account/reauthenticate/"),
    Shown("second-factor", "person", "/account/two-factor/"),
    Shown("second-factor-app", "person", "/account/two-factor/app/activate/", before=_seen_to_be_them),
    Shown("second-factor-on", "person", "/account/two-factor/", before=_with_second_factor),
    Shown("second-factor-codes", "person", "/account/two-factor/codes/", before=_seen_to_be_them),
    Shown("second-factor-off", "person", "/account/two-factor/app/deactivate/", before=_seen_to_be_them),
    Shown("profile-with-second-factor", "person", "/profile/"),
    Shown("companies", "person", "/?all"),
    Shown("overview", "person", ""),
    Shown("overview-paused", "person", "", before=_state(AgreementState.PAUSED)),
    Shown("overview-framed", "frame", ""),
    Shown("activity", "person", "activity/"),
    Shown("activity-framed", "frame", "activity/"),
    Shown("activity-empty", "person", "activity/?q=nothing"),
    Shown("transfer-needs-you", "person", _one(_S.NEEDS_YOU)),
    Shown("transfer-done", "person", _one(_S.TRANSFERRED)),
    Shown("transfer-read-by-link", "link", _one(_S.NEEDS_YOU)),
    Shown("transfer-zone-asked", "person", _zone_asked),
    Shown("transfer-in-a-chain", "person", _in_a_chain),
    Shown("overview-with-a-chain", "person", lambda scene: _in_a_chain(scene)[:0]),
    Shown("transfer-zone-called-right", "person", _zone_called_right),
    Shown("stock-value", "person", "stock-value/", before=stock_values.on),
    Shown("stock-value-framed", "frame", "stock-value/", before=stock_values.on),
    Shown("stock-value-read-by-link", "link", "stock-value/?page=2", before=stock_values.on),
    Shown("stock-value-split", "person", "stock-value/", before=stock_values.split),
    Shown("settings-split", "person", "settings/", before=stock_values.split_settings),
    Shown("stock-value-agreed", "person", "stock-value/", before=stock_values.agreed),
    Shown("stock-value-asked", "person", "stock-value/", before=stock_values.asked),
    Shown("stock-value-refused", "person", "stock-value/", before=stock_values.refused),
    Shown("stock-value-backfill", "person", "stock-value/earlier-days/", before=stock_values.backfilled),
    Shown("stock-value-backfill-read", "link", "stock-value/earlier-days/", before=stock_values.backfilled),
    Shown("stock-value-off", "person", "stock-value/", before=stock_values.off),
    Shown("connections", "person", "connections/"),
    Shown("connections-framed", "frame", "connections/"),
    Shown("connections-revoked", "person", "connections/", before=_state(AgreementState.GONE, "economic_revoked")),
    Shown("connections-ended", "person", "connections/", before=_state(AgreementState.GONE, "disconnected")),
    Shown("settings", "person", "settings/"),
    Shown("settings-decided", "person", "settings/?saved=3", before=_decided),
    Shown("settings-framed", "frame", "settings/"),
    Shown("settings-read-by-link", "link", "settings/"),
    Shown("settings-history", "person", "settings/history/"),
    Shown("settings-chart", "person", "settings/pick/?for=purchase_accounts:1.eu&q=varek"),
    Shown("disconnect", "person", "connections/disconnect/"),
    Shown("sign-in-needed", "frame", "connections/disconnect/", 403),
    Shown("onboarding-none", "nobody", "/onboarding/", before=_fresh),
    Shown("onboarding-keys", "nobody", "/onboarding/keys/"),
    Shown("onboarding-from-economic", "nobody", "/onboarding/economic/"),
    Shown("onboarding-unasked", "nobody", "/onboarding/unasked/"),
    Shown("onboarding-cancelled", "nobody", "/onboarding/cancelled/"),
    Shown("onboarding-expired", "nobody", "/onboarding/expired/"),
    Shown("onboarding-ledger", "nobody", "/onboarding/", before=_begun),
    Shown("onboarding-check", "nobody", "/onboarding/", before=_granted),
    Shown("onboarding-stock", "nobody", "/onboarding/", before=_waiting_for_stock),
    Shown("onboarding-another-ledger", "nobody", "/onboarding/", before=lambda scene: _both(scene, 1180077)),
    Shown("onboarding-confirm", "nobody", "/onboarding/", before=_both),
    Shown("onboarding-done", "nobody", "/onboarding/", before=_joined),
    Shown("activate", "person", "activate/", before=_activating()),
    Shown("activate-framed", "frame", "activate/", before=_activating()),
    Shown("activate-blocked", "person", "activate/", before=_activating(**_WRONG)),
    Shown("activate-startup", "person", "activate/", before=_activating(startup_sync=True)),
    Shown("activate-second-step", "person", "activate/", before=_activating(StartupState.DECIDING, startup_sync=True)),
    Shown("activate-done", "person", "activate/", before=_activated),
    Shown("startup", "person", "startup/", before=startups.at("")),
    Shown("startup-reading", "person", "startup/", before=startups.at("reading")),
    Shown("startup-ready", "person", "startup/", before=startups.at("ready")),
    Shown("startup-ready-framed", "frame", "startup/", before=startups.at("ready")),
    Shown("startup-running", "person", "startup/", before=startups.at("running")),
    Shown("startup-paused", "person", "startup/", before=startups.at("paused")),
    Shown("startup-done", "person", "startup/", before=startups.at("done")),
    Shown("startup-read-by-link", "link", "startup/", before=startups.at("ready")),
    Shown("startup-records", "person", "startup/records/?show=not", before=startups.at("done")),
    Shown("startup-conflicts", "person", "startup/records/?show=conflict&kind=customer", before=startups.at("ready")),
    Shown("startup-settings", "person", "settings/", before=startups.at("done")),
    Shown("overview-causes", "person", "", before=_stopped),
    Shown("overview-troubled", "person", "", before=_troubled),
    Shown("activity-troubled", "person", "activity/?state=needs_you"),
    Shown("connections-many-people", "person", "connections/?page=2", before=crowds.people),
    Shown("transfer-many-calls", "person", crowds.transfer_with_calls),
    Shown("transfer-one-call", "person", crowds.one_call),
    Shown("overview-many-stopped", "person", "", before=crowds.standing_still),
    Shown("onboarding-shared-ledger", "nobody", "/onboarding/", before=_shared),
)
