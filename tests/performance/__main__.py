"""The program without our own spacing of Rackbeat's calls, which would be all that is measured: `python -c … serve`."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from lagerbro import cli

UNSPACED = 100_000


def command(*arguments: str) -> list[str]:
    """As the demo starts its children, but for the program."""
    module = "lagerbro.cli" if arguments[0] in ("sandbox", "connect") else "tests.performance.__main__"
    return [sys.executable, "-c", f"import sys; from {module} import main; sys.exit(main())", *arguments]


def main(arguments: Sequence[str] | None = None) -> int:
    cli._django()
    from lagerbro.sync import clients  # only now may Django's models be loaded

    vars(clients)["CALLS_PER_SECOND"] = UNSPACED
    return cli.main(arguments)
