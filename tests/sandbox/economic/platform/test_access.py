"""Roles and modules at the OpenAPI services as at REST (economic-api 1.5; the documents' `x-required-roles`)."""

from __future__ import annotations

import pytest

from tests.sandbox.economic.calling import AUTH, Caller
from tests.sandboxes import Sandboxes

AGREEMENT = 1180001
BOOKKEEPING, SALES, PROJECTS = 3, 4, 5
DIMENSIONS = "/dimensionsapi/v5.3.1"
OPENED = {
    "/accountsapi/v7.0.0/Accounts": BOOKKEEPING,
    "/journalsapi/v15.0.0/journals": BOOKKEEPING,
    "/suppliersapi/v2.0.0/Groups": BOOKKEEPING,
    "/documentsapi/v4.0.1/AttachedDocuments": BOOKKEEPING,
    f"{DIMENSIONS}/dimension-data/draft-entries": BOOKKEEPING,
    "/customersapi/v3.1.0/Customers": SALES,
    "/productsapi/v2.0.0/Products": SALES,
    "/q2capi/v5.3.0/invoices/drafts": SALES,
    f"{DIMENSIONS}/dimension-data/sales-document-lines": SALES,
}


def roles(systems: Sandboxes, *numbers: int) -> None:
    systems.admin("economic", "apps/roles", secret=AUTH["x-appsecrettoken"], name="Lagerbro", roles=numbers)


@pytest.mark.parametrize(("path", "role"), OPENED.items())
def test_1_5_a_role_opens_its_part_of_the_services(systems: Sandboxes, path: str, role: int) -> None:
    call = Caller(systems)
    roles(systems, SALES if role == BOOKKEEPING else BOOKKEEPING)
    status, body = call("GET", path)
    assert (status, body["errorCode"], body["title"]) == (403, "AccessDenied", "Forbidden")
    roles(systems, role)
    assert call("GET", path)[0] == 200


def test_1_5_some_paths_are_open_to_others_than_their_service(systems: Sandboxes) -> None:
    call = Caller(systems)
    roles(systems, PROJECTS)
    assert call("GET", "/webhooksapi/v1.0.0/EventTypes")[0] == 200
    assert call("GET", "/webhooksapi/v1.0.0/webhooks")[0] == 403
    assert call("GET", f"{DIMENSIONS}/dimensions")[0] == 200
    assert call("GET", "/productsapi/v2.0.0/productgroups/1/projectsettings")[0] != 403
    assert call("GET", "/productsapi/v2.0.0/productgroups")[0] == 403


@pytest.mark.parametrize(
    ("path", "module", "name"),
    [
        (f"{DIMENSIONS}/dimensions", 14, "Dimension"),
        (f"{DIMENSIONS}/values", 14, "Dimension"),
        ("/journalsapi/v15.0.0/accruals", 75, "Fixed Assets and Accruals"),
    ],
)
def test_1_5_a_missing_module_closes_its_part_of_the_services(
    systems: Sandboxes, path: str, module: int, name: str
) -> None:
    call = Caller(systems)
    systems.admin("economic", "modules/set", agreement=AGREEMENT, modules=[])
    status, body = call("GET", path)
    assert (status, body["errorCode"]) == (403, "AccessDeniedAgreementMissingModules")
    assert body["title"] == f"Missing modules: {name}"
    assert call("GET", "/journalsapi/v15.0.0/journals")[0] == 200
    systems.admin("economic", "modules/set", agreement=AGREEMENT, modules=[module])
    assert call("GET", path)[0] == 200


def test_1_5_a_role_that_is_missing_stops_the_write_too(systems: Sandboxes) -> None:
    call = Caller(systems)
    roles(systems, SALES)
    group = {"number": 70, "name": "Varer", "accountNumber": 6800}
    assert call("POST", "/suppliersapi/v2.0.0/Groups", group)[0] == 403
    roles(systems, BOOKKEEPING)
    assert call("GET", "/suppliersapi/v2.0.0/Groups/70")[0] == 404
    assert call("POST", "/suppliersapi/v2.0.0/Groups", group)[0] == 201


@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/journals/4/vouchers"), ("PUT", "/suppliers/50001"), ("PUT", "/suppliersapi/v2.0.0/Groups")],
)
def test_a_subscription_that_only_reads_denies_every_write_on_both_surfaces(
    systems: Sandboxes, method: str, path: str
) -> None:
    call = Caller(systems)
    systems.admin("economic", "subscription", agreement=AGREEMENT, readOnly=True)
    status, body = call(method, path, {})
    assert status == 403
    assert "The license is read-only." in str(body)
    assert call("GET", "/suppliers/50001")[0] == 200
    systems.admin("economic", "subscription", agreement=AGREEMENT, readOnly=False)
    assert call(method, path, {})[0] == 400
