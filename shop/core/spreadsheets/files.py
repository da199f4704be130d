"""Open a file that somebody sends as a table, and say what to do when it is none."""

import codecs
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from shop.core.errors import ShopError

HEAD = 8192
CHUNK = 1 << 16

SAVE_AS = "In Excel or LibreOffice choose Save as, CSV UTF-8 (comma delimited), and send that file."
_SIGNATURES = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel or Word document", SAVE_AS),
    (b"%PDF-", "a PDF", "A PDF cannot be read; send the table it was made from as {formats}."),
    (b"{\\rtf", "a word processor's document", SAVE_AS),
    (b"\x1f\x8b", "compressed (gzip)", "Unpack it and send the {formats} file inside."),
    (b"7z\xbc\xaf\x27\x1c", "an archive (7z)", "Unpack it and send the {formats} file inside."),
    (b"Rar!", "an archive (RAR)", "Unpack it and send the {formats} file inside."),
    (b"\x89PNG", "a picture", "Send the table as {formats}."),
    (b"\xff\xd8\xff", "a picture", "Send the table as {formats}."),
    (b"GIF8", "a picture", "Send the table as {formats}."),
)
_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)

Source = str | Path | BinaryIO


class FileRefused(ShopError):
    """The file as a whole cannot be taken; `message` says what to do about it."""


class ValueRefused(Exception):
    """One value of a row cannot be taken."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail


def shown(text: str, length: int = 40) -> str:
    """Quote a value for a message, cut to a readable length, with nothing unprintable in it."""
    cut = text if len(text) <= length else text[: length - 1] + "…"
    return (
        "'"
        + "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in cut)
        + "'"
    )


def refuse_foreign(head: bytes, name: str, *, formats: str, code: str) -> None:
    """Refuse by its first bytes what is plainly no text of a table.

    `formats` is what is taken ("CSV or JSON"), `code` the error for a known file of another kind.
    Raises FileRefused.
    """
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        if b"xl/" in head or b"[Content_Types].xml" in head or b"oasis.opendocument" in head:
            raise FileRefused(
                "spreadsheet_file",
                f"{name} is an Excel (XLSX) or Office document, not CSV. {SAVE_AS}",
            )
        raise FileRefused(
            "archive_file",
            f"{name} is a ZIP archive. Unpack it and send the {formats} file inside.",
        )
    for signature, kind, advice in _SIGNATURES:
        if head.startswith(signature):
            raise FileRefused(code, f"{name} is {kind}. {advice.format(formats=formats)}")
    if head.startswith(_WIDE_MARKS) or max(head[:64:2].count(0), head[1:64:2].count(0)) > 16:
        raise FileRefused(
            "utf16_file", f"{name} is saved as UTF-16 (Unicode text), not as UTF-8. {SAVE_AS}"
        )
    first_line = head.lstrip().split(b"\n", 1)[0]
    if b"\x00" in first_line:
        raise FileRefused(
            "binary_file", f"{name} holds binary data, not text. Send the table as {formats}."
        )


def refuse_empty(head: bytes, name: str) -> bytes:
    """Return the text that a file begins with. Raises FileRefused where there is none, or HTML."""
    text = head.removeprefix(codecs.BOM_UTF8).lstrip()
    if not text:
        raise FileRefused(
            "empty_file", f"{name} is empty. Check that it was saved before it was sent."
        )
    return text


def refuse_web_page(text: bytes, name: str, *, formats: str) -> None:
    """Refuse a text that begins as HTML or XML does. Raises FileRefused."""
    if text.startswith(b"<"):
        raise FileRefused(
            "html_file",
            f"{name} is a web page or XML, not a table. Perhaps a login page was saved in place of"
            f" the download; send the {formats} file itself.",
        )


def not_utf8(stream: BinaryIO, filename: str) -> FileRefused:
    """Find the first byte that is not UTF-8 and make the error that names it.

    Reads the stream from its beginning; line and byte count from 1.
    """
    stream.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")()
    offset, line = 0, 1
    while True:
        chunk = stream.read(CHUNK)
        pending = decoder.getstate()[0]
        try:
            line += decoder.decode(chunk, final=not chunk).count("\n")
        except UnicodeDecodeError as error:
            data = pending + chunk
            line += data[: error.start].count(b"\n")
            position = offset - len(pending) + error.start + 1
            found = f"byte 0x{data[error.start]:02X} at position {position:,}, line {line:,}"
            break
        if not chunk:
            found = "a byte that changed while the file was read"
            break
        offset += len(chunk)
    return FileRefused(
        "not_utf8",
        f"{filename or 'The file'} is not UTF-8 text: {found}. {SAVE_AS}",
    )


@contextmanager
def opened(source: Source) -> Iterator[BinaryIO]:
    """Give a path or a stream as a stream at its beginning; a stream is left open."""
    if isinstance(source, str | Path):
        with Path(source).open("rb") as stream:
            yield stream
    else:
        source.seek(0)
        yield source


@contextmanager
def decoded(stream: BinaryIO, filename: str) -> Iterator[io.TextIOWrapper]:
    """Read a stream as UTF-8 with its line ends as they are, from its beginning.

    Raises FileRefused `not_utf8`.
    """
    stream.seek(0)
    text = io.TextIOWrapper(stream, encoding="utf-8", errors="strict", newline="")
    try:
        yield text
    except UnicodeDecodeError:
        raise not_utf8(stream, filename) from None
    finally:
        if not stream.closed:
            text.detach()
