"""Findings in the reader's language, in the three groups of the page: must be mended, should be, in order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy

from lagerbro.agreements.questions import BY_KEY, anchor
from lagerbro.books.choices import NO_ITEM_GROUP
from lagerbro.books.zones import Zone
from lagerbro.checks.check import Area, Finding, Remedy, Severity
from lagerbro.web.sentences.checks import CHECKS, PASSED
from lagerbro.web.sentences.details import ZONES
from lagerbro.web.sentences.words import Message, message_of
from lagerbro.web.views.settings.words import LABELS, NO_ITEM, SECTIONS

Words = str | Promise

AREAS: Final[Mapping[Area, Words]] = {
    Area.CONNECTIONS: _("The connections"),
    Area.LEDGER: _("The books"),
    Area.PURCHASES: _("Supplier invoices"),
    Area.SALES: _("Customer invoices"),
    Area.LAYOUTS: _("Layouts"),
    Area.STOCK_VALUE: _("Daily stock value update"),
    Area.STARTUP: _("Start-up sync"),
}

_SOURCES: Final[Mapping[str, Words]] = {
    "self": _("your company"),
    "account": _("your company"),
    "accounts": _("the chart of accounts"),
    "vat_codes": _("the VAT codes"),
    "vat_zones": _("the VAT zones"),
    "journals": _("the journals"),
    "layouts": _("the layouts"),
    "rackbeat_layouts": _("the layouts"),
    "product_groups": _("the product groups"),
    "rackbeat_groups": _("the product groups"),
    "sales_accounts": _("the sales accounts of the product groups"),
    "customer_groups": _("the customer groups"),
    "rackbeat_customer_groups": _("the customer groups"),
    "terms": _("the payment terms"),
    "rackbeat_terms": _("the payment terms"),
    "currencies": _("the currencies"),
    "customer_currencies": _("the currencies of the customers"),
    "supplier_currencies": _("the currencies of the suppliers"),
    "years": _("the accounting years"),
    "periods": _("the accounting periods"),
    "last_booked": _("the invoice numbers"),
    "next_invoice": _("the invoice numbers"),
    "items": _("the items that the settings name"),
    "base_currency": _("the base currency"),
}
_PARTS: Final[Mapping[str, Words]] = {"cvr": _("CVR number"), "country": pgettext_lazy("own company", "country")}
NOTHING_ON: Final = "nothing_enabled"
_ZONE_WORDS: Final = frozenset(zone.value for zone in Zone)
_ROLES: Final = _("The app lacks: %(roles)s.")
_ROLE_WORDS: Final[Mapping[str, Words]] = {"Sales": _("sales"), "Bookkeeping": _("bookkeeping")}
"""e-conomic's names of roles (economic-api 1.5)."""


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """One finding as it is read. `target` is the field's place on the settings page; `remedy` a system's name."""

    message: Message
    target: str = ""
    label: str = ""
    remedy: str = ""
    address: str = ""
    more: int = 0
    connect: bool = False


@dataclass(frozen=True, slots=True)
class PassedArea:
    """What is in order in one part: a line for each thing that was looked at."""

    title: str
    lines: tuple[str, ...]


@dataclass
class FindingGroups:
    """The three groups of the page; `notes` are good to know and ask for nothing."""

    blocks: list[ShownFinding] = field(default_factory=list)
    should: list[ShownFinding] = field(default_factory=list)
    notes: list[ShownFinding] = field(default_factory=list)
    passed: list[PassedArea] = field(default_factory=list)
    checked: int = 0
    is_nothing_on: bool = False
    """No section is switched on, so that an activation would transfer nothing."""

    @property
    def should_count(self) -> int:
        return sum(1 + one.more for one in self.should)

    @property
    def blocks_count(self) -> int:
        return sum(1 + one.more for one in self.blocks)


