"""What an app keeps in the agreement, and what is known of the agreement itself (economic-api 1.6, 6.6)."""

from __future__ import annotations

from typing import Final

from lagerbro_sandbox.economic.ledger.system_entries import EXCHANGE_ACCOUNT
from lagerbro_sandbox.economic.platform.callers import roles_here
from lagerbro_sandbox.economic.platform.roles import ROLES
from lagerbro_sandbox.economic.registers.forms import SETTING_FORM
from lagerbro_sandbox.economic.rest.listing import collection
from lagerbro_sandbox.economic.rest.references import known_fields
from lagerbro_sandbox.economic.rest.routing import Router
from lagerbro_sandbox.economic.session import Session
from lagerbro_sandbox.economic.wire import filterable as f
from lagerbro_sandbox.economic.wire.answers import body_of, ok
from lagerbro_sandbox.economic.wire.errors import ApiError, not_found
from lagerbro_sandbox.economic.wire.fields import Form, Group, Text, Whole, check
from lagerbro_sandbox.economic.wire.links import escaped, linked, unescaped
from lagerbro_sandbox.kernel.http import Request, Response
from lagerbro_sandbox.kernel.records import Record

SCOPES: Final = ("agreement", "user")
PER_SCOPE_MAX: Final = 200
_KEY_MAX: Final = 250
USER: Final[Form] = {
    "loginId": Text(required=True),
    "email": Text(required=True),
    "name": Text(required=True),
    "agreementNumber": Whole(required=True),
    "language": Group(
        required=True,
        fields={
            "languageNumber": Whole(required=True, least=-999_999_999),
            "name": Text(required=True),
            "culture": Text(required=True),
        },
    ),
}
COMPANY: Final[Form] = {
    "addressLine1": Text(required=True),
    "addressLine2": Text(),
    "zip": Text(required=True),
    "city": Text(required=True),
    "name": Text(required=True),
    "country": Text(),
    "phoneNumber": Text(required=True),
    "attention": Text(required=True),
    "website": Text(),
    "email": Text(required=True),
    "companyIdentificationNumber": Text(),
    "vatNumber": Text(),
}
BANK: Final[Form] = {
    "bankName": Text(),
    "bankSortCode": Text(),
    "bankAccountNumber": Text(),
    "pbsCustomerGroupNumber": Text(required=True),
    "pbsFiSupplierNumber": Text(),
    "bankGiroNumber": Text(),
    "swiftCode": Text(longest=20),
    "ibanNumber": Text(longest=50),
    "pbsNumber": Text(longest=8),
    "eanLocationNumber": Text(longest=13, shortest=13),
    "giro": Text(longest=20),
    "plusGiroNumber": Text(),
    "bankgirotCustomerNumber": Text(),
}
_SHOWN_BANK: Final = (
    "bankName",
    "bankSortCode",
    "bankAccountNumber",
    "pbsCustomerGroupNumber",
    "pbsFiSupplierNumber",
    "bankGiroNumber",
)


def add_to(router: Router) -> None:
    router.add("GET", "/app-settings", _scopes)
    for scope in SCOPES:
        routes = _Settings(scope)
        router.add("GET", f"/app-settings/{scope}", routes.listed)
        router.add("GET", f"/app-settings/{scope}/{{}}", routes.one)
        router.add("PUT", f"/app-settings/{scope}/{{}}", routes.put)
        router.add("DELETE", f"/app-settings/{scope}/{{}}", routes.removed)
    router.add("GET", "/self", lambda session, _request, _values: ok(myself(session)))
    router.add("PUT", "/self/user", _put_user)
    router.add("PUT", "/self/company", _put_company)
    router.add("PUT", "/self/company/bankinformation", _put_bank)


def _scopes(session: Session, _request: Request, _values: list[str]) -> Response:
    address = f"{session.base}/app-settings"
    return ok({**{scope: f"{address}/{scope}" for scope in SCOPES}, "self": address})


