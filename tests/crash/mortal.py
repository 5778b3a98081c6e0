"""The program itself, which dies by SIGKILL at a named step when a file asks for it: `python -c … serve`."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from lagerbro import cli

ORDER = "die-at"
"""The file in the program's folder that names the step; whoever comes there first takes it away and dies."""


def command(*arguments: str) -> list[str]:
    """As the demo starts its children, but for the program in the test's clothes."""
    module = "lagerbro.cli" if arguments[0] in ("sandbox", "connect") else "tests.crash.mortal"
    return [sys.executable, "-c", f"import sys; from {module} import main; sys.exit(main())", *arguments]


def main(arguments: Sequence[str] | None = None) -> int:
    cli._django()
    from django.conf import settings

    from lagerbro.app import runtime

    inside: Any = runtime
    inside.Runtime = partial(inside.Runtime, failpoint=partial(_point, settings.LAGERBRO_HOME / ORDER))
    return cli.main(arguments)


def _point(order: Path, name: str) -> None:
    try:
        if order.read_text("ascii") != name:
            return
        order.unlink()
    except FileNotFoundError:
        return
    os.kill(os.getpid(), signal.SIGKILL)
