"""Tell from its first bytes what a file is, and say what to do when it is no catalogue."""

import codecs
from typing import BinaryIO

from .rows import CatalogueFileError

HEAD = 8192
CHUNK = 1 << 16

_SAVE_AS = (
    "In Excel or LibreOffice choose Save as, CSV UTF-8 (comma delimited), and send that file."
)
_SIGNATURES = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel or Word document", _SAVE_AS),
    (b"%PDF-", "a PDF", "A PDF cannot be imported; send the table it was made from as CSV."),
    (b"{\\rtf", "a word processor's document", _SAVE_AS),
    (b"\x1f\x8b", "compressed (gzip)", "Unpack it and send the CSV or JSON file inside."),
    (b"7z\xbc\xaf\x27\x1c", "an archive (7z)", "Unpack it and send the CSV or JSON file inside."),
    (b"Rar!", "an archive (RAR)", "Unpack it and send the CSV or JSON file inside."),
    (b"\x89PNG", "a picture", "Send the catalogue as CSV or JSON."),
    (b"\xff\xd8\xff", "a picture", "Send the catalogue as CSV or JSON."),
    (b"GIF8", "a picture", "Send the catalogue as CSV or JSON."),
)
_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)


def detect_format(head: bytes, filename: str) -> str:
    """Give "csv" or "json" for the first bytes of a file; its name decides nothing but messages.

    Raises CatalogueFileError for what is plainly neither.
    """
    name = filename or "The file"
    text = head.removeprefix(codecs.BOM_UTF8).lstrip()
    if not text:
        raise CatalogueFileError(
            "empty_file", f"{name} is empty. Check that it was saved before it was sent."
        )
    _refuse_foreign(head, name)
    if text.startswith(b"<"):
        raise CatalogueFileError(
            "html_file",
            f"{name} is a web page or XML, not a table. Perhaps a login page was saved in place of"
            " the download; send the CSV or JSON file itself.",
        )
    if text[:1] in (b"{", b"["):
        return "json"
    if filename.casefold().endswith(".json"):
        raise CatalogueFileError(
            "json_invalid",
            f'{name} is not JSON: it must begin with {{"products": [.',
        )
    return "csv"


def _refuse_foreign(head: bytes, name: str) -> None:
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        if b"xl/" in head or b"[Content_Types].xml" in head or b"oasis.opendocument" in head:
            raise CatalogueFileError(
                "spreadsheet_file",
                f"{name} is an Excel (XLSX) or Office document, not CSV. {_SAVE_AS}",
            )
        raise CatalogueFileError(
            "archive_file",
            f"{name} is a ZIP archive. Unpack it and send the CSV or JSON file inside.",
        )
    for signature, kind, advice in _SIGNATURES:
        if head.startswith(signature):
            raise CatalogueFileError("not_a_catalogue", f"{name} is {kind}. {advice}")
    if head.startswith(_WIDE_MARKS) or max(head[:64:2].count(0), head[1:64:2].count(0)) > 16:
        raise CatalogueFileError(
            "utf16_file", f"{name} is saved as UTF-16 (Unicode text), not as UTF-8. {_SAVE_AS}"
        )
    first_line = head.lstrip().split(b"\n", 1)[0]
    if b"\x00" in first_line:
        raise CatalogueFileError(
            "binary_file", f"{name} holds binary data, not text. Send the catalogue as CSV or JSON."
        )


def not_utf8(stream: BinaryIO, filename: str) -> CatalogueFileError:
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
    return CatalogueFileError(
        "not_utf8",
        f"{filename or 'The file'} is not UTF-8 text: {found}. {_SAVE_AS}",
    )
