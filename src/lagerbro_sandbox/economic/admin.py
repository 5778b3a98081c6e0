"""The admin door of the local e-conomic: its own acts beside the common ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

import msgspec

from lagerbro_sandbox.economic.journals import payments
from lagerbro_sandbox.economic.platform import callers
from lagerbro_sandbox.economic.platform.idempotency import KEY_LIFE, forget_all
from lagerbro_sandbox.economic.platform.modules import NAMES as MODULES
from lagerbro_sandbox.economic.platform.roles import ROLES
from lagerbro_sandbox.economic.services import webhooks
from lagerbro_sandbox.economic.state import EconomicState
from lagerbro_sandbox.economic.storage import outbox
from lagerbro_sandbox.economic.wire.webhook_events import EVENTS
from lagerbro_sandbox.kernel import admin
from lagerbro_sandbox.kernel.admin import Act, Body
from lagerbro_sandbox.kernel.http import Request, Response


def answer(state: EconomicState, request: Request) -> Response:
    """Answer a request to the door."""
    return admin.answer(state, request, _ACTS)


def _keys(state: EconomicState, body: Body) -> Body:
    """Keep the answers to idempotency keys or not; `life_s`: for how long (an hour unless told)."""
    switches = state.switches
    switches.keys_are_kept = bool(body["kept"])
    switches.key_life = timedelta(seconds=int(body["life_s"])) if "life_s" in body else KEY_LIFE
    return {"kept": switches.keys_are_kept, "life_s": int(switches.key_life.total_seconds())}


def _forget_keys(state: EconomicState, _body: Body) -> Body:
    """Forget now what every key was answered; new answers are kept as before."""
    return {"forgotten": forget_all(state.store.connection)}


def _revoke(state: EconomicState, body: Body) -> Body:
    done = state.store.connection.execute(
        "UPDATE permit SET revoked=? WHERE agreement=?", (int(body.get("revoked", True)), body["agreement"])
    )
    return {"grants": done.rowcount}


def _bar(state: EconomicState, body: Body) -> Body:
    """Bar, or with `barred: false` unbar, a customer, product or account."""
    agreement, kind, key = int(body["agreement"]), str(body["kind"]), str(body["key"])
    record = state.store.get(agreement, kind, key)
    if record is None:
        raise KeyError(f"{kind} {key}")
    record["barred"] = bool(body.get("barred", True))
    state.store.put(agreement, kind, key, record)
    return {"barred": record["barred"]}


def _close_year(state: EconomicState, body: Body) -> Body:
    agreement, key = int(body["agreement"]), str(body["year"])
    record = state.store.get(agreement, "accounting-years", key)
    if record is None:
        raise KeyError(f"accounting year {key}")
    record["closed"] = bool(body.get("closed", True))
    state.store.put(agreement, "accounting-years", key, record)
    return {"closed": record["closed"]}


def _voucher_delay(state: EconomicState, body: Body) -> Body:
    """For how long a new voucher is not found (economic-api 4.4); 0: not at all."""
    state.store.set_switch("voucher_delay_ms", int(body["ms"]))
    return {"ms": state.store.switch("voucher_delay_ms")}


def _bar_period(state: EconomicState, body: Body) -> Body:
    """Bar the period that the date is in, or with `barred: false` open it again."""
    agreement, key, month = int(body["agreement"]), str(body["year"]), str(body["date"])[:7]
    record = state.store.get(agreement, "accounting-years", key)
    if record is None:
        raise KeyError(f"accounting year {key}")
    barred = {*record.get("barredPeriods", ())} - {month}
    record["barredPeriods"] = sorted(barred | ({month} if body.get("barred", True) else set()))
    state.store.put(agreement, "accounting-years", key, record)
    return {"barredPeriods": record["barredPeriods"]}


def _approve(state: EconomicState, body: Body) -> Body:
    """Approve a draft entry as an administrator would, or with `approved: false` take it back (economic-api 8.1)."""
    agreement, number = int(body["agreement"]), int(body["entryNumber"])
    row = state.store.draft_entries.one(agreement, number)
    if row is None:
        raise KeyError(f"draft entry {number}")
    row["approved"] = bool(body.get("approved", True))
    state.store.draft_entries.put_beside(agreement, row)
    return {"approved": row["approved"]}


def _configure_webhook(state: EconomicState, body: Body) -> Body:
    """What a person does under *Web hooks*: any address, merge fields in it or in the body (economic-api 11.1)."""
    event = str(body["event"]).upper()
    if event not in EVENTS:
        raise KeyError(f"event {event}; there are {', '.join(EVENTS)}")
    named = {"eventType": event, "name": body.get("name", event), "url": str(body["url"])}
    hook = webhooks.Hook.of({"contentType": "application/x-www-form-urlencoded", **body, **named})
    webhooks.put(state.session(int(body["agreement"]), "localhost"), webhooks.IN_UI, hook)
    return {"event": event}


def _switch_webhooks(state: EconomicState, body: Body) -> Body:
    """How deliveries behave from now on; what is not named is as it was at the start."""
    how = msgspec.convert(body, outbox.Switches)
    if how.late_s < 0 or how.lost < 0 or how.disable_after < 1:
        raise ValueError("late_s and lost are zero or more, disable_after is one or more")
    outbox.set_switches(state.store.connection, how)
    return asdict(how)


def _pay(state: EconomicState, body: Body) -> Body:
    """A customer pays an invoice into a bank account: `amount` in the invoice's currency, minus for a credit note;
    `currency` and `exchangeRate` (per 100) where the payment has others."""
    agreement, number = int(body["agreement"]), int(body["invoice"])
    session = state.session(agreement, "localhost")
    day = date.fromisoformat(body["date"]) if "date" in body else session.today()
    rate = Decimal(str(body["exchangeRate"])) if "exchangeRate" in body else None
    money, account = Decimal(str(body["amount"])), int(body["account"])
    payments.receive(session, number, money, account, day, currency=body.get("currency"), rate=rate)
    remainder = (session.get("booked", number) or {})["remainder"]
    return {"invoice": number, "remainder": remainder}


def _strict(state: EconomicState, body: Body) -> Body:
    """Take the strict reading where the evidence on the real system conflicts: `about` is `sendBy`."""
    state.store.set_switch(f"strict {body['about']}", int(bool(body.get("strict", True))))
    return {"about": body["about"], "strict": bool(state.store.switch(f"strict {body['about']}"))}


def _modules(state: EconomicState, body: Body) -> Body:
    """Which modules the agreement has, by number."""
    numbers = [int(number) for number in body["modules"]]
    session = state.session(int(body["agreement"]), "localhost")
    session.change_company({"modules": [{"moduleNumber": n, "name": MODULES[n]} for n in numbers]})
    return {"modules": numbers}


def _subscription(state: EconomicState, body: Body) -> Body:
    """Whether the agreement's subscription lets programs only read: every write then is 403."""
    is_read_only, key = bool(body.get("readOnly", True)), (callers.SUBSCRIPTION, callers.READ_ONLY)
    if is_read_only:
        state.store.put(int(body["agreement"]), *key, {})
    else:
        state.store.delete(int(body["agreement"]), *key)
    return {"readOnly": is_read_only}


