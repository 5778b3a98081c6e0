"""Why e-conomic refuses, by the code of the API or where that says nothing by its message: the reason, the remedy.

`{0}`, `{1}` … are the numbers, dates and names of the API's message, `{field}` is the field that it is about.
"""

from __future__ import annotations

from typing import Final

from lagerbro_sandbox.economic.pages.rights import NO_RIGHT

Sentences = tuple[str, str]
NOT_A_NUMBER: Final = "PageNumber"
NOT_TAKEN: Final = "PageNotTaken"
OTHER: Final[Sentences] = ("{field} blev ikke godtaget: {message}", "Ret det, og prøv igen.")
MISSING: Final[Sentences] = (
    "Det findes ikke længere. Måske har en anden allerede bogført eller slettet det.",
    "Genindlæs listen, og se, hvad der er sket.",
)
_BARRED_ACCOUNT: Final = (
    "Konto {0} er spærret.",
    "Åbn kontoen under Kontoplan og fjern spærringen, eller vælg en anden konto.",
)
_NO_ACCOUNT: Final = ("Konto {0} findes ikke.", "Find det rigtige kontonummer under Kontoplan.")
_WRONG_ACCOUNT: Final = (
    "Konto {0} kan man ikke bogføre på: den er en overskrift eller en sum.",
    "Vælg en driftskonto eller en statuskonto.",
)
_CLOSED_TO_ENTRIES: Final = (
    "Konto {0} er lukket for direkte posteringer.",
    "Vælg en anden konto, eller bogfør på kunden eller leverandøren i stedet.",
)
_NO_YEAR: Final = (
    "Datoen {0} ligger ikke i noget regnskabsår.",
    "Opret året under Regnskabsår, eller vælg en anden dato.",
)
_CLOSED_YEAR: Final = (
    "Regnskabsår {0} er lukket.",
    "Genåbn året under Regnskabsår, eller vælg en dato i et åbent år.",
)
_CLOSED_PERIOD: Final = (
    "Perioden med datoen {0} er spærret.",
    "Fjern spærringen under Regnskabsår, eller vælg en dato i en åben periode.",
)
_BARRED_CUSTOMER: Final = ("Kunde {0} er spærret.", "Åbn kunden, fjern spærringen, og prøv igen.")
_BARRED_SUPPLIER: Final = ("Leverandør {0} er spærret.", "Åbn leverandøren, fjern spærringen, og prøv igen.")
_RATE: Final = ("Kursen passer ikke til valutaen.", "Lad kursfeltet stå tomt, så bruges dagens kurs.")

