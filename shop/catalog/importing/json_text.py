"""Read a JSON text value by value, so that a file of any length needs little memory."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any, TextIO

from shop.core.spreadsheets import FileRefused

MAX_VALUE = 1_000_000
_CHUNK = 1 << 16
_SPACE = " \t\r\n"


class Number(str):
    """A JSON number as it was written: never a float, never too long to convert."""

    __slots__ = ()


class Repeated(dict[str, Any]):
    """A JSON object in which a key stands more than once."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        counts = Counter(name for name, _ in pairs)
        self.repeated = [name for name, count in counts.items() if count > 1]


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    return made if len(made) == len(pairs) else Repeated(pairs)


class JsonText:
    """A place in a JSON text. Raises FileRefused where the text is not JSON."""

    def __init__(self, text: TextIO) -> None:
        self._text = text
        self._buffer = ""
        self._place = 0
        self._lines = 1
        self._decoder = json.JSONDecoder(
            parse_float=Number,
            parse_int=Number,
            parse_constant=Number,
            object_pairs_hook=_object,
            strict=False,
        )
        self._grow()
        self._buffer = self._buffer.removeprefix("\ufeff")

    def next_sign(self) -> str:
        """Give the next character that is not white space without taking it; empty at the end."""
        while True:
            buffer, place = self._buffer, self._place
            while place < len(buffer) and buffer[place] in _SPACE:
                place += 1
            self._place = place
            if place < len(buffer):
                return buffer[place]
            if not self._grow():
                return ""

    def take(self, sign: str) -> bool:
        """Take the next character if it is this one."""
        if self.next_sign() != sign:
            return False
        self._place += 1
        return True

    def expect(self, sign: str) -> None:
        """Take the next character, which must be this one."""
        if not self.take(sign):
            raise self._broken(f"'{sign}' is missing", self._place)

    def value(self) -> Any:
        """Read one whole value. Numbers come as `Number`."""
        self.next_sign()
        while True:
            try:
                value, end = self._decoder.raw_decode(self._buffer, self._place)
            except json.JSONDecodeError as error:
                # Perhaps only the rest of it has not been read yet.
                if not self._grow():
                    raise self._broken(error.msg, error.pos) from None
            except RecursionError:
                raise FileRefused(
                    "json_too_deep",
                    f"The JSON is nested too deeply after line {self._line(self._place):,}; a"
                    " product holds lists of lists of names at most.",
                ) from None
            else:
                if end < len(self._buffer) or not self._grow():
                    self._place = end
                    return value

    def members(self) -> Iterator[str]:
        """Give the name of each member of an object; the caller reads its value."""
        self.expect("{")
        if self.take("}"):
            return
        while True:
            if self.next_sign() != '"':
                raise self._broken("a name in double quotes is missing", self._place)
            name = self.value()
            self.expect(":")
            yield name
            if self.take("}"):
                return
            self.expect(",")

    def items(self) -> Iterator[Any]:
        """Read the items of an array one by one."""
        self.expect("[")
        if self.take("]"):
            return
        while True:
            yield self.value()
            if self.take("]"):
                return
            self.expect(",")

    def finish(self) -> None:
        """Check that nothing follows."""
        if self.next_sign():
            raise self._broken("more text follows after the end", self._place)

    def _grow(self) -> bool:
        """Read on, forgetting what was taken; tell whether there was more."""
        if len(self._buffer) - self._place > MAX_VALUE:
            raise FileRefused(
                "json_value_too_long",
                f"The JSON value on line {self._line(self._place):,} has more than {MAX_VALUE:,}"
                " characters, or a quote or bracket is not closed there.",
            )
        more = self._text.read(_CHUNK)
        if not more:
            return False
        self._lines = self._line(self._place)
        self._buffer = self._buffer[self._place :] + more
        self._place = 0
        return True

    def _line(self, place: int) -> int:
        return self._lines + self._buffer.count("\n", 0, place)

    def _broken(self, reason: str, place: int) -> FileRefused:
        return FileRefused(
            "json_invalid",
            f"The JSON is broken on line {self._line(place):,}: {reason}."
            " Write the file anew with a program that makes JSON.",
        )
