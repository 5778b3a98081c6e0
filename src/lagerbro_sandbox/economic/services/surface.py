"""The OpenAPI surface: which service answers a path (economic-api 3.1). Segments are read without regard to case."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Final

from lagerbro_sandbox.economic.platform.callers import roles_here
from lagerbro_sandbox.economic.platform.modules import NAMES, SCANNING, has_module
from lagerbro_sandbox.economic.services import webhooks
from lagerbro_sandbox.economic.services.calls import Call
from lagerbro_sandbox.economic.services.journals import documents, journals
from lagerbro_sandbox.economic.services.ledger import accounting_years, accounts, booked_entries
from lagerbro_sandbox.economic.services.master_data import customers, dimensions, products, suppliers
from lagerbro_sandbox.economic.services.problems import ServiceError, missing
from lagerbro_sandbox.economic.services.resources import ServiceRouter
from lagerbro_sandbox.economic.services.rest_errors import translated
from lagerbro_sandbox.economic.services.sales import q2c
from lagerbro_sandbox.economic.services.versions import MODULES, has, roles_for
from lagerbro_sandbox.economic.session import Session
from lagerbro_sandbox.economic.wire.errors import ApiError
from lagerbro_sandbox.kernel.http import Request, Response
from lagerbro_sandbox.kernel.routing import NoSuchMethodError, NoSuchPathError

PATH: Final = re.compile(r"^/(?P<service>[a-z0-9]+api)/v(?P<version>[\d.]+)(?P<rest>/.*)?$", re.IGNORECASE)
SERVICES: Final[dict[str, Callable[[ServiceRouter], None]]] = {
    "accountingyearsapi": accounting_years.add_to,
    "accountsapi": accounts.add_to,
    "bookedentriesapi": booked_entries.add_to,
    "customersapi": customers.add_to,
    "dimensionsapi": dimensions.add_to,
    "documentsapi": documents.add_to,
    "journalsapi": journals.add_to,
    "productsapi": products.add_to,
    "q2capi": q2c.add_to,
    "suppliersapi": suppliers.add_to,
    "webhooksapi": webhooks.add_to,
}


def is_here(request: Request) -> bool:
    """Whether the path is of this surface."""
    return PATH.match(request.path) is not None


def answer(session: Session, request: Request) -> Response:
    """The answer; raises ServiceError."""
    match = PATH.match(request.path)
    assert match is not None
    service, version = match["service"].lower(), match["version"]
    path = match["rest"] or "/"
    if service not in SERVICES or not has(service, version, path.strip("/").lower().partition("/")[0]):
        raise missing("The address")
    _check_access(session, service, path)
    call = Call(session, request, version, f"{session.base}/{match['service']}/v{version}", path)
    try:
        handler, values = _router(service).find(request.method, path)
    except NoSuchPathError as error:
        raise missing("The address") from error
    except NoSuchMethodError as error:
        raise ServiceError(405, "MethodNotAllowed", "The address does not support this verb.") from error
    try:
        return handler(call, values)
    except ApiError as error:
        raise translated(error) from error


def _check_access(session: Session, service: str, path: str) -> None:
    """403 for a role that the app lacks, and for a module that the agreement lacks (economic-api 1.5)."""
    first, _, rest = path.strip("/").lower().partition("/")
    needed = roles_for(service, first, rest)
    if needed and not needed & roles_here(session):
        raise ServiceError(403, "AccessDenied", f"The app needs one of the roles {', '.join(sorted(needed))}.")
    module = MODULES.get((service, first), MODULES.get((service, "")))
    if module == SCANNING and not has_module(session, module):
        raise ServiceError(403, "E03040", "The agreement is not authorized to use the Scanning add-on.")
    if module is not None and not has_module(session, module):
        title = f"Missing modules: {NAMES[module]}"
        raise ServiceError(403, "AccessDeniedAgreementMissingModules", "The agreement needs the module.", title=title)


@cache
def _router(service: str) -> ServiceRouter:
    router: ServiceRouter = ServiceRouter()
    SERVICES[service](router)
    return router
