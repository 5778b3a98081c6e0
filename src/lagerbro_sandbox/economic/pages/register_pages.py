"""Customers, suppliers and products: lists, one of them, barring it (economic-api 6.1, 6.3, 6.4)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

from lagerbro_sandbox.economic.pages import table
from lagerbro_sandbox.economic.pages.visit import PageRouter, Visit, to
from lagerbro_sandbox.economic.pages.words import ENTRY_TYPES, ZONES
from lagerbro_sandbox.economic.services.problems import ServiceError
from lagerbro_sandbox.economic.wire.errors import ApiError
from lagerbro_sandbox.economic.wire.links import escaped
from lagerbro_sandbox.kernel.http import Response
from lagerbro_sandbox.kernel.records import Record

ENTRIES_MAX: Final = 50


@dataclass(frozen=True, slots=True)
class Words:
    """A register as its pages name it. `empty`: how something gets here."""

    path: str
    key: str
    one: str
    many: str
    group: str
    empty: str


CUSTOMERS: Final = Words(
    "customers",
    "customerNumber",
    "Kunde",
    "Kunder",
    "customerGroup",
    "Her kommer aftalens kunder: oprettet over API'et, for eksempel når Rackbeat sender dem over.",
)
SUPPLIERS: Final = Words(
    "suppliers",
    "supplierNumber",
    "Leverandør",
    "Leverandører",
    "supplierGroup",
    "Her kommer aftalens leverandører: oprettet over API'et, for eksempel når Rackbeat sender dem over.",
)
PRODUCTS: Final = Words(
    "products",
    "productNumber",
    "Vare",
    "Varer",
    "productGroup",
    "Her kommer aftalens varer: oprettet over API'et, for eksempel når Rackbeat sender dem over.",
)


def add_to(router: PageRouter) -> None:
    for words in (CUSTOMERS, SUPPLIERS, PRODUCTS):
        _Pages(words).add_to(router)


@dataclass(frozen=True, slots=True)
class _Pages:
    """What answers the addresses of one register."""

    words: Words

    def add_to(self, router: PageRouter) -> None:
        router.add("GET", self.words.path, self.listed)
        router.add("GET", f"{self.words.path}/{{}}", self.one)
        router.add("POST", f"{self.words.path}/{{}}/bar", self.bar)

    def listed(self, visit: Visit) -> Response:
        words = self.words
        records = table.listed(visit, f"/{words.path}", number=words.key, text="name")
        return visit.page("register.html", table=records, words=words, groups=_groups(visit, words), zones=ZONES)

    def one(self, visit: Visit) -> Response:
        return visit.page("record.html", **self._shown(visit))

    def bar(self, visit: Visit) -> Response:
        """As an app would: read it, change it, put it back whole."""
        is_barred = visit.form.get("barred") == "1"
        try:
            body = visit.api("GET", self._address(visit))
            visit.api("PUT", self._address(visit), {**body, "barred": is_barred})
        except (ApiError, ServiceError) as error:
            if error.status == 404:
                raise
            what = f"{self.words.one} {visit.key} er ikke {'spærret' if is_barred else 'åbnet'}."
            return visit.page("record.html", error.status, refused=visit.refused(error, what), **self._shown(visit))
        notice = "barred" if is_barred else "unbarred"
        return to(f"{self.words.path}/{quote(visit.key, safe='')}", notice, f"{self.words.one.lower()} {visit.key}")

    def _address(self, visit: Visit) -> str:
        return f"/{self.words.path}/{quote(escaped(visit.key), safe='')}"

    def _shown(self, visit: Visit) -> dict[str, Any]:
        record = visit.api("GET", self._address(visit))
        groups = _groups(visit, self.words)
        return {"record": record, "words": self.words, "groups": groups, "zones": ZONES, **_around(visit, record)}


def _groups(visit: Visit, words: Words) -> dict[int, str]:
    """The names of the register's groups by number."""
    kind = f"{words.path.removesuffix('s')}-groups"
    return {row[f"{words.group}Number"]: row["name"] for row in visit.session.all(kind)}


def _around(visit: Visit, record: Record) -> dict[str, Any]:
    """What a page of a party shows beside the record itself: what stands on its account."""
    session, store = visit.session, visit.session.store
    party = next((name for name in ("customer", "supplier") if f"{name}Number" in record), None)
    if party is None:
        return {}
    number = record[f"{party}Number"]
    return {
        "balance": store.entries.party_balance(session.agreement, party, number),
        "entries": store.entries.latest_of_party(session.agreement, party, number, ENTRIES_MAX),
        "entry_types": ENTRY_TYPES,
        "terms": session.get("payment-terms", record["paymentTerms"]["paymentTermsNumber"]) or {},
    }
