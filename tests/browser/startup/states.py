"""Start-up syncs in every state, by their rows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import msgspec
from django.utils import timezone

from lagerbro.agreements.models import Agreement, AgreementState, StartupState
from lagerbro.agreements.scope import agreement_scope
from lagerbro.flows.startup.choices import DEFAULT
from lagerbro.flows.startup.kinds import ORDER, Kind
from lagerbro.flows.startup.models import RunState, StartupRecord, StartupRun

if TYPE_CHECKING:
    from tests.browser.pages import Scene

ROWS: Final[tuple[tuple[Kind, str, str, str, str, str, str, dict[str, str]], ...]] = (
    (Kind.PAYMENT_TERMS, "1", "Netto 8 dage", "", "make", "", "made", {}),
    (Kind.PRODUCT_GROUP, "1", "Cykler", "", "make", "", "made", {}),
    (Kind.PRODUCT, "NL-100", "Bycykel 28 tommer", "", "make", "", "made", {}),
    (Kind.PRODUCT, "NL-200", "x" * 120, "", "cannot", "name_too_long", "", {"length": "300", "longest": "255"}),
    (Kind.CUSTOMER_GROUP, "1", "Danske kunder", "", "make", "", "made", {}),
    (Kind.CUSTOMER, "10001", "Cykelhjørnet Aarhus C A/S", "Cykelhjørnet", "conflict", "", "filled", {}),
    (Kind.CUSTOMER, "10002", "Den Grønne Cykel ApS", "Den Grønne Cykel ApS", "same", "", "linked", {}),
    (Kind.CUSTOMER, "K-9", "Kontantsalg", "", "cannot", "number_not_digits", "", {}),
    (Kind.CUSTOMER, "10003", "Afvist A/S", "", "make", "startup_refused", "refused", {"said": "The ean must be 13."}),
    (Kind.SUPPLIER, "50001", "Fynske Lygter ApS", "", "make", "", "made", {}),
)


def at(state: str) -> Callable[[Scene], None]:
    """A run in this state; in an empty state there is none yet."""

    def before(scene: Scene) -> None:
        agreement, now = scene.company.agreement, timezone.now()
        used = state not in ("", RunState.READING, RunState.READY)
        Agreement.objects.filter(pk=agreement.pk).update(
            state=AgreementState.STARTING,
            startup_state=StartupState.RUNNING if used else StartupState.WANTED,
            startup_used_at=now if used else None,
        )
        with agreement_scope(agreement.pk):
            StartupRun.in_scope.all().delete()
            if not state:
                return
            run = StartupRun.in_scope.create(
                agreement=agreement,
                epoch=agreement.ledger_epoch,
                state=state,
                choices=msgspec.to_builtins(DEFAULT),
                kind=Kind.CUSTOMER if state == RunState.READING else "",
                asked_by="Mette",
                asked_at=now,
                read_at=None if state == RunState.READING else now,
                begun_at=now - timedelta(minutes=2) if used else None,
                ended_at=now if state == RunState.DONE else None,
            )
            StartupRecord.in_scope.bulk_create(
                StartupRecord(
                    agreement=agreement,
                    run=run,
                    kind=kind,
                    rank=ORDER.index(kind),
                    key=number,
                    number=number,
                    name=name,
                    existing_name=other,
                    action=action,
                    code=code if state == RunState.DONE or action == "cannot" else "",
                    state=_state(state, became, place),
                    details=details,
                    left_out="layout_id" if place == 6 else "",
                )
                for place, (kind, number, name, other, action, code, became, details) in enumerate(ROWS)
            )

    return before


def _state(state: str, became: str, place: int) -> str:
    """What was done until now: all of it, the first half, or nothing."""
    is_done = state == RunState.DONE or (state in (RunState.RUNNING, RunState.PAUSED) and place < len(ROWS) // 2)
    return became if is_done and became else "waiting"
