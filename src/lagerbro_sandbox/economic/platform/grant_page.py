"""The page where a person gives an app access to their agreement (economic-api 1.3).

`/secure/api1/requestaccess.aspx?appPublicToken=…&redirectUrl=…`: log in, see what the app asks for, *Tilføj app* or
*Afvis*. The caller gets `?token=` back, and nothing else: no state, no signature. That is how the real page is, so
whoever calls has to protect the binding themselves.
"""

from __future__ import annotations

import secrets
from html import escape
from typing import Final
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit, urlunsplit

from lagerbro_sandbox.economic.platform.callers import roles_of
from lagerbro_sandbox.economic.platform.roles import DANISH, SUPER_USER
from lagerbro_sandbox.economic.storage.store import Store
from lagerbro_sandbox.kernel.http import Request, Response
from lagerbro_sandbox.kernel.records import record

ADMIN: Final = "ADMIN"
PATH: Final = "/secure/api1/requestaccess.aspx"
_HTML: Final = {
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
}
_STYLE: Final = (
    "body{font:16px/1.5 system-ui,sans-serif;margin:0;background:#f3f5f7;color:#1b2733}"
    "main{max-width:440px;margin:8vh auto;background:#fff;border:1px solid #d8dee4;border-radius:6px;padding:32px}"
    "h1{font-size:22px;margin:0 0 16px}label{display:block;margin:16px 0 4px;font-weight:600}"
    "select,button{font:inherit;min-height:44px;width:100%;border:1px solid #7a8794;border-radius:6px;padding:0 12px}"
    "button{margin-top:16px;font-weight:600;cursor:pointer}"
    "ul{padding-left:20px}li{margin:8px 0}a{color:#0b5c8a}h2{font-size:18px;margin:16px 0 4px}"
    "ul.apps{list-style:none;padding:0}ul.apps li{border-top:1px solid #d8dee4;padding:16px 0;margin:0}"
    "ul.apps b{display:block}ul.apps small{color:#4a5763;font-size:14px}"
    "a.button{display:block;line-height:44px;text-align:center;border-radius:6px;background:#0b5c8a;color:#fff;"
    "text-decoration:none;font-weight:600}"
    "@media (prefers-color-scheme:dark){body{background:#10171e;color:#e7edf2}main{background:#18222c;"
    "border-color:#33414e}select,button{background:#10171e;color:inherit}a{color:#7cc4ee}ul.apps li{"
    "border-color:#33414e}ul.apps small{color:#a9b6c2}a.button{color:#fff}}"
    "button.yes{background:#0b5c8a;border-color:#0b5c8a;color:#fff}p{max-width:60ch}"
)


def answer(store: Store, request: Request) -> Response:
    """The page, or what pressing one of its buttons comes to."""
    given = {name.lower(): value for name, value in request.parameters()}
    public = given.get("apppublictoken") or given.get("appid", "")
    app = store.connection.execute("SELECT * FROM app WHERE public_token=?", (public,)).fetchone()
    if app is None:
        return page(404, "Ukendt app", "<p>Der findes ingen app med den nøgle.</p>")
    if request.method != "POST":
        return page(200, f"{app['name']} beder om adgang", _form(store, request, app["secret"]))
    pressed = {name: values[0] for name, values in parse_qs(request.body.decode("utf-8", "replace")).items()}
    back = given.get("redirecturl", "")
    if pressed.get("answer") != "yes":
        return _redirect(back, {}) if _is_web(back) else page(200, "Afvist", "<p>Appen har ikke fået adgang.</p>")
    missing = _missing(store, app["secret"], pressed.get("agreement", ""), pressed.get("user", ADMIN))
    if missing:
        text = "".join(f"<li>{escape(DANISH[name])}</li>" for name in missing)
        return page(403, "Du mangler rettigheder", f"<p>Din bruger har ikke selv disse roller:</p><ul>{text}</ul>")
    token = _grant(store, app["secret"], pressed.get("agreement", ""))
    if token is None:
        return page(400, "Ukendt aftale", "<p>Vælg en af dine aftaler.</p>")
    if _is_web(back):
        return _redirect(back, {"token": token})
    return page(200, "Adgang givet", f"<p>Aftalens nøgle:</p><p><code>{escape(token)}</code></p>")


def _grant(store: Store, secret: str, agreement: str) -> str | None:
    if not (agreement.isascii() and agreement.isdigit() and len(agreement) < 12):
        return None
    connection = store.connection
    if connection.execute("SELECT 1 FROM agreement WHERE number=?", (int(agreement),)).fetchone() is None:
        return None
    token = secrets.token_urlsafe(32)
    connection.execute("INSERT INTO permit VALUES (?,?,?,0)", (token, int(agreement), secret))
    return token


def _missing(store: Store, secret: str, agreement: str, login: str) -> list[str]:
    """The app's roles that the person does not have: nobody gives away more than they may do (economic-api 1.3)."""
    if not (agreement.isascii() and agreement.isdigit() and len(agreement) < 12):
        return []
    user = store.get(int(agreement), "users", login)
    own = set(user["roles"]) if user else ({SUPER_USER} if login == ADMIN else set())
    wanted = roles_of(store, secret)
    return [] if SUPER_USER in own else sorted(wanted - own)


def _users(store: Store) -> str:
    rows = store.connection.execute("SELECT DISTINCT body FROM record WHERE kind='users' ORDER BY key")
    people = [record(row["body"]) for row in rows] or [{"loginId": ADMIN, "name": "Administrator"}]
    named = {person["loginId"]: person["name"] for person in people}
    return "".join(f'<option value="{escape(login)}">{escape(name)}</option>' for login, name in named.items())


def _form(store: Store, request: Request, secret: str) -> str:
    roles = "".join(f"<li><strong>{escape(DANISH[name])}</strong></li>" for name in sorted(roles_of(store, secret)))
    rows = store.connection.execute("SELECT number, body FROM agreement ORDER BY number")
    options = "".join(
        f'<option value="{row["number"]}">{row["number"]} {escape(record(row["body"])["company"]["name"])}</option>'
        for row in rows
    )
    return (
        f'<form method="post" action="{PATH}?{escape(request.query)}">'
        f'<label for="agreement">Log ind på aftale</label><select id="agreement" name="agreement">{options}</select>'
        f'<label for="user">Bruger</label><select id="user" name="user">{_users(store)}</select>'
        f"<p>Appen beder om rollerne:</p><ul>{roles}</ul>"
        '<button class="yes" name="answer" value="yes">Tilføj app</button>'
        '<button name="answer" value="no">Afvis</button></form>'
    )


def _is_web(url: str) -> bool:
    return urlsplit(url).scheme in ("http", "https") and bool(urlsplit(url).netloc)


def _redirect(url: str, extra: dict[str, str]) -> Response:
    parts = urlsplit(url)
    query = urlencode([*parse_qsl(parts.query, keep_blank_values=True), *extra.items()])
    return Response(302, {"Location": urlunsplit(parts._replace(query=query)), "Cache-Control": "no-store"})


def page(status: int, title: str, content: str, *, referrer: str = "no-referrer") -> Response:
    """`referrer`: a page whose form is to be known as its own tells itself where it came from."""
    html = (
        f'<!doctype html><html lang="da"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{_STYLE}</style></head>'
        f"<body><main><h1>{escape(title)}</h1>{content}</main></body></html>"
    )
    return Response(status, {**_HTML, "Referrer-Policy": referrer}, html.encode())
