"""Whom a sandbox answers: programs and people of this machine, who ask it by a name of its own.

A page of any site can have a browser ask 127.0.0.1, by that name or by one of its own that it lets lead there. The
first is told by where it comes from, the second by the name that it asks for.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from lagerbro_sandbox.kernel.http import Request, Response
from lagerbro_sandbox.kernel.json import to_json

LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})


def refusal(request: Request, public_base: str | None, *, admin: bool) -> Response | None:
    """Why the request is not answered; None where it is. `admin`: it is for a door that is the operator's alone."""
    if not is_own(request.host, public_base):
        return _refused(421, "This is answered by the names of this machine and by the public base only.")
    if not admin:
        return None
    if request.method != "POST":
        return _refused(405, "Acts are asked for by POST.")
    if _is_from_elsewhere(request, public_base):
        return _refused(403, "Another site's page may not ask for this.")
    kind = request.headers.get("content-type", "")
    if (request.body or kind) and kind.partition(";")[0].strip().lower() != "application/json":
        return _refused(415, "The act is described in JSON: Content-Type: application/json.")
    return None


def is_own(host: str, public_base: str | None) -> bool:
    """Whether the name, with its port, is one of ours."""
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:  # no name at all
        return False
    return name in LOOPBACK or name.endswith(".localhost") or (public_base is not None and _netloc(public_base) == host)


def _is_from_elsewhere(request: Request, public_base: str | None) -> bool:
    origin = request.headers.get("origin")
    if origin is not None and _netloc(origin) not in {request.host, _netloc(public_base or "") or request.host}:
        return True
    return request.headers.get("sec-fetch-site", "none") not in ("same-origin", "none")


def _netloc(address: str) -> str:
    try:
        return urlsplit(address).netloc
    except ValueError:
        return ""


def _refused(status: int, reason: str) -> Response:
    return Response(status, {"Content-Type": "application/json"}, to_json({"error": reason}))
