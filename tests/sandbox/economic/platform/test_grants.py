"""The grant page (economic-api 1.3): roles shown, added or refused, the token back to the caller and nothing else."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from lagerbro_sandbox.kernel.http import Request, Response
from tests.sandboxes import APP_SECRET, Sandboxes

PATH = "/secure/api1/requestaccess.aspx"
BACK = "redirectUrl=http%3A%2F%2F127.0.0.1%3A8000%2Freturn%3Fa%3Db&locale=da-DK"


def ask(systems: Sandboxes, query: str, pressed: str | None = None) -> Response:
    body = (pressed or "").encode()
    return systems.economic.handle(Request("GET" if pressed is None else "POST", PATH, query, {}, body, "e.test"))


def test_add_the_app_and_use_the_token(systems: Sandboxes) -> None:
    page = ask(systems, f"appPublicToken=public&{BACK}")
    assert page.status == 200
    text = page.body.decode()
    assert all(word in text for word in ("Lagerbro", "Superbruger", "Tilføj app", "Afvis", "Nordlys Cykler ApS"))
    answer = ask(systems, f"appPublicToken=public&{BACK}", "answer=yes&agreement=1180001")
    assert answer.status == 302
    back = urlsplit(answer.headers["Location"])
    given = parse_qs(back.query)
    assert (back.netloc, back.path, given["a"], set(given)) == ("127.0.0.1:8000", "/return", ["b"], {"a", "token"})
    tokens = {"x-appsecrettoken": APP_SECRET, "x-agreementgranttoken": given["token"][0]}
    assert systems.economic.handle(Request("GET", "/self", "", tokens)).status == 200
    systems.admin("economic", "grants/revoke", agreement=1180001)
    assert systems.economic.handle(Request("GET", "/self", "", tokens)).status == 401


def test_refusing_gives_nothing(systems: Sandboxes) -> None:
    before = systems.economic.store.connection.execute("SELECT COUNT(*) FROM permit").fetchone()[0]
    answer = ask(systems, f"appPublicToken=public&{BACK}", "answer=no&agreement=1180001")
    assert (answer.status, "token" in answer.headers["Location"]) == (302, False)
    assert ask(systems, "appPublicToken=unknown").status == 404
    assert ask(systems, "appPublicToken=public", "answer=yes&agreement=1").status == 400
    assert ask(systems, "appPublicToken=public", "answer=yes&agreement=x").status == 400
    script = ask(systems, "appPublicToken=public&redirectUrl=javascript%3Aalert(1)", "answer=yes&agreement=1180001")
    assert (script.status, "Location" in script.headers) == (200, False)
    after = systems.economic.store.connection.execute("SELECT COUNT(*) FROM permit").fetchone()[0]
    assert after == before + 1  # the last one shows its token on the page


def test_what_is_typed_in_the_address_is_text_on_the_page(systems: Sandboxes) -> None:
    page = ask(systems, 'appPublicToken=public&redirectUrl="><script>alert(1)</script>').body.decode()
    assert "<script>" not in page
