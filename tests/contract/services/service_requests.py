"""Every operation of the local OpenAPI services as a request: a table to check answers by, or to change them in.

A row is the service's document, the verb, the published path, the address that is asked, and the body. Rows are asked
in order in one sandbox: what an earlier one makes a later one reads. `{version}` in a body is the object version that
a GET of the row's `read` address answers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from tests.sandbox.economic.calling import Caller
from tests.sandbox.economic.journals import sell
from tests.sandbox.economic.uploading import a_pdf, upload
from tests.sandboxes import Json

SERVICES: Final = {
    "AccountingYears": "/accountingyearsapi/v2.0.1",
    "Accounts": "/accountsapi/v7.0.0",
    "BookedEntries": "/bookedEntriesapi/v4.0.0",
    "Customers": "/customersapi/v3.1.0",
    "Dimensions": "/dimensionsapi/v5.3.1",
    "Documents": "/documentsapi/v4.0.1",
    "Journals": "/journalsapi/v15.0.0",
    "Products": "/productsapi/v2.0.0",
    "Q2C": "/q2capi/v5.3.0",
    "Suppliers": "/suppliersapi/v2.0.0",
    "webhooks-api": "/webhooksapi/v1.0.0",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One request. `read`: where the object version for the body comes from."""

    document: str
    verb: str
    path: str
    address: str
    body: Json | None = None
    read: str = ""
    status: int = 200

    @property
    def url(self) -> str:
        return f"{SERVICES[self.document]}{self.address}"


def _crud(
    document: str,
    path: str,
    key: str,
    new: Json,
    number: object,
    *,
    at_item: bool = False,
    paged: str = "",
    **more: Any,
) -> list[Asked]:
    """Create, read in every form, update; deleting is left to the caller."""
    item, place = f"{path}/{{{key}}}", f"{path}/{number}"
    put_path, put_place = (item, place) if at_item else (path, path)
    own = {} if at_item else {more.get("in_body", key): number}
    rows = [
        Asked(document, "POST", path, path, new, status=201),
        Asked(document, "GET", path, path),
        Asked(document, "GET", paged or f"{path}/paged", paged or f"{path}/paged"),
        Asked(document, "GET", item, place),
        Asked(document, "PUT", put_path, put_place, {**new, **own}, read=place, status=204),
    ]
    if more.get("counted", True):
        rows.append(Asked(document, "GET", f"{path}/count", f"{path}/count"))
    return rows


def _reads(document: str, path: str, *, cursor: bool = True, counted: bool = True) -> list[Asked]:
    names = [path] * cursor + [f"{path}/paged"] + [f"{path}/count"] * counted
    return [Asked(document, "GET", name, name) for name in names]


