"""Who is calling: an app with a grant, or somebody who looks at the demo agreement (economic-api 1.1, 1.5)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from lagerbro_sandbox.economic.platform.modules import DIMENSION, NAMES, has_module
from lagerbro_sandbox.economic.platform.roles import ROLES, SUPER_USER, opens
from lagerbro_sandbox.economic.session import Session
from lagerbro_sandbox.economic.storage.store import Store
from lagerbro_sandbox.economic.wire.errors import ApiError
from lagerbro_sandbox.kernel.http import Request

DEMO: Final = "demo"
APPS: Final = "apps"
SUBSCRIPTION: Final = "subscription"
READ_ONLY: Final = "read-only"
NOBODY: Final = 0
"""The tenant of what belongs to no agreement, and of calls that nobody is known to have made."""
_NEEDS: Final = {"departments": DIMENSION, "departmental-distributions": DIMENSION}
"""By the first segment of a path: the module without which it is closed."""


@dataclass(frozen=True, slots=True)
class Caller:
    """`is_demo`: reads only. `in_address`: so named in the query, which links then carry on."""

    agreement: int
    secret: str
    is_demo: bool = False
    in_address: bool = False


def caller_of(store: Store, request: Request, *, on_rest: bool) -> Caller:
    """The caller; 401 for tokens that are missing, unknown, revoked, or not of one another (E02250)."""
    secret, grant = request.headers.get("x-appsecrettoken", ""), request.headers.get("x-agreementgranttoken", "")
    in_address = on_rest and not grant and _is_demo_request(request)
    if in_address or (secret, grant) == (DEMO, DEMO):
        row = store.connection.execute("SELECT MIN(number) FROM agreement").fetchone()
        if row[0] is not None:
            return Caller(int(row[0]), "", is_demo=True, in_address=in_address)
    row = store.connection.execute("SELECT * FROM permit WHERE token=?", (grant,)).fetchone()
    if not secret or row is None or row["revoked"]:
        raise ApiError(401, "Access denied.", "Send valid tokens.", "E01200")
    if row["app_secret"] != secret:
        raise ApiError(401, "The app secret does not correspond to the grant token.", "", "E02250")
    return Caller(int(row["agreement"]), secret)


def _is_demo_request(request: Request) -> bool:
    if DEMO not in request.query.lower():
        return False
    return any(name.lower() == DEMO and value.lower() == "true" for name, value in request.parameters())


def check(session: Session, caller: Caller, request: Request, *, on_rest: bool) -> None:
    """403 for a write to the demo agreement or to one whose subscription only reads, a role that the app lacks,
    a module that the agreement lacks."""
    if caller.is_demo and request.method != "GET":
        raise ApiError(403, "The demo agreement cannot be written to.", "Use the tokens of your own app.")
    if request.method != "GET" and session.get(SUBSCRIPTION, READ_ONLY) is not None:
        raise ApiError(403, "The license is read-only.", "The agreement's subscription does not let programs write.")
    if not on_rest:
        return
    roles = roles_here(session)
    if SUPER_USER not in roles and not opens(roles, request.path):
        raise ApiError(403, "The app has no role that opens this resource.", "Ask for the role with the app's grant.")
    needed = _NEEDS.get(request.path.strip("/").split("/", 1)[0].lower())
    if needed is not None and not has_module(session, needed):
        raise ApiError(403, f"Missing modules: {NAMES[needed]}", "The agreement needs the module.")


def roles_of(store: Store, secret: str) -> frozenset[str]:
    """The names of an app's roles; SuperUser where none were said."""
    registered_app = store.get(NOBODY, APPS, secret) if secret else None
    numbers = registered_app["roles"] if registered_app else ()
    return frozenset(ROLES[number] for number in numbers) or frozenset({SUPER_USER})


def roles_here(session: Session) -> frozenset[str]:
    """The roles of the app that asks: those it was registered with, else those that the agreement knows it by."""
    if session.app and session.store.get(NOBODY, APPS, session.app):
        return roles_of(session.store, session.app)
    required = session.company.get("application", {}).get("requiredRoles", ())
    return frozenset(str(role["name"]) for role in required) or frozenset({SUPER_USER})


def carrying_demo(value: Any, base: str) -> Any:  # noqa: ANN401 - JSON
    """An answer's body with `demo=true` on every link of ours."""
    if isinstance(value, dict):
        return {name: carrying_demo(item, base) for name, item in value.items()}
    if isinstance(value, list):
        return [carrying_demo(item, base) for item in value]
    if isinstance(value, str) and value.startswith(f"{base}/"):
        return f"{value}{'&' if '?' in value else '?'}demo=true"
    return value
