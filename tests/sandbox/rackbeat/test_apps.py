"""Apps: installed by a person, spoken with by their tokens, uninstalled. The letter is the evidence (reference 0)."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from lagerbro_sandbox.kernel.http import Request
from lagerbro_sandbox.kernel.json import from_json
from lagerbro_sandbox.rackbeat.core import RackbeatSandbox
from tests.sandbox.rackbeat.calling import HOST, Browser, Caller, text_of
from tests.sandboxes import Sandboxes

INSTALL_URL = "http://127.0.0.1:9/onboarding/begin?lang=da"
SETTINGS = {"settings_url": "http://127.0.0.1:9/settings/4711/secret"}


@pytest.fixture
def person(systems: Sandboxes) -> Browser:
    systems.admin("rackbeat", "apps/register", slug="economic", name="e-conomic", install_url=INSTALL_URL)
    person = Browser(systems.rackbeat)
    person.sign_in()
    return person


def installed(person: Browser) -> Caller:
    """The app after a person has installed it and it has accepted."""
    answer = person.post("/pages/apps/economic/install")
    request = parse_qs(urlsplit(answer.headers["Location"]).query)["token"][0]
    call = Caller(person.core)
    _, body = call("POST", f"/integration/accept/{request}")
    return Caller(person.core, body["access_token"])


def test_c_installing_leads_to_the_integration_with_a_request_token(person: Browser) -> None:
    assert "Ikke installeret" in text_of(person.get("/pages/apps"))
    answer = person.post("/pages/apps/economic/install")
    away = urlsplit(answer.headers["Location"])
    given = parse_qs(away.query)
    assert (answer.status, away.netloc, away.path) == (302, "127.0.0.1:9", "/onboarding/begin")
    assert (sorted(given), given["lang"]) == (["lang", "token"], ["da"])
    status, body = Caller(person.core)("POST", f"/integration/accept/{given['token'][0]}")
    assert (status, body["app_slug"], body["redirect_to"]) == (
        200,
        "economic",
        f"http://{HOST}/pages/apps?said=installed",
    )
    page = text_of(person.get("/pages/apps?said=installed"))
    assert "Appen er installeret." in page
    assert "Installeret 24.11.2026" in page
    assert "Ikke installeret" not in page


def test_c_settings_stand_in_a_frame_that_takes_its_height(person: Browser) -> None:
    app = installed(person)
    assert "endnu ikke fortalt, hvor dens indstillinger er" in text_of(person.get("/pages/apps/economic/settings"))
    assert app("POST", "/api/plugins/economic/set-settings-url", SETTINGS)[0] == 200
    page = person.get("/pages/apps/economic/settings")
    assert b'<iframe class="app-settings" src="http://127.0.0.1:9/settings/4711/secret"' in page.body
    assert b'data-origin="http://127.0.0.1:9"' in page.body
    assert "frame-src http: https:" in page.headers["Content-Security-Policy"]
    script = person.get("/pages/static/frame.js")
    assert (script.status, b"event.data.height" in script.body) == (200, True)


@pytest.mark.parametrize("url", ["", 7, "ftp://x/y", "http://", "javascript:alert(1)", f"http://x/{'a' * 2000}"])
def test_p_a_settings_url_is_an_address_of_the_web(person: Browser, url: object) -> None:
    app = installed(person)
    status, body = app("POST", "/api/plugins/economic/set-settings-url", {"settings_url": url})
    assert (status, list(body["errors"])) == (422, ["settings_url"])
    assert app.get("user-account-plugins")[0]["settings_url"] is None
    assert app("POST", "/api/plugins/economic/set-settings-url", SETTINGS)[0] == 200
    assert app.get("user-account-plugins")[0]["settings_url"] == SETTINGS["settings_url"]


def test_p_uninstalling_tells_it_and_then_closes_the_access(person: Browser) -> None:
    app = installed(person)
    for event in ("plugin.uninstalled", "customer.created"):
        app.send("POST", "webhooks", {"event": event, "url": f"http://127.0.0.1:9/{event}"})
    plugin = app.get("user-account-plugins")[0]["id"]
    app.send("POST", "customers", {"name": "Ny"})
    assert person.post("/pages/apps/economic/uninstall").status == 303
    (told,) = person.core.due_deliveries()
    assert told.headers["Rackbeat-Webhook-Event"] == "plugin.uninstalled"
    assert from_json(told.body) == {"key_name": "id", "key": str(plugin)}
    assert app("GET", "/api/self") == (401, {"message": "Unauthenticated."})
    own = Caller(person.core)
    assert (own.get("webhooks"), own.get("user-account-plugins")) == ([], [])
    again = installed(person)
    assert again("GET", "/api/self")[0] == 200
    made = again.send("POST", "webhooks", {"event": "plugin.uninstalled", "url": "http://127.0.0.1:9/again"})
    assert len(made["token"]) == 32
    assert again.get("user-account-plugins")[0]["id"] != plugin


def test_p_an_app_without_an_address_cannot_be_installed(systems: Sandboxes) -> None:
    person = Browser(systems.rackbeat)
    person.sign_in()
    assert b"disabled" in person.get("/pages/apps").body
    answer = person.post("/pages/apps/economic/install")
    assert (answer.status, "Location" in answer.headers) == (422, False)
    assert person.core.store.connection.execute("SELECT COUNT(*) FROM install").fetchone()[0] == 0
    systems.admin("rackbeat", "apps/register", slug="economic", name="e-conomic", install_url=INSTALL_URL)
    assert person.post("/pages/apps/economic/install").status == 302


def test_pages_are_for_who_has_chosen_an_account(systems: Sandboxes) -> None:
    person = Browser(systems.rackbeat)
    answer = person.get("/pages/apps?said=installed")
    assert answer.headers["Location"] == "/pages/sign-in?next=%2Fpages%2Fapps%3Fsaid%3Dinstalled"
    assert "Nordlys Cykler ApS" in text_of(person.get(answer.headers["Location"]))
    assert person.sign_in(99).status == 422
    for away in ("http://elsewhere/", "//elsewhere", "/pages//elsewhere", "/pages/\\elsewhere", ""):
        assert person.post("/pages/sign-in", account="4711", next=away).headers["Location"] == "/pages/"
    assert person.post("/pages/sign-in", account="4711", next="/pages/apps").headers["Location"] == "/pages/apps"
    assert person.get("/pages/apps").status == 200
    assert person.get("/pages/nothing").status == 404
    assert person.get("/pages/apps/unknown/settings").status == 404


def test_a_form_of_another_site_does_nothing(person: Browser) -> None:
    installed(person)
    cookie = "; ".join(f"{name}={value}" for name, value in person.cookies.items())
    headers = {"cookie": cookie, "origin": "http://elsewhere"}
    core: RackbeatSandbox = person.core
    path = "/pages/apps/economic/uninstall"
    assert core.handle(Request("POST", path, "", headers, b"", HOST)).status == 403
    assert Caller(core).get("user-account-plugins")[0]["slug"] == "economic"
    assert person.post(path).status == 303
    assert Caller(core).get("user-account-plugins") == []


@pytest.mark.parametrize("name", ["pages.css", "frame.js", "icon.svg"])
def test_nothing_is_loaded_from_outside(systems: Sandboxes, name: str) -> None:
    answer = Browser(systems.rackbeat).get(f"/pages/static/{name}")
    assert answer.status == 200
    assert b"http://" not in answer.body.replace(b"http://www.w3.org", b"")
    assert Browser(systems.rackbeat).get("/pages/static/..%2F__init__.py").status == 404


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_p_a_program_may_press_install_for_an_account(person: Browser, method: str) -> None:
    answer = person.core.handle(Request(method, "/_apps/economic/install", "account=4711", host=HOST))
    request = parse_qs(urlsplit(answer.headers["Location"]).query)["token"][0]
    assert answer.status == 302
    assert Caller(person.core)("POST", f"/integration/accept/{request}")[0] == 200
    for path in ("economic/install?account=9", "economic/install", "nothing/install?account=4711", "economic/remove"):
        assert person.get(f"/_apps/{path}").status == 404


def test_d_a_personal_key_is_shown_once_and_can_be_closed(person: Browser) -> None:
    before = text_of(person.get("/pages/api"))
    page = person.post("/pages/api", name="Regneark").body.decode()
    key = page.partition("<p><code>")[2].partition("</code>")[0]
    call = Caller(person.core, key)
    assert call("GET", "/api/self")[0] == 200
    after = person.get("/pages/api").body.decode()
    assert ("Regneark" in before, "Regneark" in after, key in after) == (False, True, False)
    created = next(row["created_at"] for row in _keys(person) if row["name"] == "Regneark")
    assert person.post("/pages/api/close", begins=key[:6], created_at=created).status == 303
    assert call("GET", "/api/self")[0] == 401
    assert person.post("/pages/api/close", begins=key[:6], created_at=created).status == 404


def _keys(person: Browser) -> list[dict[str, str]]:
    rows = person.core.store.connection.execute("SELECT name, created_at FROM bearer WHERE account=4711")
    return [dict(row) for row in rows]


def test_the_root_leads_to_the_pages_and_settings_may_take_the_style(person: Browser) -> None:
    assert person.get("/").headers["Location"] == "/pages/"
    assert person.get("/pages/").headers["Location"] == "/pages/products"
    style = person.get("/css/app-settings.css")
    assert (style.status, style.headers["Content-Type"]) == (200, "text/css; charset=utf-8")
