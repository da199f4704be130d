"""A small shop on a port of its own, and a browser to walk through it."""

import os
import re
import shutil
from collections.abc import Callable, Iterator

import pytest
from django.core.servers.basehttp import WSGIRequestHandler
from django.db import connections
from django.test import override_settings
from playwright.sync_api import Browser, Page, Response, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker

from shop.tests.journeys.small_shop import PASSWORD, SmallShop, fill_shop
from shop.tests.kept_rows import as_migrated

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
PHONE = {"width": 360, "height": 780}
DESKTOP = {"width": 1280, "height": 900}

PATIENCE = 20_000  # milliseconds; a busy machine is no failure
expect.set_options(timeout=PATIENCE)

# Send an answer's body without waiting for the news that its headers arrived: 40 ms each.
WSGIRequestHandler.disable_nagle_algorithm = True

Visit = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give stories in a browser a second try; the report marks each one that took it."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.flaky(reruns=2))


@pytest.fixture(autouse=True)
def _own_media() -> None:
    """Let the pictures of a story last as long as its shop, where the server looks for them."""


@pytest.fixture(scope="module")
def small_shop(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[SmallShop]:
    """Fill the test database for one file of stories, and leave it as the migrations made it."""
    with django_db_blocker.unblock(), override_settings(ROOT_URLCONF=f"{__package__}.broken_urls"):
        as_migrated()
        server = LiveServer("127.0.0.1")
        try:
            yield fill_shop(server.url)
        finally:
            server.stop()
            as_migrated()
            connections.close_all()


@pytest.fixture
def _django_db_helper(small_shop: SmallShop) -> None:
    """Leave the database to the shop, which lasts for a whole file of stories."""


@pytest.fixture(scope="module")
def browser(small_shop: SmallShop) -> Iterator[Browser]:
    """Start Chromium, after the shop: Playwright's loop hides the connections made before it."""
    if CHROMIUM is None:
        pytest.skip("Chromium is absent")
    unsafe = pytest.MonkeyPatch()
    unsafe.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield browser
        browser.close()
        connections.close_all()
    unsafe.undo()


@pytest.fixture
def visit(browser: Browser, small_shop: SmallShop) -> Iterator[Visit]:
    """Open windows; after the story no script may have failed and nothing been refused."""
    problems: list[str] = []
    contexts = []

    def watch_answer(answer: Response) -> None:
        if answer.status >= 400 and answer.request.resource_type != "document":
            problems.append(f"{answer.status} {answer.url}")

    def open_window(address: str = "/", *, scripts: bool = True, viewport=PHONE) -> Page:
        context = browser.new_context(
            base_url=small_shop.address,
            viewport=viewport,
            java_script_enabled=scripts,
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("response", watch_answer)
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda said: _note(problems, said.type, said.text))
        page.goto(address)
        return page

    yield open_window
    for context in contexts:
        context.close()
    assert problems == []


def _note(problems: list[str], kind: str, text: str) -> None:
    # A page that answers 404 or 422 is reported as an error too; answers are watched elsewhere.
    if kind == "error" and "server responded with a status of" not in text:
        problems.append(text)


def with_scripts(page: Page) -> Page:
    """Wait until the scripts of the page shown run; before that it works as without scripts."""
    page.wait_for_load_state("load")
    return page


def sign_in(page: Page, username: str) -> None:
    """Fill the password form of the login page, and wait until it lets in."""
    form = page.locator("form[action='/account/login/']")
    expect(form).to_have_count(1)
    folded = page.locator("details:not([open]) > summary", has_text="With a password")
    if folded.count():
        folded.click()
    form.get_by_label("Email, phone or user name").fill(username)
    form.get_by_label("Password").fill(PASSWORD)
    form.get_by_role("button", name="Sign in").click()
    expect(page).not_to_have_url(re.compile("/account/login/"))


def add_to_cart(page: Page) -> None:
    """Put what the page shows into the cart, and wait until it is there."""
    page.get_by_role("button", name="Add to cart").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your cart")
