"""What the demo remembers between two starts: its folder, its ports, its keys."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
from pathlib import Path
from typing import Final

import msgspec

STATE_FILE: Final = "demo.json"
PORT_NAMES: Final = ("economic", "rackbeat", "web")


class DemoState(msgspec.Struct):
    """`ports` by name; the tokens open the sandboxes and nothing else. `agreement`: the one that the demo connects."""

    ports: dict[str, int]
    app_secret: str
    grant: str
    rackbeat_token: str
    pages: str = ""
    connected_to: str = ""
    agreement: str = ""


def load_state(folder: Path, *, fresh: bool) -> DemoState:
    """The state of the last start, or a new one; a port that somebody else has taken is replaced."""
    if fresh:
        shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    state = _read(folder) or DemoState({}, *(secrets.token_urlsafe(24) for _ in range(3)))
    for name in PORT_NAMES:
        if not _is_free(state.ports.get(name, 0)):
            state.ports[name] = _free_port(set(state.ports.values()))
    save_state(folder, state)
    return state


def running_pages_url(folder: Path) -> str:
    """Where the demo that is running shows its pages, as far as it has come."""
    state = _read(folder)
    return state.pages if state else ""


def save_state(folder: Path, state: DemoState) -> None:
    path = folder / STATE_FILE
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(msgspec.json.encode(state))


def _read(folder: Path) -> DemoState | None:
    try:
        return msgspec.json.decode((folder / STATE_FILE).read_bytes(), type=DemoState)
    except (FileNotFoundError, msgspec.MsgspecError):
        return None


def _is_free(port: int) -> bool:
    if not port:
        return False
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _free_port(taken: set[int]) -> int:
    while True:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port: int = probe.getsockname()[1]
        if port not in taken:
            return port
