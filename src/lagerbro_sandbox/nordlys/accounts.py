"""The chart of accounts and VAT codes. Numbers follow the worked examples of the rules (1010, 1310, 5600, 6902 …)."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from lagerbro_sandbox.company import Account, VatCode

P: Final = "profitAndLoss"
S: Final = "status"
FULL: Final = Decimal(25)
NONE: Final = Decimal(0)

VAT_CODES: Final = (
    VatCode("U25", "Salgsmoms 25 %", FULL, 1, 6902),
    VatCode("UEUV", "Salg af varer til EU", NONE, 1, 6902),
    VatCode("UEUY", "Salg af ydelser til EU", NONE, 1, 6902),
    VatCode("ABR", "Salg uden for EU", NONE, 1, 6902),
    VatCode("UFRI", "Momsfrit salg", NONE, 1, 6902),
    VatCode("I25", "Købsmoms 25 %", FULL, 2, 6903),
    VatCode("IEUV", "Køb af varer i EU", FULL, 3, 6903, 6904),
    VatCode("IEUY", "Køb af ydelser i EU", FULL, 3, 6903, 6904),
    VatCode("IVV", "Køb af varer uden for EU", FULL, 3, 6903, 6907),
    VatCode("IVY", "Køb af ydelser uden for EU", FULL, 3, 6903, 6907),
    VatCode("REP", "Repræsentation", Decimal("6.25"), 2, 6903),
    VatCode("HREP", "Hotel", FULL, 2, 6903),
)

_ROWS: Final[tuple[tuple[int, str, str, str | None], ...]] = (
    (1000, "OMSÆTNING", "heading", None),
    (1010, "Salg af varer m/moms", P, "U25"),
    (1012, "Salg af cykler m/moms", P, "U25"),
    (1014, "Værkstedsydelser m/moms", P, "U25"),
    (1016, "Fragt og gebyrer m/moms", P, "U25"),
    (1020, "Salg af varer til EU", P, "UEUV"),
    (1024, "Salg af ydelser til EU", P, "UEUY"),
    (1030, "Salg af varer uden for EU", P, "ABR"),
    (1040, "Momsfrit salg i Danmark", P, "UFRI"),
    (1300, "VAREFORBRUG", "heading", None),
    (1310, "Varekøb Danmark, cykler", P, "I25"),
    (1311, "Varekøb Danmark, tilbehør", P, "I25"),
    (1320, "Varekøb EU, cykler", P, "IEUV"),
    (1321, "Varekøb EU, tilbehør", P, "IEUV"),
    (1330, "Varekøb udland, cykler", P, "IVV"),
    (1331, "Varekøb udland, tilbehør", P, "IVV"),
    (1340, "Fragt på varekøb", P, "I25"),
    (1350, "Vareforbrug, lagerregulering", P, None),
    (1360, "Svind og kassation", P, None),
    (1390, "Varekøb, ikke fordelt", P, "I25"),
    (2200, "LØN", "heading", None),
    (2210, "Lønninger", P, None),
    (2220, "Pension", P, None),
    (2230, "ATP og sociale bidrag", P, None),
    (2700, "SALG OG REJSE", "heading", None),
    (2710, "Annoncer og reklame", P, "I25"),
    (2750, "Repræsentation", P, "REP"),
    (2770, "Hotel og rejse", P, "HREP"),
    (3400, "LOKALER", "heading", None),
    (3410, "Husleje", P, "I25"),
    (3420, "El, vand og varme", P, "I25"),
    (3440, "Rengøring", P, "I25"),
    (3600, "ADMINISTRATION", "heading", None),
    (3604, "Kontorartikler", P, "I25"),
    (3617, "Edb og programmer", P, "I25"),
    (3620, "Telefon og internet", P, "I25"),
    (3640, "Revisor", P, "I25"),
    (3650, "Forsikringer", P, None),
    (3660, "Kontingenter", P, None),
    (3680, "Tab på debitorer", P, None),
    (3690, "Øredifferencer", P, None),
    (4400, "RENTER", "heading", None),
    (4410, "Renteindtægter, bank", P, None),
    (4440, "Renteudgifter, bank", P, None),
    (4470, "Valutakursdifferencer", P, None),
    (5000, "AKTIVER", "heading", None),
    (5210, "Driftsmidler", S, None),
    (5230, "Afskrivninger på driftsmidler", S, None),
    (5600, "Debitorer", S, None),
    (5605, "Debitorer, udland", S, None),
    (5690, "Periodeafgrænsning", S, None),
    (5800, "LAGER OG LIKVIDER", "heading", None),
    (5820, "Varelager", S, None),
    (5830, "Forudbetalte varer", S, None),
    (5850, "Kasse", S, None),
    (5855, "Bank, driftskonto", S, None),
    (5860, "Bank, valutakonto", S, None),
    (6000, "PASSIVER", "heading", None),
    (6110, "Egenkapital primo", S, None),
    (6190, "Overført resultat", S, None),
    (6700, "Banklån", S, None),
    (6800, "Varekreditorer", S, None),
    (6805, "Varekreditorer, udland", S, None),
    (6820, "Skyldig A-skat", S, None),
    (6880, "Gavekort", S, None),
    (6900, "MOMS", "heading", None),
    (6902, "Salgsmoms", S, None),
    (6903, "Købsmoms", S, None),
    (6904, "Moms af EU-køb", S, None),
    (6907, "Moms af køb uden for EU", S, None),
    (6950, "Momsafregning", S, None),
)
_CONTROL: Final = frozenset({5600, 5605, 6800, 6805, 6902, 6903, 6904, 6907})
_SUMS: Final = ((1299, "Omsætning i alt", 1000), (1399, "Vareforbrug i alt", 1300), (5999, "Aktiver i alt", 5000))

ACCOUNTS: Final = tuple(
    sorted(
        (
            *(
                Account(
                    number,
                    name,
                    kind,
                    vat_code=code,
                    is_credit=number < 1300 or 6000 <= number < 7000,
                    blocked=number in _CONTROL,
                )
                for number, name, kind, code in _ROWS
            ),
            *(Account(number, name, "sumInterval", sum_from=first) for number, name, first in _SUMS),
        ),
        key=lambda account: account.number,
    )
)
