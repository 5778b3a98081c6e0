"""What the API's names are called on a page, and what a page says after an act."""

from __future__ import annotations

from typing import Final

SAID: Final = {
    "booked": "Fakturaen er bogført.",
    "draft-deleted": "Fakturakladden er slettet.",
    "journal-booked": "Kassekladden er bogført.",
    "journal-partly": "De bilag, der stemmer og er godkendt, er bogført. Posteringer, der blev liggende:",
    "entry-booked": "Posteringen er bogført.",
    "entry-made": "Posteringen er lagt i kassekladden.",
    "entry-changed": "Posteringen er rettet.",
    "entry-deleted": "Posteringen er slettet.",
    "entry-approved": "Posteringen er godkendt.",
    "barred": "Spærringen er sat.",
    "unbarred": "Spærringen er fjernet.",
    "order-made": "Ordren er oprettet.",
    "order-deleted": "Ordren er slettet.",
    "order-sent": "Ordren er markeret som sendt.",
    "order-back": "Ordren er en kladde igen.",
    "draft-made": "Ordren er blevet til en fakturakladde.",
    "year-made": "Regnskabsåret er oprettet.",
    "year-closed": "Regnskabsåret er lukket.",
    "year-opened": "Regnskabsåret er genåbnet.",
    "period-barred": "Perioden er spærret.",
    "period-opened": "Perioden er åben igen.",
    "clock-moved": "Uret er stillet frem.",
    "fault-set": "Fejlen er slået til.",
    "fault-cleared": "Fejlen er slået fra.",
    "faults-cleared": "Alle fejl er slået fra.",
    "keys-set": "Idempotens er ændret.",
    "keys-forgotten": "Alle svar er glemt.",
}
ENTRY_TYPES: Final = {
    "customerInvoice": "Kundefaktura",
    "customerPayment": "Kundebetaling",
    "supplierInvoice": "Leverandørfaktura",
    "supplierPayment": "Leverandørbetaling",
    "financeVoucher": "Finansbilag",
    "manualCustomerInvoice": "Manuel kundefaktura",
    "manualDebtorInvoice": "Manuel kundefaktura",
    "reminder": "Rykker",
    "openingEntry": "Primopostering",
    "transferredOpeningEntry": "Overført primo",
    "systemEntry": "Systempostering",
}
ACCOUNT_TYPES: Final = {
    "profitAndLoss": "Drift",
    "status": "Status",
    "totalFrom": "Sum fra",
    "heading": "Overskrift",
    "headingStart": "Sideskift",
    "sumInterval": "Sum",
    "sumAlpha": "Sum",
}
ZONES: Final = {1: "Indland", 2: "EU", 3: "Udland", 4: "Indland uden moms"}
MONTHS: Final = (
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
)
