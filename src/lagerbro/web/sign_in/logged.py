"""What the log says of signing in: who did, who was refused and from which network, what they changed about it.

People stand there by their number: the log is read by whoever runs the machine, not by the company.
"""

from __future__ import annotations

from typing import Any, Final

import structlog
from allauth.account import signals as account
from allauth.account.adapter import get_adapter
from allauth.mfa import signals as mfa
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.signals import user_logged_out
from django.dispatch import Signal
from django.http import HttpRequest

from lagerbro.web.sign_in.tries import network_of

log = structlog.get_logger()

_DONE: Final = {
    "signed_in": account.user_logged_in,
    "signed_out": user_logged_out,
    "signed_up": account.user_signed_up,
    "password_changed": account.password_changed,
    "password_reset": account.password_reset,
    "second_factor_added": mfa.authenticator_added,
    "second_factor_removed": mfa.authenticator_removed,
    "recovery_codes_made": mfa.authenticator_reset,
}


def connect() -> None:
    for event, signal in _DONE.items():
        _tell(event, signal)
    mfa.authentication_failed.connect(_second_factor_refused, dispatch_uid="log.second_factor_refused")


def _tell(event: str, signal: Signal) -> None:
    def done(request: HttpRequest | None = None, user: AbstractBaseUser | None = None, **_: Any) -> None:  # noqa: ANN401 - Django's own
        if user is not None:
            log.info(event, person=user.pk, network=network(request))

    signal.connect(done, weak=False, dispatch_uid=f"log.{event}")


def _second_factor_refused(request: HttpRequest, user: AbstractBaseUser, **_: Any) -> None:  # noqa: ANN401 - Django's own
    log.warning("second_factor_refused", person=user.pk, network=network(request))


def refused(request: HttpRequest) -> None:
    """A wrong password, or nobody's address: which of them is not said."""
    log.warning("sign_in_refused", network=network(request))


def limited(request: HttpRequest) -> None:
    log.warning("sign_in_limited", network=network(request))


def network(request: HttpRequest | None) -> str:
    return network_of(get_adapter().get_client_ip(request)) if request is not None else ""
