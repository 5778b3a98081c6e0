"""Who am I, and tokens (rackbeat-api 2.1, 1.1)."""

from __future__ import annotations

from typing import Final

from lagerbro_sandbox.kernel.http import Response
from lagerbro_sandbox.rackbeat.platform import tokens
from lagerbro_sandbox.rackbeat.session import Session
from lagerbro_sandbox.rackbeat.wire.answers import plain
from lagerbro_sandbox.rackbeat.wire.routing import Call, Router

_HIDDEN: Final = ("rates", "base_currency", "costing")


def add_to(router: Router) -> None:
    router.add("GET", "self", _myself)
    router.add("GET", "stats", _stats)
    router.add("POST", "tokens/replace-current", _replaced)


def _myself(session: Session, _call: Call) -> Response:
    account = {name: value for name, value in session.company.items() if name not in _HIDDEN}
    return plain({"user_account": account, "user": session.user()})


def _stats(session: Session, _call: Call) -> Response:
    """How many there are of each kind (S; the names are ours)."""
    kinds = ("customers", "suppliers", "products", "lots", "orders", "customer-invoices", "supplier-invoices")
    return plain({kind.replace("-", "_"): session.store.total(session.account, kind) for kind in kinds})


def _replaced(session: Session, _call: Call) -> Response:
    return plain(tokens.replace(session))
