"""The WSGI application that granian serves."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "odd17.web.config.settings")

application = get_wsgi_application()

# after the line above, without which no application of Django can be imported
from odd17.web.config.warming import warm  # noqa: E402 - once Django is set up

warm()
