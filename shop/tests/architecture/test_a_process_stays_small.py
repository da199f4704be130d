"""What a process seldom needs is loaded when it is needed, not in every worker."""

import os
import subprocess
import sys

from django.conf import settings

SELDOM = (
    "fpdf",
    "fontTools",
    "uharfbuzz",
    "openpyxl",
    "stripe",
    "boto3",
    "opensearchpy",
    "strawberry",
    "graphql",
)
ASK = f"""
import sys
import django
django.setup()
from django.core.handlers.wsgi import WSGIHandler
from django.urls import get_resolver
WSGIHandler()
get_resolver()._populate()
print(*[name for name in {SELDOM!r} if name in sys.modules])
"""


def test_a_web_process_starts_without_what_few_requests_need() -> None:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "settings.dev"}
    loaded = subprocess.run(
        [sys.executable, "-c", ASK],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert loaded.stdout.split() == []
