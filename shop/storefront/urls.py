"""Addresses of the server-rendered shop."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
