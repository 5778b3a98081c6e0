"""Writing accounts on REST (economic-api 6.7, 14): no schema is published for it, so the form is that of the answer."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from lagerbro_sandbox.economic.registers import views, writing
from lagerbro_sandbox.economic.registers.definitions import REGISTERS
from lagerbro_sandbox.economic.registers.forms import ACCOUNT, DISTRIBUTION
from lagerbro_sandbox.economic.registers.routes import key_of
from lagerbro_sandbox.economic.rest.routing import Router
from lagerbro_sandbox.economic.session import Session
from lagerbro_sandbox.economic.wire.answers import body_of, ok
from lagerbro_sandbox.economic.wire.fields import Flag, Form, Group, Listed, Text, Whole
from lagerbro_sandbox.kernel.http import Request, Response
from lagerbro_sandbox.kernel.records import Record

TYPES: Final = ("profitAndLoss", "status", "totalFrom", "heading", "headingStart", "sumInterval", "sumAlpha")
_NUMBERED: Final = Group(required=True, fields={"accountNumber": Whole(required=True)})
FORM: Final[Form] = {
    "accountNumber": Whole(),
    "name": Text(required=True, longest=125, shortest=1),
    "accountType": Text(required=True, one_of=TYPES),
    "debitCredit": Text(one_of=("debit", "credit")),
    "barred": Flag(),
    "blockDirectEntries": Flag(),
    "vatAccount": replace(ACCOUNT, key="vatCode", kind="vat-accounts", text_key=True),
    "contraAccount": ACCOUNT,
    "totalFromAccount": ACCOUNT,
    "accountsSummed": Listed(fields={"fromAccount": _NUMBERED, "toAccount": _NUMBERED}),
    "departmentalDistribution": DISTRIBUTION,
}
_READ: Final = REGISTERS["accounts"]
_WRITTEN: Final = replace(_READ, form=FORM)


def add_to(router: Router) -> None:
    router.add("POST", "/accounts", _create)
    router.add("PUT", "/accounts/{}", _put)


def _create(session: Session, request: Request, _values: list[str]) -> Response:
    body = body_of(request)
    return _answer(session, writing.create(session, _WRITTEN, body, _always(body)), 201)


def _put(session: Session, request: Request, values: list[str]) -> Response:
    body = body_of(request)
    written, is_new = writing.replace(session, _WRITTEN, key_of(session, _READ, values[0]), body, _always(body))
    return _answer(session, written, 201 if is_new else 200)


def _always(body: object) -> Record:
    """What every account says, whether it was sent or not."""
    sent = body if isinstance(body, dict) else {}
    given = {"debitCredit": "debit", "blockDirectEntries": False}
    return {name: sent.get(name, usual) for name, usual in given.items()}


def _answer(session: Session, written: Record, status: int) -> Response:
    return ok(views.shown(session, _READ, views.completed(session, _READ, written)), status)