class _Settings:
    """Keys and texts of one app; some 200 of them per scope."""

    def __init__(self, scope: str) -> None:
        self.scope = scope

    def _kind(self, session: Session) -> str:
        """Apart for every app, so that one does not read another's."""
        return f"app-settings.{self.scope}.{session.app}"

    def listed(self, session: Session, request: Request, _values: list[str]) -> Response:
        rows = session.all(self._kind(session))
        return ok(collection(session, request, rows, f.NONE, lambda row: self._shown(session, row)))

    def one(self, session: Session, _request: Request, values: list[str]) -> Response:
        setting = session.get(self._kind(session), unescaped(values[0]))
        if setting is None:
            raise not_found()
        return ok(self._shown(session, setting))

    def put(self, session: Session, request: Request, values: list[str]) -> Response:
        """Keep it, new or not."""
        sent = check(body_of(request), SETTING_FORM, f"/schema/app-settings.{self.scope}.settingId.put.schema.json")
        kind, key = self._kind(session), unescaped(values[0])
        is_new = session.get(kind, key) is None
        if is_new and session.store.count(session.agreement, kind) >= PER_SCOPE_MAX:
            raise ApiError(400, f"At most {PER_SCOPE_MAX} settings are kept.", "Delete settings first.", "E06200")
        if len(key) > _KEY_MAX:
            raise not_found()
        record: Record = {"settingId": key, **known_fields(sent, SETTING_FORM)}
        session.put(kind, key, record)
        return ok(self._shown(session, record), 201 if is_new else 200)

    def removed(self, session: Session, _request: Request, values: list[str]) -> Response:
        if not session.store.delete(session.agreement, self._kind(session), unescaped(values[0])):
            raise not_found("E06000")
        return Response(204)

    def _shown(self, session: Session, row: Record) -> Record:
        return {**row, "self": f"{session.base}/app-settings/{self.scope}/{escaped(row['settingId'])}"}


def myself(session: Session) -> Record:
    """Who asks, and in which agreement."""
    body = linked(
        {name: value for name, value in session.company.items() if name not in ("rates", EXCHANGE_ACCOUNT)},
        session.base,
    )
    language = {**body["user"]["language"], "self": f"{session.base}/languages/1"}
    bank = {name: value for name, value in body.get("bankInformation", {}).items() if name in _SHOWN_BANK}
    return {
        **body,
        "user": {name: value for name, value in {**body["user"], "language": language}.items() if name != "self"},
        "bankInformation": bank,
        "application": {**body["application"], **_app(session), "self": f"{session.base}/self/application"},
        "self": f"{session.base}/self",
    }


def _app(session: Session) -> Record:
    """The app that asks."""
    row = session.store.connection.execute("SELECT * FROM app WHERE secret=?", (session.app,)).fetchone()
    if row is None:
        return {}
    names = roles_here(session)
    roles = [{"roleNumber": number, "name": name} for number, name in ROLES.items() if name in names]
    required = [linked(role, session.base) for role in roles]
    return {
        "appNumber": row["number"],
        "name": row["name"],
        "appPublicToken": row["public_token"],
        "requiredRoles": required,
    }


def _put_user(session: Session, request: Request, _values: list[str]) -> Response:
    sent = check(body_of(request), USER, "/schema/self.user.put.schema.json")
    if sent["agreementNumber"] != session.agreement:
        raise ApiError(400, "The user is another agreement's.", "Send the agreement's own number.", "E06000")
    user = known_fields(sent, USER)
    session.change_company({"user": user, "userName": user["loginId"]})
    return ok({**linked(user, session.base), "self": f"{session.base}/self/user"})


def _put_company(session: Session, request: Request, _values: list[str]) -> Response:
    sent = check(body_of(request), COMPANY, "/schema/self.company.put.schema.json")
    company = known_fields(sent, COMPANY)
    session.change_company({"company": company})
    return ok({**company, "self": f"{session.base}/self/company"})


def _put_bank(session: Session, request: Request, _values: list[str]) -> Response:
    sent = check(body_of(request), BANK, "/schema/self.company.bankinformation.put.schema.json")
    bank = known_fields(sent, BANK)
    session.change_company({"bankInformation": bank})
    return ok({**bank, "self": f"{session.base}/self/company/bankinformation"})
