"""What a spreadsheet program does with a text file, and how to keep it from running text."""

import re

# The last four are the full-width signs, which Excel reads as the ASCII ones where they are usual.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_QUOTED_START = re.compile("'+[" + re.escape("".join(_FORMULA_STARTS)) + "]")


def neutralise_formula(text: str) -> str:
    """Put a single quote before text that a spreadsheet program would run as a formula.

    For what people read only; what is to be read back goes through `guard_text`. Source: OWASP,
    CSV Injection.
    """
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def guard_text(text: str) -> str:
    """Neutralise text so that `unguard_text` gives it back, quotes of its own included."""
    if text.startswith(_FORMULA_STARTS) or (text[:1] == "'" and _QUOTED_START.match(text)):
        return f"'{text}"
    return text


def unguard_text(text: str) -> str:
    """Take away the single quote that keeps a spreadsheet program from running a text."""
    return text[1:] if text[:1] == "'" and _QUOTED_START.match(text) else text
