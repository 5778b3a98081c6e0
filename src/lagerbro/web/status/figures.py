"""The counts of Overblik and the first sentence that follows from them: one rule, from what the page shows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lagerbro.agreements.models import AgreementState


class Verdict(StrEnum):
    """NEEDS_YOU before TRYING before CALM; or why nothing is transferred at all."""

    INSTALLING = "installing"
    STARTING = "starting"
    PAUSED = "paused"
    GONE = "gone"
    NEEDS_YOU = "needs_you"
    DOUBTED = "doubted"
    TRYING = "trying"
    CALM = "calm"


@dataclass(frozen=True, slots=True)
class Figures:
    """What stands on the page. `records` need somebody and `faults` do too; what is `moving` goes on by itself, and of
    that `failing` has failed lately; `failing_routines` have too, and those of them that need somebody are `faults`.
    """

    state: str
    transferred: int = 0
    drafted: int = 0
    moving: int = 0
    failing: int = 0
    records: int = 0
    faults: int = 0
    failing_routines: int = 0
    is_doubted: bool = False
    """Rackbeat has said that we were uninstalled, and is being asked."""

    @property
    def needs_you(self) -> int:
        return self.records + self.faults

    @property
    def verdict(self) -> Verdict:
        if self.state != AgreementState.ACTIVE:
            return Verdict(self.state)
        if self.is_doubted:
            return Verdict.DOUBTED
        if self.needs_you:
            return Verdict.NEEDS_YOU
        return Verdict.TRYING if self.failing or self.failing_routines else Verdict.CALM


def first_sentence(figures: Figures) -> str:
    """What the page answers first."""
    match figures.verdict:
        case Verdict.CALM:
            return " ".join(filter(None, (_("Everything is in order."), _today(figures), _on_its_way(figures))))
        case Verdict.DOUBTED:
            doubted = _("Rackbeat reports that the app has been uninstalled. Lagerbro is asking whether it is so.")
            return f"{doubted} {_needs(figures)}" if figures.needs_you else doubted
        case Verdict.TRYING:
            trying = _("Not everything got through just now; Lagerbro tries again by itself.")
            return f"{trying} {_today(figures)}"
        case Verdict.NEEDS_YOU:
            return _needs(figures)
        case _:
            stopped = _stopped(figures.verdict)
            return f"{stopped} {_needs(figures)}" if figures.needs_you else stopped


def _stopped(verdict: Verdict) -> str:
    match verdict:
        case Verdict.INSTALLING:
            return _("The connection is made, and nothing is transferred yet. Answer the settings and activate.")
        case Verdict.STARTING:
            return _("The start-up sync is not finished, and nothing is transferred to e-conomic yet.")
        case Verdict.PAUSED:
            return _("The connection is paused. What happens in Rackbeat is kept and transferred when you resume.")
        case _:
            return _("The connection is broken, and nothing is transferred.")


def _needs(figures: Figures) -> str:
    if not figures.faults:
        return ngettext("%(n)s record needs you.", "%(n)s records need you.", figures.records) % {"n": figures.records}
    needing = figures.needs_you
    return ngettext("%(n)s thing needs you.", "%(n)s things need you.", needing) % {"n": needing}


def _today(figures: Figures) -> str:
    done = figures.transferred
    sentence = ngettext("%(n)s record has been transferred today.", "%(n)s records have been transferred today.", done)
    return sentence % {"n": done}


def _on_its_way(figures: Figures) -> str:
    if not figures.moving:
        return ""
    sentence = ngettext("%(n)s record is on its way.", "%(n)s records are on their way.", figures.moving)
    return sentence % {"n": figures.moving}
