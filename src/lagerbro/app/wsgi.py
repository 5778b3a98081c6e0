"""The WSGI application, for whichever server carries it."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lagerbro.app.settings")
application = get_wsgi_application()
