"""The steps of an installation as its pages list them: in one order from the first page to the settings."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lagerbro.agreements.models import Agreement, AgreementState, Installation
from lagerbro.connections.installations import Stage, stage

_ACCESS = _("Give access in e-conomic")
_INSTALL = _("Press Installér in Rackbeat")
_CONFIRM = _("Confirm both companies")
_SETTINGS = _("Answer the settings")


@dataclass(frozen=True, slots=True)
class Step:
    """`is_done` before `is_current`; what is neither comes later."""

    words: str | Promise
    is_done: bool
    is_current: bool


def install_steps(row: Installation) -> list[Step]:
    """Who connects again, or types two keys, has fewer."""
    at = stage(row)
    if row.reconnects_id:
        return _steps((_ACCESS, _CONFIRM), 0 if at is Stage.LEDGER else 1)
    if at is Stage.DONE:
        return _steps(_order(row), 3)
    if row.bearer and not row.request_token:
        return _steps((_("Type both API keys"), _CONFIRM, _SETTINGS), 1)
    if at in (Stage.CHECK, Stage.CONFIRM):
        return _steps(_order(row), 2)
    access_first = row.begun_in_economic
    return _steps(_order(row), int((at is Stage.LEDGER) != access_first))


def last_step(agreement: Agreement) -> list[Step]:
    """On the settings page of what has just been installed."""
    if agreement.state != AgreementState.INSTALLING or agreement.activated_at is not None:
        return []
    row = Installation.objects.defer("request_token", "bearer", "grant").filter(agreement=agreement).last()
    return _steps(_order(row) if row is not None else (_INSTALL, _ACCESS, _CONFIRM, _SETTINGS), 3)


def _order(row: Installation) -> tuple[str | Promise, ...]:
    first = (_ACCESS, _INSTALL) if row.begun_in_economic else (_INSTALL, _ACCESS)
    return (*first, _CONFIRM, _SETTINGS)


def _steps(words: tuple[str | Promise, ...], current: int) -> list[Step]:
    return [Step(one, at < current, at == current) for at, one in enumerate(words)]


def first_page(agreement: Agreement) -> str:
    """Where somebody who has connected a company goes on: the settings until it is activated."""
    page = "settings" if agreement.state == AgreementState.INSTALLING else "overview"
    return reverse(page, kwargs={"public_id": agreement.public_id})
