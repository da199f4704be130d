"""What axe-core finds in the page that stands in the browser."""

from typing import Any, NamedTuple

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# Half faded in, a text has another contrast than its own.
STAND_STILL = """() => {
    const sheet = new CSSStyleSheet();
    const still = "transition: none !important; animation: none !important";
    sheet.replaceSync(`*, *::before, *::after { ${still} }`);
    document.adoptedStyleSheets = [sheet];
}"""


class Violation(NamedTuple):
    rule: str
    target: list[str]
    text: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.target} {self.text}"


def violations(page: Page, only: dict[str, Any], context: Any = None) -> list[Violation]:
    """Return each place of the page, or of `context` in it, that breaks a rule of `only`."""
    page.evaluate(STAND_STILL)
    options = {"resultTypes": ["violations"], "runOnly": only}
    result = Axe().run(page, context=context, options=options)
    return [
        Violation(violation["id"], node["target"], node["failureSummary"])
        for violation in result.response["violations"]
        for node in violation["nodes"]
    ]