CUSTOMER: Final[Json] = {
    "customerNumber": 7001,
    "name": "Kunde",
    "customerGroupNumber": 1,
    "zone": 1,
    "paymentTermId": 1,
    "currency": "DKK",
    "access": True,
    "address1": "Torvet 1",
    "email": "kunde@example.com",
    "defaultDisableEInvoicing": False,
    "emailAttachmentLanguage": 1,
}
PRODUCT: Final[Json] = {
    "productNumber": "P 1/2",
    "name": "Cykel",
    "productGroupId": 1,
    "isAccessible": True,
    "salesPrice": 12.5,
    "unitId": 1,
}
ENTRY: Final[Json] = {
    "entryTypeNumber": 5,
    "journalNumber": 1,
    "voucherNumber": 5,
    "date": "2026-11-24T00:00:00",
    "accountNumber": 5820,
    "contraAccountNumber": 1350,
    "amount": 100.5,
    "currency": "DKK",
    "text": "Regulering",
}
BILL: Final[Json] = {
    **{name: value for name, value in ENTRY.items() if name != "accountNumber"},
    "entryTypeNumber": 3,
    "supplierNumber": 50001,
    "supplierInvoiceNumber": "F-1",
    "amount": -100,
    "voucherNumber": 6,
    "dueDate": "2026-12-24T00:00:00",
}
PAYMENT: Final[Json] = {**BILL, "entryTypeNumber": 4, "amount": 100, "supplierInvoiceNumber": "?", "voucherNumber": 7}
JOURNAL: Final[Json] = {
    "name": "Ny",
    "balancingBehavior": False,
    "autoApprove": False,
    "isStandingJournal": False,
    "requireAdminApproval": False,
    "lockVatCodes": False,
    "allowPartialBooking": False,
    "requireBalancePerVoucherId": False,
    "repeatText": False,
    "minimumVoucherNumber": 900,
}
ACCOUNT: Final[Json] = {
    "number": 9001,
    "name": "Ny konto",
    "type": 1,
    "isBarred": False,
    "isBlockedForDirectEntries": False,
    "isDepartmentMandatory": False,
    "isUnitMandatory": False,
    "vatCode": "I25",
    "note": "Husk",
}
HOOK: Final[Json] = {
    "eventType": "INVOICE_BOOKED",
    "name": "Lagerbro",
    "url": "https://hooks.example.com/e",
    "contentType": "application/json",
    "postData": "[INVOICENO]",
    "customHeaders": [{"key": "X-Secret", "value": "s"}],
}
INVOICE: Final[Json] = {
    "customerNumber": 10001,
    "customerName": "Kunde",
    "date": "2026-11-24T00:00:00",
    "currencyCode": "DKK",
    "layoutNumber": 1,
    "termOfPaymentNumber": 1,
    "vatZoneNumber": 1,
    "otherReference": "RB-1",
    "deliveryDate": "2026-11-25T00:00:00",
}
LINE: Final[Json] = {"productNumber": "NL-100", "description": "Cykel", "quantity": 2, "unitNetPrice": 100}
DRAFTS: Final = "/invoices/drafts"
_DIVIDED: Final = (
    "accounts",
    "booked-entries",
    "booked-invoice-lines",
    "budget-figures",
    "draft-entries",
    "sales-document-lines",
)
_ACCRUAL: Final[Json] = {
    "entryNumber": 1,
    "journalNumber": 1,
    "accountNumber": 5690,
    "startDate": "2026-11-01T00:00:00",
    "endDate": "2026-12-31T00:00:00",
}
_SPAN: Final[Json] = {"fromDate": "2026-11-01T00:00:00", "toDate": "2026-11-30T00:00:00"}
_GROUP_PATH: Final = "/productgroups/{productGroupNumber}"
_PRICE_PATH: Final = "/products/{productNumber}/salespriceincurrencies"
_SPECIAL_PATH: Final = "/pricegroups/{priceGroupNumber}/specialprices"
_IN_PATH: Final = "/specialprices/{productSpecialPriceNumber}/specialpricesincurrency"

_PRICES: Final = "/products/P%201%2F2/salespriceincurrencies"
_IN_EUROS: Final = ("/specialprices/1/specialpricesincurrency", "EUR")


def _below(
    path: str, address: str, key: str, new: Json, number: object, in_body: str = "", *, listed: bool = True
) -> list[Asked]:
    """A resource of the products' below another record."""
    item, place = f"{path}/{{{key}}}", f"{address}/{number}"
    rows = [
        Asked("Products", "POST", path, address, new, status=201),
        Asked("Products", "GET", item, place),
        Asked("Products", "PUT", path, address, {**new, in_body or key: number}, read=place, status=204),
    ]
    return [
        *rows,
        *(Asked("Products", "GET", f"{path}{end}", f"{address}{end}") for end in ("", "/paged", "/count") if listed),
    ]


