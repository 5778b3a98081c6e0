"""The API, both its surfaces: the services by the beginning of their paths, REST for all else."""

from __future__ import annotations

from lagerbro_sandbox.economic.services import surface as services
from lagerbro_sandbox.economic.session import Session
from lagerbro_sandbox.economic.surface import routes
from lagerbro_sandbox.kernel.http import Request, Response


def answer(session: Session, request: Request) -> Response:
    """What the API answers; ApiError and ServiceError where it refuses."""
    if services.is_here(request):
        return services.answer(session, request)
    return routes().answer(session, request)
