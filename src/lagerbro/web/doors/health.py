"""Whether the program answers and has its database: for proxies and for whoever watches. It asks nobody else."""

from __future__ import annotations

from typing import Final

from django.db import Error, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

ADDRESS: Final = "health/"


@never_cache
@require_safe
def health(_request: HttpRequest) -> JsonResponse:
    """200 when it has; 503 when the database does not answer."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return JsonResponse({"ok": False}, status=503)
    return JsonResponse({"ok": True})