SENTENCES: Final[dict[str, Sentences]] = {
    NO_RIGHT: ("{person} har ingen rolle, der giver adgang til det.", "Log ind som en bruger med rollen Superbruger."),
    NOT_A_NUMBER: ("{field}: ”{0}” er ikke et tal.", "Skriv tallet som 1.234,56."),
    NOT_TAKEN: ("{message}", "Ret det, og prøv igen."),
    "E04620": _BARRED_CUSTOMER,
    "E04630": ("Vare {0} er spærret.", "Åbn varen, fjern spærringen, og prøv igen."),
    "E04640": _BARRED_ACCOUNT,
    "E04641": _WRONG_ACCOUNT,
    "E04650": ("Der er ikke flere fakturanumre.", "Nummerserien er brugt op: vælg et lavere nummer."),
    "E04700": ("Der er ingen linjer med en vare.", "Sæt en vare og et antal på mindst én linje."),
    "E04720": ("En linje med antal eller pris mangler en vare.", "Skriv varens nummer på linjen."),
    "E04730": ("En linje med en vare mangler et antal.", "Skriv antallet på linjen."),
    "E04740": ("{field} har for mange cifre eller decimaler.", "Brug højst to decimaler."),
    "E04741": ("En linje er større, end regnskabet kan rumme.", "Skriv et mindre antal eller en lavere pris."),
    "E06000": ("{field} {0} findes ikke.", "Vælg en af dem, der er oprettet."),
    "E06605": ("Varegruppe {0} har ingen salgskonto for momszone {1}.", "Giv varegruppen en konto for zonen først."),
    "E07840": _NO_YEAR,
    "E07850": _CLOSED_YEAR,
    "E07860": _CLOSED_PERIOD,
    "E07810": ("Året skal begynde den {0}, dagen efter det sidste år.", "Ret den første dag."),
    "E07820": ("Året slutter, før det begynder.", "Ret den sidste dag."),
    "E07821": ("Året skal slutte på den sidste dag i en måned.", "Ret den sidste dag."),
    "E07822": ("Et regnskabsår er højst 18 måneder.", "Ret den sidste dag."),
    "JournalEntryAccountNotFound": _NO_ACCOUNT,
    "JournalEntryContraAccountNotFound": _NO_ACCOUNT,
    "JournalEntryWrongAccountType": _WRONG_ACCOUNT,
    "JournalEntryWrongContraAccountType": _WRONG_ACCOUNT,
    "JournalEntryAccountNotAccessible": _BARRED_ACCOUNT,
    "JournalEntryContraAccountNotAccessible": _BARRED_ACCOUNT,
    "JournalEntryAccountIsBlockedForDirectEntries": _CLOSED_TO_ENTRIES,
    "JournalEntryContraAccountIsBlockedForDirectEntries": _CLOSED_TO_ENTRIES,
    "JournalEntryAccountAndContraAccountNotSet": (
        "Der mangler en konto eller en modkonto.",
        "Udfyld mindst en af dem.",
    ),
    "JournalEntryDateAccountingYearDoesNotExist": _NO_YEAR,
    "JournalEntryDateAccountingYearClosed": _CLOSED_YEAR,
    "JournalEntryDateAccountingYearPeriodBarred": _CLOSED_PERIOD,
    "JournalEntryCustomerNotFound": ("Kunde {0} findes ikke.", "Find det rigtige nummer under Kunder."),
    "JournalEntrySupplierNotFound": ("Leverandør {0} findes ikke.", "Find det rigtige nummer under Leverandører."),
    "JournalEntryCustomerNotAccessible": _BARRED_CUSTOMER,
    "JournalEntrySupplierNotAccessible": _BARRED_SUPPLIER,
    "JournalEntryCustomerAndAccountNotSet": ("Der mangler en kunde eller en modkonto.", "Udfyld mindst en af dem."),
    "JournalEntrySupplierAndAccountNotSet": (
        "Der mangler en leverandør eller en modkonto.",
        "Udfyld mindst en af dem.",
    ),
    "JournalEntrySupplierNotSet": ("Et fakturanummer mangler sin leverandør.", "Skriv leverandørens nummer."),
    "JournalEntryAmountExceedsDigitLimit": ("Beløbet har for mange cifre eller decimaler.", "Brug højst to decimaler."),
    "JournalEntryTextTooLong": ("Teksten er for lang.", "Brug højst {0} tegn."),
    "JournalEntrySupplierInvoiceTooBig": ("Leverandørens fakturanummer er for langt.", "Brug højst {0} tegn."),
    "JournalEntryCurrencyNotFound": ("Valutaen er ikke oprettet i aftalen.", "Vælg en af aftalens valutaer."),
    "JournalEntryExchangeRateError": _RATE,
    "JournalEntryExchangeRateScalePrecisionError": _RATE,
    "JournalEntryExchangeRateMustBeOneHundredForBaseCurrency": _RATE,
    "JournalEntryDueDateNotInRange": ("Forfaldsdatoen ligger før datoen.", "Ret en af dem."),
    "Customer_Invoice_Is_Not_Numeric": ("Fakturanummeret er ikke et tal.", "Skriv kun cifre."),
    "Customer_invoice_too_big": ("Fakturanummeret er for stort.", "Brug højst ni cifre."),
    "JournalEntryTypeNotCorrect": ("Kassekladden tager ikke posteringer af den type.", "Brug en anden kassekladde."),
    "JournalEntryVoucherNumberNotWithinBoundaries": (
        "Bilagsnummeret ligger uden for kassekladdens serie.",
        "Brug et nummer fra {0} til {1}, eller lad feltet stå tomt.",
    ),
    "JournalVoucherNextNumberNotWithinBoundaries": (
        "Kassekladdens bilagsnumre er brugt op.",
        "Giv kassekladden en ny nummerserie.",
    ),
    "JournalVoucherEntityAlreadyExistsError": (
        "Bilag {0} er allerede bogført.",
        "Brug et andet nummer, eller lad feltet stå tomt.",
    ),
    "JournalVoucherDataIntegrityError": (
        "Bilag {0} stemmer ikke den {1}: forskellen på debet og kredit er {2}.",
        "Ret beløbene, eller sæt en modkonto på posteringen.",
    ),
    "JournalVoucherEntriesEmptyOrNull": ("Der er ingen posteringer at bogføre.", "Opret en postering først."),
    "JournalEntryDoesNotExist": MISSING,
    "UpdateConflict": (
        "En anden har ændret det, siden du åbnede siden.",
        "Åbn det igen, se ændringen, og ret det så.",
    ),
    "BarredAccountUsedByProductGroups": (
        "Varegrupper bogfører salg på kontoen.",
        "Giv varegrupperne en anden salgskonto først.",
    ),
    "BarredAccountUsedByVatAccounts": ("Momskoder bogfører på kontoen.", "Giv momskoderne en anden konto først."),
    "Not all entries are approved.": (
        "Ikke alle posteringer er godkendt.",
        "Godkend dem, eller bogfør dem, der er godkendt.",
    ),
}

BY_ENDING: Final[dict[str, Sentences]] = {
    "field is required.": ("{field} mangler.", "Udfyld feltet."),
    "String is not a full-date.": ("{field} er ikke en dato.", "Vælg en dato i feltet."),
    "is not of the type date-time.": ("{field} er ikke en dato.", "Vælg en dato i feltet."),
}
"""For refusals of form, which have no code of their own: by what the message ends on."""

FIELDS: Final = {
    "amount": "Beløb",
    "customer": "Kunde",
    "customerNumber": "Kunde",
    "supplierNumber": "Leverandør",
    "product": "Vare",
    "productNumber": "Vare",
    "quantity": "Antal",
    "unitNetPrice": "Pris",
    "date": "Dato",
    "dueDate": "Forfaldsdato",
    "fromDate": "Første dag",
    "toDate": "Sidste dag",
    "text": "Tekst",
    "other": "Reference",
    "layoutNumber": "Layout",
    "accountNumber": "Konto",
    "contraAccountNumber": "Modkonto",
    "vatCode": "Momskode",
    "contraVatCode": "Modkontos momskode",
    "voucherNumber": "Bilagsnummer",
    "currency": "Valuta",
    "exchangeRate": "Kurs",
    "supplierInvoiceNumber": "Leverandørens fakturanummer",
    "customerInvoiceNumber": "Fakturanummer",
    "objectVersion": "Versionen",
    "days": "Dage",
    "times": "Antal kald",
    "delay": "Ventetid",
}
