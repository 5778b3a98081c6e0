"""What a page says: after an act, and of a refusal, which the API words in English."""

from __future__ import annotations

import re
from typing import Final

from lagerbro_sandbox.rackbeat.wire.errors import ApiError

SAID: Final = {
    "uninstalled": "Appen er afinstalleret. Dens adgang til kontoen er lukket.",
    "installed": "Appen er installeret.",
    "drafted": "Kladden er gemt.",
    "changed": "Ændringerne er gemt.",
    "booked": "Bogført.",
    "deleted": "Kladden er slettet.",
    "credited": "Kreditnotaen er lavet som kladde. Bogfør den, når den er rigtig.",
    "shipped": "Varerne er sendt, og lageret er nedskrevet.",
    "received": "Varerne er modtaget, og lageret er opskrevet.",
    "invoiced": "Fakturaen er lavet.",
    "ordered": "Ordren er lavet som kladde.",
    "moved": "Varerne er flyttet.",
    "seen": "Varerne er set på den nye lokation.",
    "adjusted": "Lageret er reguleret.",
    "barred": "Spærret.",
    "closed": "Nøglen er lukket.",
    "unbarred": "Spærringen er fjernet.",
    "clock-moved": "Uret er stillet frem.",
    "fault-set": "Fejlen er slået til.",
    "fault-cleared": "Fejlen er slået fra.",
    "faults-cleared": "Alle fejl er slået fra.",
}

_SENTENCES: Final = {
    "The given data was invalid.": "Noget af det udfyldte kan ikke bruges.",
    "The document has no lines.": "Der er ingen linjer. Skriv mindst én varelinje.",
    "The document is booked.": "Bilaget er allerede bogført og kan ikke ændres.",
    "The document is not booked.": "Bilaget er ikke bogført endnu. Bogfør det først.",
    "The customer is barred.": "Kunden er spærret. Fjern spærringen på kunden først.",
    "The supplier is barred.": "Leverandøren er spærret. Fjern spærringen på leverandøren først.",
    "Nothing of the document is left to credit.": "Hele fakturaen er krediteret i forvejen.",
    "Nothing of the order is left to invoice.": "Hele ordren er faktureret i forvejen.",
    "Nothing of the order is left to ship.": "Hele ordren er sendt i forvejen.",
    "Nothing of the purchase order is left to invoice.": "Hele indkøbsordren er faktureret i forvejen.",
    "Nothing of the purchase order is left to receive.": "Alt på indkøbsordren er modtaget i forvejen.",
    "The adjustment does not change anything.": "Lageret er allerede sådan. Der er intet at regulere.",
    "The value of an item without stock cannot be adjusted.": "Værdien kan kun reguleres, når varen er på lager.",
    "The quantity or the value is too large.": "Antallet eller værdien er for stor.",
    "The offer has become an order.": "Tilbuddet er blevet til en ordre i forvejen.",
    "The movement is booked.": "Flytningen er allerede bogført og kan ikke ændres.",
    "Only a booked movement can be received, and once.": "Kun en bogført flytning kan modtages, og kun én gang.",
    "A credit note cannot be credited.": "En kreditnota kan ikke krediteres.",
}
_TEXTS: Final = (
    (re.compile(r"selected .*invalid"), "findes ikke"),
    (re.compile(r"field is required"), "mangler"),
    (re.compile(r"must be a number"), "skal være et tal, skrevet som 1.234,56"),
    (re.compile(r"valid date"), "skal være en dato"),
    (re.compile(r"not kept in stock"), "føres ikke på lager"),
    (re.compile(r"must be a date before"), "må ikke ligge i fremtiden"),
    (re.compile(r"more than is left"), "er mere, end der er tilbage"),
    (re.compile(r"must be above 0"), "skal være over 0"),
    (re.compile(r"must be different"), "skal være en anden end den, der flyttes fra"),
    (re.compile(r"at least 0"), "må ikke være negativ"),
    (re.compile(r"between 0 and 100"), "skal være mellem 0 og 100"),
)
_FIELDS: Final = {
    "customer_id": "Kunden",
    "supplier_id": "Leverandøren",
    "item_id": "Varenummeret",
    "quantity": "Antallet",
    "line_price": "Prisen",
    "discount_percentage": "Rabatten",
    "vat_percentage": "Momsen",
    "offer_date": "Tilbudsdatoen",
    "currency": "Valutaen",
    "invoice_date": "Fakturadatoen",
    "order_date": "Ordredatoen",
    "purchase_date": "Datoen",
    "regulated_at": "Datoen",
    "cost_price": "Kostprisen",
    "location": "Lokationen",
    "from_location": "Lokationen, der flyttes fra,",
    "to_location": "Lokationen, der flyttes til,",
    "lines": "Linjerne",
}


def sentences(error: ApiError) -> list[str]:
    """The refusal in Danish, field by field where it names fields."""
    if not error.errors:
        return [_SENTENCES.get(error.message, error.message)]
    return [f"{_field(path)} {_text(texts[0])}." for path, texts in error.errors.items()]


def _field(path: str) -> str:
    parts = path.split(".")
    name = _FIELDS.get(parts[-1], parts[-1])
    if len(parts) == 3 and parts[0] == "lines" and parts[1].isdigit():
        return f"Linje {int(parts[1]) + 1}: {name}"
    return name


def _text(text: str) -> str:
    translated = next((danish for pattern, danish in _TEXTS if pattern.search(text)), None)
    return translated or f"kan ikke bruges ({text.rstrip('.')})"
