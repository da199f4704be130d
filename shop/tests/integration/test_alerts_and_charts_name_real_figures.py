"""Whoever is woken by an alert or looks at a chart looks at figures that the shop really tells."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.test import Client

ROOT = Path(__file__).resolve().parents[3]
RULES = [
    rule
    for group in yaml.safe_load((ROOT / "deploy/prometheus/alerts.yaml").read_text())["groups"]
    for rule in group["rules"]
]
PANELS = json.loads((ROOT / "deploy/grafana/duka.json").read_text())["panels"]
CHARTS = [(panel["title"], target["expr"]) for panel in PANELS for target in panel["targets"]]
EXPRESSIONS = [(rule["alert"], rule["expr"]) for rule in RULES] + CHARTS
NAME = re.compile(r"\b(?:duka_\w+|up)\b")
SHOWS_TOKEN = {"authorization": "Bearer what-prometheus-shows"}


@pytest.fixture
def told(client: Client, db: None) -> set[str]:
    """Return every figure's name, as Prometheus would keep it."""
    text = client.get("/metrics", headers=SHOWS_TOKEN).content.decode()
    kinds = dict(re.findall(r"^# TYPE (\S+) (\S+)$", text, re.M))
    made = {"histogram": ("_bucket", "_count", "_sum"), "counter": ("",), "gauge": ("",)}
    return {name + end for name, kind in kinds.items() for end in made.get(kind, ())}


def test_every_figure_that_somebody_asks_for_is_told(told: set[str]) -> None:
    wrong = {
        (title, name)
        for title, expression in EXPRESSIONS
        for name in NAME.findall(expression)
        if name != "up" and name not in told
    }
    assert wrong == set()
    assert all(NAME.search(expression) for _, expression in EXPRESSIONS)


def test_requests_queries_tasks_messages_payments_and_refusals_are_watched(told: set[str]) -> None:
    asked = {name for _, expression in EXPRESSIONS for name in NAME.findall(expression)}
    assert asked >= {
        "duka_requests_total",
        "duka_queries_total",
        "duka_tasks_failed",
        "duka_queue_waiting",
        "duka_messages",
        "duka_payments",
        "duka_stock_refusals_total",
    }


def test_every_alert_has_its_first_three_steps() -> None:
    book = (ROOT / "docs/runbook.md").read_text()
    sections = dict(re.findall(r"^### (\w+)\n(.*?)(?=^##|\Z)", book, re.M | re.S))
    names = [rule["alert"] for rule in RULES]
    assert sorted(sections) == sorted(names)
    for name, text in sections.items():
        assert re.findall(r"^(\d)\. ", text, re.M) == ["1", "2", "3"], name


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["alert"])
def test_an_alert_says_how_urgent_it_is_and_where_to_read(rule: dict[str, Any]) -> None:
    assert rule["labels"]["severity"] in {"page", "ticket"}
    assert rule["annotations"]["summary"]
    assert rule["annotations"]["runbook"] == f"docs/runbook.md#{rule['alert'].lower()}"
    assert rule["expr"].count("(") == rule["expr"].count(")")


def test_charts_take_the_data_source_that_is_chosen() -> None:
    assert len({panel["id"] for panel in PANELS}) == len(PANELS)
    assert {panel["datasource"]["uid"] for panel in PANELS} == {"${source}"}


def test_prometheus_asks_by_address(client: Client, db: None, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["shop.test"]
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_REDIRECT_EXEMPT = [r"^health/", r"^metrics$"]
    by_address = Client(headers={**SHOWS_TOKEN, "host": "10.0.3.17:8000"})
    assert by_address.get("/metrics").status_code == 200
    assert by_address.get("/health/ready/").status_code == 200
    assert by_address.get("/robots.txt").status_code in {301, 400}
