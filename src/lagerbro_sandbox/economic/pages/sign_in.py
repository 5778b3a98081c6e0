"""Signing in: a person picks an agreement and a user in it, and may change both at any time."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote, unquote

from lagerbro_sandbox.economic.pages.visit import PACKAGE, ROOT
from lagerbro_sandbox.economic.platform.roles import DANISH as ROLES
from lagerbro_sandbox.economic.platform.roles import SUPER_USER
from lagerbro_sandbox.economic.storage.store import Store
from lagerbro_sandbox.kernel import pages
from lagerbro_sandbox.kernel.http import Request, Response
from lagerbro_sandbox.kernel.records import Record, record

PATH: Final = "sign-in"
COOKIE: Final = "economic_user"
_TEMPLATES: Final = pages.environment(PACKAGE)
_ADMIN: Final[Record] = {"loginId": "ADMIN", "name": "Administrator", "roles": [SUPER_USER]}
"""Who there is in an agreement that names no users."""


def address(request: Request) -> str:
    """Where to sign in, and come back from."""
    back = request.path + (f"?{request.query}" if request.query else "")
    return f"{ROOT}/{PATH}?next={quote(back, safe='')}" if request.method == "GET" else f"{ROOT}/{PATH}"


def chosen(store: Store, request: Request) -> tuple[int, Record] | None:
    """The agreement and user that the cookie names."""
    return _find_person(store, unquote(pages.cookies(request).get(COOKIE, "")))


def answer(store: Store, request: Request) -> Response:
    """The list of agreements and users, or the choice of one."""
    back = pages.own_address(dict(request.parameters()).get("next", ""), ROOT)
    if request.method == "POST":
        sent = dict(pages.form(request))
        person = _find_person(store, sent.get("user", ""))
        if person is not None:
            value = quote(f"{person[0]}.{person[1]['loginId']}", safe=".")
            cookie = f"{COOKIE}={value}; Path={ROOT}; HttpOnly; SameSite=Lax"
            return pages.redirect(pages.own_address(sent.get("next", ""), ROOT), headers={"Set-Cookie": cookie})
    known = {"root": ROOT, "back": back, "agreements": _agreements(store), "roles": ROLES}
    content = _TEMPLATES.get_template("sign_in.html").render(known)
    return pages.html(content, 422 if request.method == "POST" else 200)


def _agreements(store: Store) -> list[Record]:
    rows = store.connection.execute("SELECT number, body FROM agreement ORDER BY number")
    return [
        {"number": row["number"], "name": record(row["body"])["company"]["name"], "users": _users(store, row[0])}
        for row in rows.fetchall()
    ]


def _users(store: Store, agreement: int) -> list[Record]:
    return store.all(agreement, "users") or [_ADMIN]


def _find_person(store: Store, text: str) -> tuple[int, Record] | None:
    number, _, login = text.partition(".")
    if not (number.isascii() and number.isdigit() and len(number) < 12):
        return None
    sql = "SELECT 1 FROM agreement WHERE number=?"
    if store.connection.execute(sql, (int(number),)).fetchone() is None:
        return None
    user = next((user for user in _users(store, int(number)) if user["loginId"] == login), None)
    return None if user is None else (int(number), user)
