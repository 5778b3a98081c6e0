"""The `lagerbro` command."""

from __future__ import annotations


def main() -> int:
    """Run the command line; answers the exit status."""
    return 0