REQUESTS: Final = (
    *_crud("Accounts", "/Accounts", "number", ACCOUNT, 9001),
    *_reads("Accounts", "/KeyFigureCodes"),
    *_reads("Accounts", "/TotalIntervals"),
    Asked("Accounts", "DELETE", "/Accounts/{number}", "/Accounts/9001", status=204),
    *_crud("Suppliers", "/Groups", "number", {"number": 90, "name": "Ny", "accountNumber": 6800}, 90),
    *_crud("Suppliers", "/Contacts", "number", {"supplierNumber": 50001, "name": "Ida"}, 1),
    Asked("Suppliers", "DELETE", "/Contacts/{number}", "/Contacts/1", status=204),
    Asked("Suppliers", "DELETE", "/Groups/{number}", "/Groups/90", status=204),
    *_crud("Customers", "/Customers", "number", CUSTOMER, 7001, at_item=True),
    *_crud("Customers", "/Contacts", "number", {"customerNumber": 7001, "name": "Bo", "receiveOrders": True}, 1),
    *_crud("Customers", "/DeliveryLocations", "number", {"customerNumber": 7001, "city": "Aarhus"}, 1),
    Asked("Customers", "GET", "/Setup", "/Setup"),
    Asked("Customers", "DELETE", "/Contacts/{number}", "/Contacts/1", status=204),
    Asked("Customers", "DELETE", "/DeliveryLocations/{number}", "/DeliveryLocations/1", status=204),
    Asked("Customers", "DELETE", "/Customers/{number}", "/Customers/7001", status=204),
    *_crud(
        "Products",
        "/products",
        "productNumber",
        PRODUCT,
        "P%201%2F2",
        at_item=True,
        paged="/productspaged/paged",
        counted=False,
    ),
    *_crud("Products", "/productgroups", "number", {"id": 9, "name": "Ny", "domesticAccountId": 1010}, 9, in_body="id"),
    *_below(f"{_GROUP_PATH}/zones", "/productgroups/9/zones", "number", {"id": 2, "accountId": 1020}, 2, "id"),
    Asked("Products", "DELETE", f"{_GROUP_PATH}/zones/{{number}}", "/productgroups/9/zones/2", status=204),
    *(
        Asked("Products", verb, f"{_GROUP_PATH}/{name}", f"/productgroups/9/{name}", body, read, status)
        for name, new in (
            ("accrualsettings", {"accrualAccountId": 5690}),
            ("projectsettings", {"isInProject": False}),
        )
        for verb, body, read, status in (
            ("GET", None, "", 200),
            ("PUT", new, f"/productgroups/9/{name}", 204),
        )
    ),
    *_below(
        _PRICE_PATH,
        _PRICES,
        "currency",
        {"currency": "EUR", "salesPrice": 2},
        "EUR",
        listed=False,
    ),
    *_reads("Products", "/salespriceincurrencies"),
    *_crud("Products", "/pricegroups", "number", {"number": 3, "name": "Særpris"}, 3),
    *_below(
        _SPECIAL_PATH,
        "/pricegroups/3/specialprices",
        "number",
        {"productNumber": "P 1/2", "salesPriceBaseCurrency": 9},
        1,
    ),
    *_below(
        _IN_PATH, "/specialprices/1/specialpricesincurrency", "currency", {"currency": "EUR", "salesPrice": 1}, "EUR"
    ),
    Asked("Products", "DELETE", f"{_IN_PATH}/{{currency}}", "/".join(_IN_EUROS), status=204),
    Asked("Products", "DELETE", f"{_SPECIAL_PATH}/{{number}}", "/pricegroups/3/specialprices/1", status=204),
    Asked("Products", "DELETE", "/pricegroups/{number}", "/pricegroups/3", status=204),
    Asked(
        "Products",
        "DELETE",
        f"{_PRICE_PATH}/{{currency}}",
        "/products/P%201%2F2/salespriceincurrencies/EUR",
        status=204,
    ),
    Asked("Products", "DELETE", "/products/{productNumber}", "/products/P%201%2F2", status=204),
    Asked("Products", "DELETE", "/productgroups/{number}", "/productgroups/9", status=204),
    *_crud("Journals", "/journals", "number", JOURNAL, 5),
    Asked("Journals", "DELETE", "/journals/{number}", "/journals/5", status=204),
    *_crud("Journals", "/draft-entries", "entryNumber", ENTRY, 1),
    Asked("Journals", "POST", "/draft-entries/bulk", "/draft-entries/bulk", {"entries": [BILL, PAYMENT]}, status=201),
    Asked("Journals", "POST", "/accruals", "/accruals", _ACCRUAL, status=201),
    Asked("Journals", "PUT", "/accruals", "/accruals", _ACCRUAL, "/accruals/1/1", 204),
    *_reads("Journals", "/accruals"),
    Asked("Journals", "GET", "/accruals/{journalNumber}/{entryNumber}", "/accruals/1/1"),
    Asked("Journals", "DELETE", "/accruals", "/accruals", _ACCRUAL, "/accruals/1/1", 204),
    Asked(
        "Journals",
        "POST",
        "/journals/{journalNumber}/bookdraftentries",
        "/journals/1/bookdraftentries",
        {"entryNumbers": [1]},
        status=204,
    ),
    Asked(
        "Journals",
        "POST",
        "/journals/{journalNumber}/bookWithDateInterval",
        "/journals/1/bookWithDateInterval",
        _SPAN,
        status=204,
    ),
    Asked("Journals", "POST", "/draft-entries", "/draft-entries", {**ENTRY, "voucherNumber": 8}, status=201),
    Asked("Journals", "POST", "/journals/{journalNumber}/book", "/journals/1/book", status=204),
    Asked("Journals", "POST", "/draft-entries", "/draft-entries", {**ENTRY, "voucherNumber": 9}, status=201),
    Asked("Journals", "POST", "/entries/draft/{journalNumber}/book", "/entries/draft/1/book", status=204),
    Asked("Journals", "POST", "/draft-entries", "/draft-entries", {**ENTRY, "voucherNumber": 10}, status=201),
    Asked(
        "Journals",
        "POST",
        "/entries/draft/{journalNumber}/bookWithDateInterval",
        "/entries/draft/1/bookWithDateInterval",
        _SPAN,
        status=204,
    ),
    Asked("Journals", "POST", "/draft-entries", "/draft-entries", {**ENTRY, "voucherNumber": 11}, status=201),
    Asked("Journals", "DELETE", "/draft-entries/{entryNumber}", "/draft-entries/7", status=204),
    Asked("Journals", "DELETE", "/draft-entries/delete/{journalNumber}", "/draft-entries/delete/1", status=204),
    *_reads("BookedEntries", "/booked-entries"),
    Asked(
        "BookedEntries",
        "POST",
        "/booked-entries/match",
        "/booked-entries/match",
        {"entryIds": [11, 13]},
        status=204,
    ),
    Asked("BookedEntries", "GET", "/booked-entries/matched-pairs", "/booked-entries/matched-pairs"),
    *_reads("AccountingYears", "/AccountingYears", cursor=False),
    *_reads("AccountingYears", "/accountingYears/periods"),
    Asked("AccountingYears", "GET", "/accountingYears/periods/{number}", "/accountingYears/periods/3"),
    Asked(
        "AccountingYears",
        "POST",
        "/AccountingYears",
        "/AccountingYears",
        {"dateFrom": "2028-01-01T00:00:00", "dateTo": "2028-12-31T00:00:00", "isClosed": False},
        status=201,
    ),
    Asked("AccountingYears", "GET", "/AccountingYears/{year}", "/AccountingYears/2028"),
    Asked("AccountingYears", "DELETE", "/AccountingYears/{year}", "/AccountingYears/2028", status=204),
    *_reads("Documents", "/AttachedDocuments"),
    Asked("Documents", "GET", "/AttachedDocuments/{number}", "/AttachedDocuments/1"),
    Asked("Documents", "DELETE", "/AttachedDocuments/{number}", "/AttachedDocuments/1", status=204),
    *_crud("Q2C", DRAFTS, "number", INVOICE, "{draft}", at_item=True),
    Asked("Q2C", "POST", f"{DRAFTS}/{{documentId}}/lines", f"{DRAFTS}/{{draft}}/lines", LINE, status=201),
    Asked(
        "Q2C",
        "PUT",
        f"{DRAFTS}/{{documentId}}/lines",
        f"{DRAFTS}/{{draft}}/lines",
        {**LINE, "number": 1},
        f"{DRAFTS}/{{draft}}/lines/1",
        204,
    ),
    Asked(
        "Q2C",
        "POST",
        f"{DRAFTS}/{{documentId}}/lines/bulk",
        f"{DRAFTS}/{{draft}}/lines/bulk",
        {"lines": [LINE, {"description": "Tekst"}]},
        status=201,
    ),
    Asked("Q2C", "GET", f"{DRAFTS}/{{documentId}}/lines", f"{DRAFTS}/{{draft}}/lines"),
    Asked("Q2C", "GET", f"{DRAFTS}/{{documentId}}/lines/{{number}}", f"{DRAFTS}/{{draft}}/lines/1"),
    *_reads("Q2C", f"{DRAFTS}/lines"),
    *_reads("Q2C", "/invoices/booked/lines"),
    *(
        Asked("Q2C", "GET", f"/{kind}/{{documentStatus}}/lines{end}", f"/{kind}/drafts/lines{end}")
        for kind in ("orders", "quotes")
        for end in ("", "/paged", "/count")
    ),
    Asked("Q2C", "DELETE", f"{DRAFTS}/{{documentId}}/lines/{{number}}", f"{DRAFTS}/{{draft}}/lines/2", status=204),
    Asked("Q2C", "DELETE", f"{DRAFTS}/{{number}}", f"{DRAFTS}/{{draft}}", status=204),
    *_reads("Dimensions", "/dimensions"),
    Asked("Dimensions", "GET", "/dimensions/{number}", "/dimensions/1"),
    *_reads("Dimensions", "/values"),
    *_reads("Dimensions", "/distributions"),
    *(row for name in _DIVIDED for row in _reads("Dimensions", f"/dimension-data/{name}")),
    Asked("webhooks-api", "GET", "/EventTypes", "/EventTypes"),
    *_crud("webhooks-api", "/webhooks", "eventType", HOOK, "INVOICE_BOOKED"),
    Asked("webhooks-api", "DELETE", "/webhooks/{eventType}", "/webhooks/INVOICE_BOOKED", status=204),
)


