"""What a spreadsheet program does with a text file, and how to keep it from running text."""

# The last four are the full-width signs, which Excel reads as the ASCII ones where they are usual.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def neutralise_formula(text: str) -> str:
    """Put a single quote before text that a spreadsheet program would run as a formula.

    For what we export only: an import keeps text as it is. Source: OWASP, CSV Injection.
    """
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
