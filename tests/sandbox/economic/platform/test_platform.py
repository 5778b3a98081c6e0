"""Who may do what at the local e-conomic: demo access, roles, modules, users, revocation (economic-api 1, 4.2)."""

from __future__ import annotations

from urllib.parse import urlencode

from lagerbro_sandbox.kernel.http import Request
from lagerbro_sandbox.kernel.json import from_json
from tests.sandbox.economic.calling import AUTH, Caller
from tests.sandboxes import Json, Sandboxes

AGREEMENT = 1180001
DEMO = {"x-appsecrettoken": "demo", "x-agreementgranttoken": "demo", "content-type": "application/json"}


def plain(systems: Sandboxes, method: str, path: str, query: str = "", headers: Json | None = None) -> tuple[int, Json]:
    answer = systems.economic.handle(Request(method, path, query, headers or {}, b"{}", "economic.test"))
    body = from_json(answer.body)
    assert isinstance(body, dict)
    return answer.status, body


def test_1_1_demo_tokens_read_and_never_write(systems: Sandboxes) -> None:
    assert plain(systems, "GET", "/customers", headers=DEMO)[0] == 200
    for method, path in (("POST", "/customers"), ("PUT", "/customers/1"), ("DELETE", "/invoices/drafts")):
        assert plain(systems, method, path, headers=DEMO)[0] == 403
    assert plain(systems, "DELETE", "/invoices/drafts", "demo=true")[0] == 403


def test_1_1_demo_in_the_address_is_carried_on_in_links(systems: Sandboxes) -> None:
    status, body = plain(systems, "GET", "/units", "demo=true&pagesize=1")
    assert status == 200
    assert body["self"] == "http://economic.test/units?skippages=0&pagesize=1&demo=true"
    assert body["collection"][0]["self"] == "http://economic.test/units/1?demo=true"


def test_1_1_who_is_turned_away_is_shown_the_demo(systems: Sandboxes) -> None:
    status, body = plain(systems, "GET", "/units")
    assert (status, "http://economic.test/units?demo=true" in body["developerHint"]) == (401, True)


def test_4_2_every_answer_tells_its_cost(systems: Sandboxes) -> None:
    call = Caller(systems)
    answers = [
        call.raw("GET", "/units"),
        call.raw("GET", "/nothing"),
        call.raw("GET", "/units", x_agreementgranttoken="wrong"),
        call.raw("PATCH", "/units", {}),
    ]
    assert [answer.status for answer in answers] == [200, 404, 401, 405]
    assert {answer.headers["X-CallCost"] for answer in answers} == {"3"}
    assert all("token-limit-10000-per-60-seconds" in answer.headers["X-RateLimiting"] for answer in answers)


def test_1_5_roles_open_their_part_of_the_api(systems: Sandboxes) -> None:
    call = Caller(systems)
    systems.admin("economic", "apps/roles", secret=AUTH["x-appsecrettoken"], name="Lagerbro", roles=[4])
    assert [call("GET", path)[0] for path in ("/customers", "/self", "/currencies", "/units")] == [200] * 4
    assert [call("GET", path)[0] for path in ("/suppliers", "/journals", "/accounts/1010")] == [403] * 3
    assert [role["name"] for role in call("GET", "/self")[1]["application"]["requiredRoles"]] == ["Sales"]
    systems.admin("economic", "apps/roles", secret=AUTH["x-appsecrettoken"], name="Lagerbro", roles=[2])
    assert call("GET", "/suppliers")[0] == 200


def test_1_5_a_missing_module_closes_its_resources(systems: Sandboxes) -> None:
    call = Caller(systems)
    assert call("GET", "/departments")[0] == 200
    systems.admin("economic", "modules/set", agreement=AGREEMENT, modules=[])
    status, body = call("GET", "/departments")
    assert (status, body["message"]) == (403, "Missing modules: Dimension")
    systems.admin("economic", "modules/set", agreement=AGREEMENT, modules=[14])
    assert call("GET", "/departmental-distributions")[0] == 200


def test_1_3_nobody_grants_what_they_may_not_do(systems: Sandboxes) -> None:
    path, query = "/secure/api1/requestaccess.aspx", "appPublicToken=public"
    form = {"answer": "yes", "agreement": AGREEMENT, "user": "METTE"}
    refused = systems.economic.handle(Request("POST", path, query, {}, urlencode(form).encode()))
    assert (refused.status, "Superbruger" in refused.body.decode()) == (403, True)
    systems.admin("economic", "apps/roles", secret=AUTH["x-appsecrettoken"], name="Lagerbro", roles=[4])
    granted = systems.economic.handle(Request("POST", path, query, {}, urlencode(form).encode()))
    assert (granted.status, "<code>" in granted.body.decode()) == (200, True)


def test_1_3_a_page_takes_access_away(systems: Sandboxes) -> None:
    call = Caller(systems)
    page = systems.economic.handle(Request("GET", "/secure/apps", host="economic.test")).body.decode()
    assert (AUTH["x-agreementgranttoken"] in page, "Fjern adgang" in page) == (False, True)
    assert call("GET", "/self")[0] == 200
    elsewhere = {"origin": "http://elsewhere.test"}
    foreign = Request("POST", "/secure/apps", "", elsewhere, b"grant=1", "economic.test")
    assert systems.economic.handle(foreign).status == 403
    assert call("GET", "/self")[0] == 200
    assert systems.economic.handle(Request("POST", "/secure/apps", "", {}, b"grant=1", "economic.test")).status == 303
    assert call("GET", "/self")[0] == 401


def test_7_2_send_by_in_either_casing_unless_strict(systems: Sandboxes) -> None:
    call = Caller(systems)
    systems.admin("economic", "strict", about="sendBy", strict=True)
    status, body = call("POST", "/invoices/booked", {"draftInvoice": {"draftInvoiceNumber": 1}, "sendBy": "ean"})
    assert (status, "not defined in enum" in body["errors"][0]) == (400, True)
    systems.admin("economic", "strict", about="sendBy", strict=False)
    assert call("POST", "/invoices/booked", {"draftInvoice": {"draftInvoiceNumber": 1}, "sendBy": "ean"})[0] == 404