def prepare(call: Caller) -> None:
    """What the table's requests find: an uploaded document, which no JSON body can make, and a booked invoice."""
    call("POST", "/_sandbox/modules/set", {"agreement": 1180001, "modules": [3, 14, 75]})
    sell(call, 70)
    made = call("POST", "/journals/2/vouchers", _voucher())[1][0]
    key = {"AccountingYear": "2026", "VoucherNumber": str(made["voucherNumber"])}
    assert upload(call, "POST", f"{SERVICES['Documents']}/AttachedDocuments", a_pdf(), **key).status == 201
    call("DELETE", f"/journals/2/entries/{made['entries']['financeVouchers'][0]['journalEntryNumber']}")
    call.core.store.count_up(1180001, "journal-entries", -1)


def _voucher() -> Json:
    entry = {"amount": 1, "date": "2026-11-24", "account": {"accountNumber": 5820}}
    return {"accountingYear": {"year": "2026"}, "entries": {"financeVouchers": [entry]}}


def ask(call: Caller, row: Asked) -> tuple[int, Any]:
    """Ask the row's question."""
    body, draft = row.body, ""
    if "{draft}" in row.address:
        _, page = call("GET", f"{SERVICES['Q2C']}{DRAFTS}")
        draft = str(page["items"][-1]["number"]) if page["items"] else "0"
    if row.read:
        _, present = call("GET", f"{SERVICES[row.document]}{row.read}".replace("{draft}", draft))
        body = {**(row.body or {}), "objectVersion": present.get("objectVersion")}
    return call(row.verb, row.url.replace("{draft}", draft), body)
