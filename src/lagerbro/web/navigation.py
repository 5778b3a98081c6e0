"""The pages of an agreement in the top bar. A new page is one row here."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lagerbro.agreements.models import AgreementState
from lagerbro.web.visiting import Visit


@dataclass(frozen=True, slots=True)
class Entry:
    """`page` is the name of its address; `below` names those that belong to it."""

    page: str
    label: str | Promise
    below: frozenset[str] = field(default_factory=frozenset)
    while_in: frozenset[str] = frozenset(AgreementState)
    """The states of the agreement in which it is shown."""
    query: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    address: str
    label: str | Promise
    is_current: bool
    needing: int = 0
    """How much needs somebody there."""


BEFORE: Final = frozenset({AgreementState.INSTALLING, AgreementState.STARTING})

STOCK_VALUE_PAGES: Final = frozenset(
    f"stock-value-{act}" for act in ("fetch", "earlier", "retry", "backfill", "backfill-show", "backfill-begin")
)

STARTUP_PAGES: Final = frozenset(f"startup-{act}" for act in ("read", "begin", "records"))

PAGES: Final = (
    Entry("overview", _("Overview")),
    Entry("activity", _("Activity"), frozenset({"transfer", "attempt"})),
    Entry("stock-value", _("Stock value"), STOCK_VALUE_PAGES),
    Entry("startup", _("Start-up sync"), STARTUP_PAGES, frozenset({AgreementState.STARTING})),
    Entry("settings", _("Settings"), frozenset({"settings-history", "settings-pick"})),
    Entry("activate", _("Activate integration"), frozenset({"activate-begin"}), BEFORE),
    Entry("activate", _("Check"), while_in=frozenset({AgreementState.ACTIVE}), query="?check=1"),
    Entry("connections", _("Connections and access"), frozenset({"disconnect", "reading-links"})),
)


def links(visit: Visit, current: str, needing: int = 0) -> list[Link]:
    """`needing`: how many transfers need somebody, which Overblik is for."""
    shown = [entry for entry in PAGES if visit.agreement.state in entry.while_in]
    return [
        Link(
            f"{visit.address(entry.page)}{entry.query}",
            entry.label,
            current in {entry.page, *entry.below},
            needing if entry.page == "overview" else 0,
        )
        for entry in shown
    ]
