"""An installation under way: begun in one browser, given two keys one after the other, joined or given up.

What the steps guard against is domain-rules H5. A row is found by a text that one browser holds, so nobody can finish,
feed or see another's. It ends after a day, and its keys with it.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from lagerbro.agreements.capabilities import digest
from lagerbro.agreements.keyed_digests import is_keyed_digest, keyed_digest
from lagerbro.agreements.models import Agreement, Installation
from lagerbro.connections.each import act_on_each
from lagerbro.sync.clients import ClientFactory, unobserved
from lagerbro.wire.errors import RemoteError

INSTALLATION_LIFETIME: Final = timedelta(hours=24)
LENGTH_MAX: Final = 64
EXPIRED_MAX: Final = 200
TOKEN_LENGTH_MAX: Final = 512
_RETURN_SALT: Final = "lagerbro.return"
_RETURN_TOKEN_LENGTH: Final = 40


class Stage(StrEnum):
    """What an installation waits for."""

    LEDGER = "ledger"
    """Access to e-conomic."""
    STOCK = "stock"
    """*Installér* in Rackbeat."""
    CHECK = "check"
    """The person's word that it is the right agreement; only then is Rackbeat's token asked for."""
    CONFIRM = "confirm"
    """The person's word that the two belong together."""
    DONE = "done"


def stage(row: Installation) -> Stage:
    if row.agreement_id:
        return Stage.DONE
    if not row.grant:
        return Stage.LEDGER
    if row.bearer or row.reconnects_id:
        return Stage.CONFIRM
    return Stage.CHECK if row.request_token else Stage.STOCK


def open_installation(cookie: str, now: datetime) -> Installation:
    """A new row for the browser that holds the text."""
    return Installation.objects.create(
        cookie_digest=digest(cookie), created_at=now, expires_at=now + INSTALLATION_LIFETIME
    )


def installation_of_browser(cookie: str, now: datetime) -> Installation | None:
    """The installation that this browser has begun, while it lasts."""
    if not cookie or len(cookie) > LENGTH_MAX:
        return None
    rows = Installation.objects.select_related("agreement", "reconnects").filter(
        cookie_digest=digest(cookie), expires_at__gt=now
    )
    return rows.first()


def return_token(cookie: str) -> str:
    """What our return address carries, as e-conomic echoes nothing: only the browser with the cookie can know it."""
    return keyed_digest(_RETURN_SALT, cookie, _RETURN_TOKEN_LENGTH)


def is_return_token(cookie: str, given: str) -> bool:
    return is_keyed_digest(_RETURN_SALT, cookie, given, _RETURN_TOKEN_LENGTH)


def store_request_token(row: Installation, request_token: str, factory: ClientFactory) -> None:
    """Keep a request token from Rackbeat; an earlier one of this browser's is given back."""
    if row.request_token and row.request_token.reveal() == request_token:
        return
    _give_back_access(row, factory)
    row.request_token = request_token
    row.bearer, row.account, row.app, row.redirect_to = "", None, "", ""
    row.reconnects, row.begun_by = None, None
    row.save()


def store_grant(row: Installation, grant: str, factory: ClientFactory) -> None:
    """Keep access to e-conomic with the name of the company behind it; raises a `RemoteError` and keeps nothing."""
    row.ledger = ledger_of(factory, grant)
    row.grant = grant
    row.save()


def discard_grant(row: Installation) -> None:
    """It was the wrong agreement: ask again."""
    row.grant, row.ledger = "", None
    row.save()


def begin_reconnect(row: Installation, agreement: Agreement, person_id: int) -> None:
    """Begin anew for an agreement that has its Rackbeat key: only e-conomic is asked for access again."""
    row.reconnects, row.begun_by = agreement, person_id
    row.account = {"id": agreement.rackbeat_account_id, "name": agreement.company_name, "cvr": agreement.cvr}
    row.bearer, row.request_token, row.app, row.redirect_to = "", "", "", ""
    row.save()


def end_reconnects(agreement: Agreement) -> None:
    """What has been begun and not finished, by whomever."""
    Installation.objects.filter(reconnects=agreement, agreement=None).delete()


def accept_request(row: Installation, factory: ClientFactory) -> None:
    """Exchange the request token for a bearer and learn whose it is; binds nothing yet. Raises a `RemoteError`."""
    accepted = factory.handshake().accept(row.request_token.reveal())
    row.bearer, row.app, row.redirect_to = accepted.access_token, accepted.app_slug, accepted.redirect_url
    row.save()
    read_account(row, factory)


def read_account(row: Installation, factory: ClientFactory) -> None:
    """Learn the name of the company behind the bearer."""
    row.account = account_of(factory, row.bearer.reveal())
    row.save()


def cancel_installation(row: Installation, factory: ClientFactory) -> None:
    """Leave nothing behind: the request is cancelled in Rackbeat, a bearer of ours spoilt, the row deleted."""
    _give_back_access(row, factory)
    row.delete()


def cancel_expired(now: datetime, factory: ClientFactory) -> int:
    """Do the same for whatever was never finished, a piece at a time; answers how many there were."""
    ended = Installation.objects.filter(expires_at__lte=now).order_by("pk").values_list("pk", flat=True)
    return act_on_each("installations", list(ended[:EXPIRED_MAX]), lambda key: _cancel_expired(key, factory))


def _cancel_expired(key: int, factory: ClientFactory) -> None:
    try:
        row = Installation.objects.filter(pk=key).first()
        if row and not row.agreement_id:
            cancel_installation(row, factory)
    finally:  # what cannot be read, or given back, goes all the same: it would stand here for ever
        Installation.objects.filter(pk=key).delete()


def _give_back_access(row: Installation, factory: ClientFactory) -> None:
    """Only what this installation brought: keys that a person typed in, or that are in use, are left alone."""
    if not row.request_token or row.agreement_id:
        return
    # Rackbeat may have forgotten the request, or be out of reach: the token dies within the hour either way.
    with suppress(RemoteError):
        factory.handshake().cancel(row.request_token.reveal())
    if row.bearer:
        with suppress(RemoteError):
            factory.open_unbound(row.bearer.reveal(), "", unobserved).rackbeat.invalidate_token()


def account_of(factory: ClientFactory, bearer: str) -> dict[str, Any]:
    account = factory.open_unbound(bearer, "", unobserved).rackbeat.myself().user_account
    return {"id": account.id, "name": account.company_name, "cvr": account.company_vat or ""}


def ledger_of(factory: ClientFactory, grant: str) -> dict[str, Any]:
    ledger = factory.open_unbound("", grant, unobserved).economic.registers.myself()
    return {
        "number": ledger.agreementNumber,
        "name": ledger.company.name,
        "cvr": ledger.company.companyIdentificationNumber,
        "currency": ledger.settings.baseCurrency,
        "user": ledger.userName,
    }
