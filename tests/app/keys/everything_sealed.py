"""One of each thing that is stored sealed."""

from __future__ import annotations

from datetime import timedelta

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.utils import timezone

from lagerbro.agreements.models import Agreement, Credentials, Installation, RackbeatWebhook
from lagerbro.agreements.scope import agreement_scope
from lagerbro.app.keys.canary import note_keys
from lagerbro.people.models import Person
from lagerbro.web.sign_in.adapters import SecondFactors

TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def made() -> None:
    """A company's keys and webhook, an installation under way, three second factors, the canary of the newest key."""
    now = timezone.now()
    agreement = Agreement.objects.create(public_id="nordlys", rackbeat_account_id=1, created_at=now)
    with agreement_scope(agreement.pk):
        Credentials.in_scope.create(agreement=agreement, rackbeat_token="rb-token", economic_grant_token="grant")
        RackbeatWebhook.in_scope.create(
            agreement=agreement, event="e", remote_id=1, address_key_hash="h", token="hook", created_at=now
        )
    Installation.objects.create(
        cookie_digest="c", request_token="r", bearer="b", grant="g", created_at=now, expires_at=now + timedelta(days=1)
    )
    TOTP.activate(person("mette@nordlys.dk"), TOTP_SECRET)
    RecoveryCodes.activate(person("mette@nordlys.dk"))
    codes = [SecondFactors().encrypt(code) for code in ("12345678", "87654321")]
    Authenticator.objects.create(user=person("jens@nordlys.dk"), type="recovery_codes", data={"migrated_codes": codes})
    note_keys(frozenset())


def person(email: str) -> Person:
    return Person.objects.get_or_create(email=email)[0]


def opened() -> dict[str, object]:
    """All of it, opened."""
    credentials = Credentials._base_manager.get()
    installation = Installation.objects.get()
    return {
        "rackbeat": credentials.rackbeat_token.reveal(),
        "economic": credentials.economic_grant_token.reveal(),
        "webhook": RackbeatWebhook._base_manager.get().token.reveal(),
        "installation": [getattr(installation, name).reveal() for name in ("request_token", "bearer", "grant")],
        "factors": [
            SecondFactors().decrypt(Authenticator.objects.get(type="totp").data["secret"]),
            *(
                row.wrap().generate_codes()
                for row in Authenticator.objects.filter(type="recovery_codes").order_by("pk")
            ),
        ],
    }
