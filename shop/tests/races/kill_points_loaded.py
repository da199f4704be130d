"""Load the shop once, addresses and all: the processes that are killed are forked from here."""

import django
from django.urls import get_resolver

django.setup()
# Else each of them reads what stands behind every address, which takes longer than all it does.
get_resolver().url_patterns  # noqa: B018