def finding_groups(findings: Iterable[Finding]) -> FindingGroups:
    """The findings as the page shows them."""
    groups, passed = FindingGroups(), []
    by_severity = {Severity.BLOCKS: groups.blocks, Severity.SHOULD: groups.should, Severity.FINE: groups.notes}
    wrong: set[str] = set()
    for finding in findings:
        if finding.passed:
            passed.append(finding)
        else:
            groups.is_nothing_on |= finding.code == NOTHING_ON
            wrong.add(finding.field.partition(":")[0])
            by_severity[finding.severity].append(shown_finding(finding))
    groups.passed = _passed_areas(passed, wrong)
    groups.checked = sum(len(part.lines) for part in groups.passed)
    return groups


def shown_finding(finding: Finding) -> ShownFinding:
    """One finding with its reason, its remedy and the way to the very field."""
    name = finding.field.partition(":")[0]
    system = finding.remedy.system
    return ShownFinding(
        message=message_of(CHECKS.get(finding.code), finding.code, finding.field, _details(finding)),
        target=anchor(finding.field) if name in BY_KEY else "",
        label=str(LABELS[name].label) if name in LABELS else "",
        remedy={"economic": "e-conomic", "rackbeat": "Rackbeat"}.get(system, ""),
        address=_home_url(system),
        more=finding.more,
        connect=finding.remedy in (Remedy.ECONOMIC_APPS, Remedy.RACKBEAT_APPS) and finding.area is Area.CONNECTIONS,
    )


def _passed_areas(passed: Iterable[Finding], wrong: set[str]) -> list[PassedArea]:
    """What no check of a setting spoke against is told once by the setting's name; the rest by its own words."""
    parts: dict[Area, dict[str, None]] = defaultdict(dict)
    for finding in passed:
        words = PASSED.get(finding.code)
        if words is None and finding.field and finding.field not in wrong:
            words = LABELS[finding.field].label
        if words is not None:
            parts[finding.area][str(words)] = None
    return [PassedArea(str(AREAS[area]), tuple(parts[area])) for area in Area if parts.get(area)]


def _details(finding: Finding) -> dict[str, str]:
    """What the check knows, in words where it knows codes."""
    name = finding.field.partition(":")[0]
    details = {key: _FORMATTERS[key](value) if key in _FORMATTERS else value for key, value in finding.details.items()}
    if name in LABELS:
        details |= {"label": str(LABELS[name].label), "section": str(SECTIONS[BY_KEY[name].section])}
    return details


def _zones(words: str) -> str:
    return ", ".join(_zone(word) for word in words.replace(",", " ").split())


def _group(names: str) -> str:
    return ", ".join(str(NO_ITEM) if name == NO_ITEM_GROUP else name for name in names.split(", "))


def _source_name(name: str) -> str:
    return str(_SOURCES.get(name.partition(".")[0], name))


def _role_names(names: str) -> str:
    words = ", ".join(str(_ROLE_WORDS.get(name, name)) for name in names.split(", "))
    return str(_ROLES) % {"roles": words} if names else ""


def _zone(word: str) -> str:
    return str(ZONES[Zone(word)]) if word in _ZONE_WORDS else word


def _home_url(system: str) -> str:
    """The system's own front door: no address further in is published."""
    if system == "rackbeat":
        return str(settings.LAGERBRO_RACKBEAT_URL)
    if system == "economic":
        parts = urlsplit(settings.LAGERBRO_ECONOMIC_GRANT_URL)
        return f"{parts.scheme}://{parts.netloc}/"
    return ""


_FORMATTERS: Final[Mapping[str, Callable[[str], str]]] = {
    "zone": _zone,
    "zones": _zones,
    "group": _group,
    "groups": _group,
    "source": _source_name,
    "part": lambda name: str(_PARTS.get(name, name)),
    "roles": _role_names,
}
"""Details that mean something to checks alone; the rest is worded as everywhere (`sentences.details`)."""


def finding_lines(findings: Iterable[Finding], language: str = "en") -> list[str]:
    """A line for each finding, for whoever reads a terminal: its code, what, why, and what to do."""
    with override(language):
        messages = [(finding.code, shown_finding(finding).message) for finding in findings]
        return [f"  {code}: {one.what} {one.why} {one.do}" for code, one in messages]