def _roles(state: EconomicState, body: Body) -> Body:
    """Which roles an app asks for, by number; the app is made where there is none with this secret."""
    numbers = [int(number) for number in body["roles"]]
    if not set(numbers) <= set(ROLES):
        raise ValueError(f"roles are {ROLES}")
    secret = str(body["secret"])
    values = (secret, int(body.get("number", 1)), str(body.get("publicToken", f"public-{secret}")), str(body["name"]))
    state.store.connection.execute("INSERT OR IGNORE INTO app VALUES (?,?,?,?)", values)
    state.store.put(callers.NOBODY, callers.APPS, secret, {"roles": numbers})
    return {"roles": numbers}


def _bucket(state: EconomicState, body: Body) -> Body:
    """How many tokens an agreement has per minute (economic-api 4.2)."""
    state.switches.bucket = int(body["size"])
    return {"size": state.switches.bucket}


def _older_errors(state: EconomicState, body: Body) -> Body:
    """Let REST complain in the older shape, or with `older: false` in the present one (economic-api 5.1)."""
    state.switches.has_older_errors = bool(body.get("older", True))
    return {"older": state.switches.has_older_errors}


_ACTS: Final[Mapping[str, Act[EconomicState]]] = {
    "idempotency": _keys,
    "idempotency/forget": _forget_keys,
    "grants/revoke": _revoke,
    "bar": _bar,
    "years/close": _close_year,
    "periods/bar": _bar_period,
    "entries/approve": _approve,
    "webhooks/configure": _configure_webhook,
    "webhooks/switch": _switch_webhooks,
    "vouchers/delay": _voucher_delay,
    "invoices/pay": _pay,
    "strict": _strict,
    "modules/set": _modules,
    "subscription": _subscription,
    "apps/roles": _roles,
    "bucket": _bucket,
    "errors/older": _older_errors,
}
