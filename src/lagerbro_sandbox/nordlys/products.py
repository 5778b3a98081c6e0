"""Product groups and some two hundred products of a bicycle shop, with stock and cost prices."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from lagerbro_sandbox.company import Product, ProductGroup, Unit

FULL: Final = Decimal(25)
GOODS: Final = {1: 1010, 2: 1020, 3: 1030, 4: 1040}
BICYCLES: Final = {**GOODS, 1: 1012}
WORK: Final = {1: 1014, 2: 1024, 3: 1030, 4: 1040}
FREIGHT: Final = {1: 1016, 2: 1020, 3: 1030, 4: 1040}

UNITS: Final = (Unit(1, "stk."), Unit(2, "sæt"), Unit(3, "par"), Unit(4, "time"), Unit(5, "kg"))

GROUPS: Final = (
    ProductGroup(1, "Cykler", BICYCLES, FULL),
    ProductGroup(2, "Elcykler", BICYCLES, FULL),
    ProductGroup(3, "Reservedele", GOODS, FULL),
    ProductGroup(4, "Dæk og slanger", GOODS, FULL),
    ProductGroup(5, "Tilbehør", GOODS, FULL),
    ProductGroup(6, "Beklædning", GOODS, FULL),
    ProductGroup(7, "Værkstedsydelser", WORK, FULL, has_inventory=False),
    ProductGroup(8, "Fragt og gebyrer", FREIGHT, FULL, has_inventory=False),
)

# group, unit, prefix of the number, names, variants, lowest price, step, cost in per cent, stock of the first
_SERIES: Final = (
    (
        1,
        1,
        "NL-",
        ("Nordlys City", "Nordlys Tur", "Nordlys Junior", "Nordlys Gravel"),
        ("48", "52", "56", "60"),
        3995,
        475,
        58,
        9,
    ),
    (1, 1, "HV-", ("Havblik Dame", "Havblik Herre"), ("3 gear", "7 gear", "8 gear"), 4495, 350, 60, 6),
    (2, 1, "EL-", ("Polar E-City", "Polar E-Tur", "Polar E-Lad"), ("400 Wh", "500 Wh", "630 Wh"), 13995, 1500, 64, 4),
    (
        3,
        1,
        "RD/",
        ("Kæde", "Krank", "Pedalarm", "Bremsegreb", "Gearvælger", "Bagskifter"),
        ("8-delt", "9-delt", "10-delt", "11-delt"),
        149,
        38,
        48,
        40,
    ),
    (3, 1, "HJ-", ("Forhjul", "Baghjul", "Nav", "Sadel"), ("Basis", "Komfort", "Sport", "Gravel"), 299, 55, 52, 16),
    (3, 2, "BR#", ("Bremseklodser", "Bremsekabler"), ("Skive", "Fælg", "Rulle"), 79, 20, 42, 120),
    (
        4,
        1,
        "0",
        ("Dæk Byvej", "Dæk Grus", "Dæk Vinter", "Slange"),
        ("28x1,40", "28x1,75", "26x1,90", "24x1,75", "20x1,75"),
        69,
        21,
        45,
        80,
    ),
    (
        5,
        1,
        "TB ",
        ("Lås", "Forlygte", "Baglygte", "Kurv", "Pumpe", "Klokke", "Barnestol"),
        ("Basis", "Komfort", "Pro", "Sort", "Hvid"),
        89,
        27,
        47,
        35,
    ),
    (5, 1, "TK-", ("Cykelcomputer", "Drikkedunk", "Flaskeholder", "Spejl"), ("1", "2", "3", "4", "5"), 59, 23, 41, 30),
    (5, 2, "TS-", ("Lygtesæt", "Skærmsæt", "Værktøjssæt"), ("Lille", "Stor"), 199, 90, 50, 22),
    (6, 1, "BK-", ("Hjelm", "Regnjakke", "Vest", "Trøje"), ("S", "M", "L", "XL"), 249, 61, 44, 18),
    (6, 1, "BC-", ("Cykelbukser", "Sokker"), ("S", "M", "L", "XL"), 99, 47, 43, 28),
    (6, 3, "BP-", ("Handsker", "Skoovertræk", "Benvarmere"), ("S", "M", "L"), 149, 33, 43, 25),
)

_WORK: Final = (
    (7, 4, "V-TIME", "Værkstedstime", "520.00"),
    (7, 1, "V-SERVICE", "Serviceeftersyn", "695.00"),
    (7, 1, "V-LAPNING", "Lapning", "149.00"),
    (7, 1, "V-KLARGØR", "Klargøring af ny cykel", "399.00"),
    (8, 1, "FRAGT", "Fragt", "79.00"),
    (8, 1, "FRAGT-EU", "Fragt til EU", "189.00"),
    (8, 1, "GEBYR", "Ekspeditionsgebyr", "39.00"),
    (8, 5, "LADFRAGT", "Fragt pr. kg", "12.345"),
)


def products() -> tuple[Product, ...]:
    return (
        *_goods(),
        *(Product(number, name, group, unit, Decimal(price), Decimal(0)) for group, unit, number, name, price in _WORK),
    )


def _goods() -> Iterator[Product]:
    count = 0
    for group, unit, prefix, names, variants, lowest, step, cost, stock in _SERIES:
        for index, (name, variant) in enumerate((name, variant) for name in names for variant in variants):
            count += 1
            price = Decimal(lowest + step * index) * Decimal("0.8")  # shelf prices less VAT
            yield Product(
                number=f"{prefix}{100 + index}",
                name=f"{name} {variant}",
                group=group,
                unit=unit,
                sales_price=price.quantize(Decimal("0.01")),
                cost_price=(price * cost / Decimal(100)).quantize(Decimal("0.01")),
                stock=Decimal(max(stock - index % 7, 0)),
                barcode=ean13(f"579999{count:06d}"),
            )


def ean13(digits: str) -> str:
    """Twelve digits with their check digit."""
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
    return f"{digits}{-total % 10}"
