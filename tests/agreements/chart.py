"""A small directory that the rules about choices can be tried on, without any system."""

from __future__ import annotations

from lagerbro.agreements.directory import Account, Directory, Journal, Layout, RackbeatGroup, VatCode, VatKind

P, S = "profitAndLoss", "status"
CODES = (
    VatCode("U25", "Salgsmoms 25 %", "25", VatKind.SALES),
    VatCode("I25", "Købsmoms 25 %", "25", VatKind.PURCHASES),
    VatCode("IEUV", "Køb af varer i EU", "25", VatKind.REVERSE_CHARGE),
    VatCode("IVV", "Køb af varer uden for EU", "25", VatKind.REVERSE_CHARGE),
    VatCode("GL", "Gammel kode", "25", VatKind.PURCHASES, barred=True),
)
ACCOUNTS = (
    Account(1000, "OMSÆTNING", "heading"),
    Account(1010, "Salg af varer m/moms", P, "U25"),
    Account(1310, "Varekøb Danmark, cykler", P, "I25"),
    Account(1311, "Varekøb Danmark, tilbehør", P, "I25"),
    Account(1320, "Varekøb EU", P, "IEUV"),
    Account(1330, "Varekøb udland, cykler", P, "IVV"),
    Account(1331, "Varekøb udland, tilbehør", P),
    Account(1340, "Fragt på varekøb", P, "I25"),
    Account(1350, "Vareforbrug, lagerregulering", P),
    Account(1360, "Varekøb, gammel moms", P, "GL"),
    Account(1370, "Varekøb, spærret", P, "I25", barred=True),
    Account(5820, "Varelager", S),
    Account(6800, "Varekreditorer", S, blocked=True),
)
GROUPS = (
    RackbeatGroup(1, "Cykler"),
    RackbeatGroup(2, "Tilbehør"),
    RackbeatGroup(3, "Elcykler"),
    RackbeatGroup(4, "Øl"),
)
JOURNALS = (
    Journal(1, "Daglig"),
    Journal(2, "Lagerværdi", "financeVoucher"),
    Journal(3, "Låst", locks_vat_codes=True),
    Journal(4, "Leverandører", "supplierInvoice"),
    Journal(5, "Godkendes", needs_approval=True, is_standing=True),
)


def directory(*more: Account) -> Directory:
    return Directory(
        accounts={row.number: row for row in (*ACCOUNTS, *more)},
        vat_codes={row.code: row for row in CODES},
        journals={row.number: row for row in JOURNALS},
        layouts={1: Layout(1, "Dansk"), 2: Layout(2, "Slettet", deleted=True)},
        rackbeat_groups={row.number: row for row in GROUPS},
    )
