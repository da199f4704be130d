"""What an editor's browser sends: the fields of an admin page as they stand, with changes."""

from html.parser import HTMLParser
from typing import Any

from django.test import Client


class _Fields(HTMLParser):
    """Collect the successful controls of the editor form."""

    def __init__(self, form_id: str | None) -> None:
        super().__init__()
        self.form_id = form_id
        self.inside = False
        self.fields: dict[str, Any] = {}
        self.select = ""
        self.textarea = ""
        self.skipping = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self.inside = self.form_id is None or given.get("id") == self.form_id
        if tag == "template":
            self.skipping += 1
        name = given.get("name")
        if not self.inside or self.skipping or "disabled" in given:
            return
        if tag == "input" and name:
            kind = given.get("type", "text")
            if kind in {"checkbox", "radio"} and "checked" not in given:
                return
            if kind not in {"submit", "button", "file"}:
                self.fields[name] = given.get("value") or ("on" if kind == "checkbox" else "")
        elif tag == "select" and name:
            self.select = name
            self.fields.setdefault(name, "")
        elif tag == "option" and self.select and "selected" in given:
            self.fields[self.select] = given.get("value") or ""
        elif tag == "textarea" and name:
            self.textarea = name
            self.fields[name] = ""

    def handle_data(self, data: str) -> None:
        if self.textarea:
            self.fields[self.textarea] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self.select = ""
        elif tag == "textarea" and self.textarea:
            self.fields[self.textarea] = self.fields[self.textarea].removeprefix("\n")
            self.textarea = ""
        elif tag == "template":
            self.skipping -= 1
        elif tag == "form":
            self.inside = False


def form_fields(client: Client, address: str) -> dict[str, Any]:
    """Open a Wagtail editor and return what its form would send untouched."""
    response = client.get(address)
    assert response.status_code == 200, (address, response.status_code)
    parser = _Fields("w-editor-form")
    parser.feed(response.content.decode())
    return {name: value for name, value in parser.fields.items() if "__prefix__" not in name}


def errors_of(response: Any) -> str:
    """Return every error message of an answered form as one text."""
    form = response.context["form"]
    texts = [str(form.errors)]
    for formset in form.formsets.values():
        texts += [str(formset.errors), str(formset.non_form_errors())]
    return " ".join(texts)
