"""Tell from its first bytes what a file is, and say what to do when it is no catalogue."""

from shop.core.spreadsheets.files import (
    FileRefused,
    refuse_empty,
    refuse_foreign,
    refuse_web_page,
)

FORMATS = "CSV or JSON"


def detect_format(head: bytes, filename: str) -> str:
    """Give "csv" or "json" for the first bytes of a file; its name decides nothing but messages.

    Raises FileRefused for what is plainly neither.
    """
    name = filename or "The file"
    text = refuse_empty(head, name)
    refuse_foreign(head, name, formats=FORMATS, code="not_a_catalogue")
    refuse_web_page(text, name, formats=FORMATS)
    if text[:1] in (b"{", b"["):
        return "json"
    if filename.casefold().endswith(".json"):
        raise FileRefused(
            "json_invalid",
            f'{name} is not JSON: it must begin with {{"products": [.',
        )
    return "csv"
