"""Currencies and their rates, base currency per one unit (rackbeat-api 3.11). A document freezes the rate it is made
with; the base currency never changes (D).
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from lagerbro_sandbox.kernel.http import Response
from lagerbro_sandbox.kernel.json import to_json
from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.rackbeat.registers.field_readers import number
from lagerbro_sandbox.rackbeat.registers.forms import Field, filled
from lagerbro_sandbox.rackbeat.session import Session
from lagerbro_sandbox.rackbeat.wire.answers import one
from lagerbro_sandbox.rackbeat.wire.errors import invalid, not_found
from lagerbro_sandbox.rackbeat.wire.listing import page
from lagerbro_sandbox.rackbeat.wire.querying import Listing
from lagerbro_sandbox.rackbeat.wire.routing import Call, Router

KIND: Final = "currencies"
PATHS: Final = ("currencies", "currency")
"""`currency` in 2018 (S), `currencies` today (C)."""
_FORM: Final = (Field("rate", number(Decimal("0.000001"), Decimal(1_000_000)), required=True),)


def add_to(router: Router) -> None:
    for path in PATHS:
        router.add("GET", path, _listed)
        router.add("GET", f"{path}/{{}}", _read)
        router.add("PUT", f"{path}/{{}}", _fixed)
        router.add("PUT", f"{path}/{{}}/reset", _reset)
        router.add("POST", f"{path}/{{}}/reset", _reset)


def _listed(session: Session, call: Call) -> Response:
    return page(session, call.given, Listing(KIND, KIND), lambda record: _shown(session, record))


def _read(session: Session, call: Call) -> Response:
    return one("currency", _shown(session, _get(session, call.key)))


def _fixed(session: Session, call: Call) -> Response:
    """A rate fixed by hand stands until it is reset (D)."""
    record = _get(session, call.key)
    if record["code"] == session.company["base_currency"]:
        raise invalid(rate="The base currency has no rate of its own.")
    return _store(session, {**record, **filled(session, _FORM, call.body), "is_custom": True})


def _reset(session: Session, call: Call) -> Response:
    record = _get(session, call.key)
    return _store(session, {**record, "rate": record["market_rate"], "is_custom": False})


def _store(session: Session, record: Record) -> Response:
    record["updated_at"] = session.timestamp()
    session.put(KIND, record["code"], record)
    rates = {**session.company["rates"], record["code"]: str(record["rate"])}
    company = {**session.company, "rates": rates}
    session.store.connection.execute(
        "UPDATE account SET body=? WHERE id=?", (to_json(company).decode(), session.account)
    )
    return one("currency", _shown(session, record))


def _get(session: Session, key: str) -> Record:
    currency = session.get(KIND, key.upper())
    if currency is None:
        raise not_found()
    return currency


def _shown(session: Session, record: Record) -> Record:
    shown = {name: value for name, value in record.items() if name not in ("number", "market_rate")}
    return {**shown, "self": f"{session.base}/api/currencies/{record['code']}"}
