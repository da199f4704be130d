"""Category paths as people type them into one cell.

Several paths stand apart by `|`. Inside a path the names stand apart by `/`, or by `>`. A path
that holds both (`R&D > Lab/Test`) could be meant in two ways and is refused, not guessed: the
character that belongs to a name is written with a backslash before it. So are `|` and the
backslash itself; a backslash before anything else is only a backslash.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from shop.catalog.rules import MAX_CATEGORY_LEVELS
from shop.core.spreadsheets import ValueRefused, shown

from .rows import MAX_CATEGORIES, MAX_CATEGORY_NAME

_PIECES = re.compile(r"\\[\\/>|]|[/>|]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_ESCAPED = re.compile(r"[\\/>|]")


def read_category_paths(text: str) -> tuple[tuple[str, ...], ...]:
    """Read the paths of one cell, each once, in the order given; an empty cell holds none.

    Raises ValueRefused.
    """
    return _remembered(text) if len(text) <= 1_000 else _read(text)


def _read(text: str) -> tuple[tuple[str, ...], ...]:
    if not text.strip():
        return ()
    if "\\" in text or "|" in text or ">" in text:
        paths = [_names(pieces) for pieces in _split(text)]
    else:
        paths = [text.split("/")]
    return check_category_paths(tuple(tuple(path) for path in paths))


# A catalogue names the same few thousand paths again and again.
_remembered = lru_cache(maxsize=10_000)(_read)


def check_category_paths(paths: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
    """Trim and check paths that are already lists of names, each path once. Raises ValueRefused."""
    if len(paths) > MAX_CATEGORIES:
        raise ValueRefused(
            "too_many_categories",
            f"{len(paths)} categories; a product can be in {MAX_CATEGORIES} at most.",
        )
    return tuple(dict.fromkeys(_check(path) for path in paths))


def write_category_paths(paths: Iterable[Iterable[str]]) -> str:
    """Write paths into one cell so that `read_category_paths` gives them back."""
    return "|".join("/".join(_ESCAPED.sub(r"\\\g<0>", name) for name in path) for path in paths)


def _split(text: str) -> list[list[str]]:
    """Cut a cell into paths of pieces: names and the separators between them, escapes undone.

    A separator is a piece of one character that was not escaped; names are joined back together.
    """
    paths: list[list[str]] = [[""]]
    start = 0
    for match in _PIECES.finditer(text):
        mark = match.group()
        pieces = paths[-1]
        pieces[-1] += text[start : match.start()]
        start = match.end()
        if mark == "|":
            paths.append([""])
        elif len(mark) == 1:
            pieces += [mark, ""]
        else:
            pieces[-1] += mark[1]
    paths[-1][-1] += text[start:]
    return paths


def _names(pieces: list[str]) -> list[str]:
    """Keep the names of one path, which stand at the even places. Raises ValueRefused."""
    if len(set(pieces[1::2])) > 1:
        raise ValueRefused(
            "ambiguous_category_path",
            f"The path {shown(''.join(pieces), 80)} holds both / and >, so it can be read in two"
            " ways. Write \\/ or \\> where the character belongs to a name.",
        )
    return pieces[::2]


def _check(path: tuple[str, ...]) -> tuple[str, ...]:
    if len(path) > MAX_CATEGORY_LEVELS:
        raise ValueRefused(
            "category_too_deep",
            f"The path has {len(path)} levels; a category can be at most"
            f" {MAX_CATEGORY_LEVELS} levels deep.",
        )
    return tuple([_check_name(name, path) for name in path])


def _check_name(text: str, path: tuple[str, ...]) -> str:
    name = text.strip()
    if not name:
        raise ValueRefused(
            "empty_category_name",
            f"The path {shown('/'.join(path), 80)} has a level without a name. Remove the extra"
            " separator or fill in the name.",
        )
    if len(name) > MAX_CATEGORY_NAME:
        raise ValueRefused(
            "category_name_too_long",
            f"The category name {shown(name)} has {len(name)} characters; at most"
            f" {MAX_CATEGORY_NAME} are possible.",
        )
    if _CONTROL.search(name):
        raise ValueRefused(
            "control_character",
            f"The category name {shown(name)} holds a control character or a line"
            " break; remove it.",
        )
    # One name typed on a Mac (e + accent) and on a PC (é) must not make two categories.
    return name if name.isascii() else unicodedata.normalize("NFC", name)
