"""The program with a start-up sync that has little time to wait, and what a person presses: `press dry-run`.

Rackbeat's minute and the rest of a write whose outcome is unknown are shortened, so that fifty kills take minutes. The
local Rackbeat answers within a second, so nothing is in flight when a rest ends.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from tests.crash import mortal

CALLS_PER_SECOND = 15
RESTS = timedelta(seconds=2)


def command(*arguments: str) -> list[str]:
    """As the demo starts its children."""
    if arguments[0] in ("sandbox", "connect"):
        return mortal.command(*arguments)
    return [sys.executable, "-c", "import sys; from tests.crash.starting import main; sys.exit(main())", *arguments]


def main(arguments: Sequence[str] | None = None) -> int:
    from lagerbro import cli

    asked = list(sys.argv[1:] if arguments is None else arguments)
    cli._django()
    if asked[0] == "press":
        _press(asked[1])
        return 0
    from lagerbro.flows.startup import batch
    from lagerbro.sync import clients

    patched: Any = batch
    patched.OUTCOME_PENDING_FOR, patched.SEND_FOR = RESTS, RESTS
    wires: Any = clients
    wires.CALLS_PER_SECOND = CALLS_PER_SECOND
    return mortal.main(arguments)


def _press(what: str) -> None:
    from django.utils import timezone

    from lagerbro.agreements.models import Agreement
    from lagerbro.agreements.scope import agreement_scope
    from lagerbro.flows.startup import starting
    from lagerbro.flows.startup.choices import OnConflict, StartupChoices
    from lagerbro.flows.startup.kinds import Kind

    agreement = Agreement.objects.get()
    choices = StartupChoices(on_conflict={Kind.CUSTOMER.value: OnConflict.OVERWRITE})
    acts: dict[str, Callable[[], object]] = {
        "dry-run": lambda: starting.ask_dry_run(agreement, choices, by="test", now=timezone.now()),
        "begin": lambda: starting.begin(agreement, by="test", now=timezone.now()),
    }
    with agreement_scope(agreement.pk):
        acts[what]()
