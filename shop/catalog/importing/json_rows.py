"""Read the products of a JSON catalogue, one at a time."""

from collections.abc import Iterator
from typing import Any, TextIO

from shop.core.spreadsheets import FileRefused, ValueRefused, shown

from .json_text import JsonText, Number, Repeated
from .rows import MAX_OPTION_NAME, MAX_OPTIONS, OPTIONAL_COLUMNS, RowProblem
from .validation import RawRow, readable

_SHAPE = '{"products": [{"sku": ..., "name": ..., "price": ..., "categories": [["All Products"]]}]}'
_REQUIRED = ("sku", "name", "price", "categories")
_OPTIONAL = frozenset(OPTIONAL_COLUMNS)
_FIELDS = (*_REQUIRED, *OPTIONAL_COLUMNS)
_KNOWN = frozenset((*_FIELDS, "options"))
_NUMBERS = ("price", "sale_price", "stock", "weight")


class JsonRows:
    """A JSON text of products: an object with `products`, or the list alone.

    `unknown` collects the names that are not read. Raises FileRefused.
    """

    def __init__(self, text: TextIO) -> None:
        self._json = JsonText(text)
        self.unknown: dict[str, None] = {}

    def products(self) -> Iterator[Any]:
        """Give every item of the list, whatever it is, and check the text to its end."""
        if self._json.next_sign() == "[":
            yield from self._json.items()
        else:
            yield from self._named()
        self._json.finish()

    def _named(self) -> Iterator[Any]:
        found = False
        for name in self._json.members():
            if name != "products":
                self._json.value()
                self._note(name)
                continue
            if found or self._json.next_sign() != "[":
                raise FileRefused(
                    "json_shape", f"The JSON must hold one list of products: {_SHAPE}"
                )
            found = True
            yield from self._json.items()
        if not found:
            raise FileRefused(
                "json_shape", f"The JSON holds no list named products. Expected is {_SHAPE}"
            )

    def rows(self) -> Iterator[RawRow | RowProblem]:
        """Give every product by field; `line` is its place in the list, from 1."""
        for number, item in enumerate(self.products(), 1):
            if isinstance(item, dict):
                yield self._row(number, item)
            else:
                detail = f"Item {number:,} of products is not an object in braces: {_SHAPE}"
                yield RowProblem(number, "", "", "not_a_product", detail)

    def _row(self, number: int, item: dict[str, Any]) -> RawRow:
        raw = RawRow(number, {}, given=frozenset(item.keys() & _OPTIONAL))
        sku = item.get("sku")
        sku = readable(sku.strip()) if isinstance(sku, str) else ""

        def refuse(column: str, refused: ValueRefused) -> None:
            raw.problems.append(RowProblem(number, sku, column, refused.code, refused.detail))

        if isinstance(item, Repeated):
            for name in item.repeated[:20]:
                detail = f"{shown(name)} stands in the product more than once; keep one."
                refuse(shown(name).strip("'"), ValueRefused("repeated_field", detail))
        for name in item.keys() - _KNOWN:
            self._note(name)
        for name in _FIELDS:
            if name in _OPTIONAL and name not in item:
                continue
            try:
                raw.values[name] = _READERS.get(name, _text)(name, item.get(name))
            except ValueRefused as refused:
                refuse(name, refused)
        if "options" in item:
            raw.given |= {"options"}
            try:
                raw.options = _options(item["options"])
            except ValueRefused as refused:
                refuse("options", refused)
        return raw

    def _note(self, name: str) -> None:
        if len(self.unknown) < 20:
            self.unknown[shown(name).strip("'")] = None


def _text(name: str, value: object) -> str:
    """Take a string; nothing (null) is the same as empty."""
    if value is None:
        return ""
    if not isinstance(value, str) or (isinstance(value, Number) and name not in _NUMBERS):
        raise ValueRefused(
            "wrong_type", f"{name} is {_kind(value)}; write it as text in double quotes."
        )
    if not value.isascii() and any("\ud800" <= each <= "\udfff" for each in value):
        raise ValueRefused(
            "not_text", f"{name} holds half of a character (a lone surrogate such as \\ud800)."
        )
    if "\x00" in value:
        raise ValueRefused(
            "nul_character", f"{name} holds a NUL character (\\u0000); type the value anew."
        )
    return value


def _kind(value: object) -> str:
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, Number):
        return f"the number {shown(value)}"
    return {list: "a list", type(None): "null", str: "text"}.get(type(value), "an object")


def _number(name: str, value: object) -> str:
    if isinstance(value, bool | list | dict):
        raise ValueRefused("wrong_type", f"{name} is {_kind(value)}; write a number or text.")
    return _text(name, value)


def _categories(name: str, value: object) -> tuple[tuple[str, ...], ...]:
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(path, list) for path in value):
        raise ValueRefused(
            "wrong_type",
            'categories must be a list of paths, each a list of names: [["All Products"]].',
        )
    paths = tuple(tuple(_text("A category's name", part) for part in path) for path in value)
    if not all(paths):
        raise ValueRefused("empty_category_name", "categories holds a path without any name.")
    return paths


def _options(value: object) -> dict[str, str]:
    if value is None:
        return {}
    if not isinstance(value, dict) or isinstance(value, Repeated):
        raise ValueRefused(
            "wrong_type", 'options must be an object with every name once: {"Size": "M"}.'
        )
    if len(value) > MAX_OPTIONS:
        raise ValueRefused(
            "too_many_options", f"{len(value)} options; at most {MAX_OPTIONS} are possible."
        )
    options: dict[str, str] = {}
    for name, text in value.items():
        option = name.strip()
        if not option or len(option) > MAX_OPTION_NAME or not option.isprintable():
            raise ValueRefused(
                "bad_option",
                f"{shown(name)} is no name for an option; at most {MAX_OPTION_NAME} characters.",
            )
        if option.casefold() in {known.casefold() for known in options}:
            raise ValueRefused("bad_option", f"The option {shown(option)} is given twice.")
        options[option] = str(text) if isinstance(text, Number) else _text(option, text)
    return options


_READERS = {**dict.fromkeys(_NUMBERS, _number), "categories": _categories}
