"""Signing in: a person picks one of the accounts and may change to another at any time."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from lagerbro_sandbox.kernel import pages
from lagerbro_sandbox.kernel.http import Request, Response
from lagerbro_sandbox.rackbeat.pages.visit import PACKAGE, ROOT
from lagerbro_sandbox.rackbeat.platform import accounts
from lagerbro_sandbox.rackbeat.session import Session
from lagerbro_sandbox.rackbeat.state import RackbeatState
from lagerbro_sandbox.rackbeat.storage.store import Store

PATH: Final = "sign-in"
COOKIE: Final = "rackbeat_account"
_TEMPLATES: Final = pages.environment(PACKAGE)


def address(request: Request) -> str:
    """Where to sign in, and come back from."""
    back = request.path + (f"?{request.query}" if request.query else "")
    return f"{ROOT}/{PATH}?next={quote(back, safe='')}" if request.method == "GET" else f"{ROOT}/{PATH}"


def session(state: RackbeatState, request: Request, base: str) -> Session | None:
    """The account that the cookie names."""
    account = accounts.find(state.store, pages.cookies(request).get(COOKIE, ""))
    return None if account is None else state.session(account, base)


def answer(store: Store, request: Request) -> Response:
    """The list of accounts, or the choice of one."""
    back = pages.own_address(dict(request.parameters()).get("next", ""), ROOT)
    if request.method == "POST":
        sent = dict(pages.form(request))
        chosen = accounts.find(store, sent.get("account", ""))
        if chosen is not None:
            cookie = f"{COOKIE}={chosen['id']}; Path={ROOT}; HttpOnly; SameSite=Lax"
            return pages.redirect(pages.own_address(sent.get("next", ""), ROOT), headers={"Set-Cookie": cookie})
    known = {"root": ROOT, "back": back, "accounts": accounts.listed(store)}
    content = _TEMPLATES.get_template("sign_in.html").render(known)
    return pages.html(content, 422 if request.method == "POST" else 200)
