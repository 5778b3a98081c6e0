"""The WSGI application, for whichever server carries it other than our own."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application
from django.db import connections

from lagerbro.app.home import make_new_files_private

make_new_files_private()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lagerbro.app.settings")
application = get_wsgi_application()

from lagerbro.app.keys.opening import open_database  # noqa: E402 - needs Django set up

open_database()
connections.close_all()  # a server that forks afterwards must not share them
