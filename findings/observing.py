"""What every finding begins with: saying what runs, and holding what is seen against what was recorded."""

import platform
import sys
from importlib.metadata import version


def runs(*packages: str) -> None:
    """Say the versions of what is observed."""
    named = [f"{name} {version(name)}" for name in packages]
    print(", ".join([*named, f"Python {platform.python_version()}"]))  # noqa: T201 - a finding is read


def seen(what: str, found: object, recorded: object) -> None:
    """Print what is found; end with a sentence when it is not what was recorded."""
    print(f"  {what}: {found!r}")  # noqa: T201 - a finding is read
    if found != recorded:
        sys.exit(f"changed: {what}: recorded {recorded!r}, now {found!r}")


def outcome(act: object, *given: object, **more: object) -> object:
    """What a call answers, or the name of the error that it raises."""
    try:
        return act(*given, **more)  # type: ignore[operator]
    except Exception as error:  # noqa: BLE001 - whatever a package raises is what is observed
        return type(error).__name__
