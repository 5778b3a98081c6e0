"""Settings of the account, users, and looking companies up by their VAT number (rackbeat-api 2.1)."""

from __future__ import annotations

from typing import Any, Final

from lagerbro_sandbox.kernel.http import Response
from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.rackbeat.choices import FIXED_SETTINGS
from lagerbro_sandbox.rackbeat.session import Session
from lagerbro_sandbox.rackbeat.wire.answers import one, plain
from lagerbro_sandbox.rackbeat.wire.errors import invalid, not_found
from lagerbro_sandbox.rackbeat.wire.listing import page, whole
from lagerbro_sandbox.rackbeat.wire.querying import Listing
from lagerbro_sandbox.rackbeat.wire.routing import Call, Router

KIND: Final = "settings"


def add_to(router: Router) -> None:
    router.add("GET", "settings", _listed)
    router.add("GET", "settings-keyvalue", _flat)
    router.add("GET", "settings/{}", _read)
    router.add("PUT", "settings/{}", _changed)
    router.add("GET", "users", _users)
    router.add("GET", "users/{}", _user)
    router.add("GET", "vat-info/{}/collect/{}", _company)


def seeds(company: Record) -> list[Record]:
    """What an account begins with. The identifiers are not public (P)."""
    settings: dict[str, Any] = {
        "company_name": company["company_name"],
        "company_vat": company.get("company_vat"),
        "base_currency": company["base_currency"],
        "costing_principle": company.get("costing", "average"),
        "locale": "da-DK",
        "country": "DK",
    }
    return [{"identifier": name, "value": value, "type": "string"} for name, value in settings.items()]


def _listed(session: Session, _call: Call) -> Response:
    return whole(KIND, session.all(KIND))


def _flat(session: Session, _call: Call) -> Response:
    return plain({setting["identifier"]: setting["value"] for setting in session.all(KIND)})


def _read(session: Session, call: Call) -> Response:
    """Without an envelope (P)."""
    return plain(_get(session, call.key))


def _changed(session: Session, call: Call) -> Response:
    setting = _get(session, call.key)
    value = call.body.get("value")
    if "value" not in call.body or isinstance(value, dict | list):
        raise invalid(value="The value field is required.")
    if setting["identifier"] in FIXED_SETTINGS and value != setting["value"]:
        raise invalid(value="The setting was fixed when the account was opened.")
    setting = {**setting, "value": value}
    session.put(KIND, setting["identifier"], setting)
    return plain(setting)


def _get(session: Session, key: str) -> Record:
    setting = session.get(KIND, key)
    if setting is None:
        raise not_found()
    return setting


def _users(session: Session, call: Call) -> Response:
    return page(session, call.given, Listing("users", "users"), lambda user: _user_shown(session, user))


def _user(session: Session, call: Call) -> Response:
    user = session.get("users", call.key)
    if user is None:
        raise not_found()
    return one("user", _user_shown(session, user))


def _user_shown(session: Session, user: Record) -> Record:
    return {**user, "is_you": user["id"] == session.user()["id"]}


def _company(session: Session, call: Call) -> Response:
    """Looks among the account's own parties: no register of companies can be reached from here (P)."""
    wanted = call.values[1].upper().removeprefix(call.key.upper())
    for kind in ("customers", "suppliers"):
        for vat in dict.fromkeys((wanted, f"{call.key.upper()}{wanted}")):
            row = session.store.find(session.account, kind, "company_vat", vat)
            if row is not None:
                return plain({"vat_info": _existing(row, call.key.upper())})
    raise not_found()


def _existing(party: Record, country: str) -> Record:
    parts = ("street", "zipcode", "city", "country")
    address = {part: party.get(f"address_{part}") for part in parts}
    return {"name": party["name"], "vat": party["company_vat"], "country_code": country, **address}
