"""Read the words of a PDF: its streams unpacked, its letters looked up in the fonts' own maps."""

import re
import zlib

_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.S)
_TEXT = re.compile(rb"/F(\d+) [\d.]+ Tf|<([0-9a-fA-F]+)>|\(((?:[^\\()]|\\.)*)\)", re.S)


def text_of(pdf: bytes) -> str:
    """Return all text in the order in which it is drawn, without spaces."""
    streams = [_unpacked(found) for found in _STREAM.findall(pdf)]
    maps = [_letters(stream) for stream in streams if b"begincmap" in stream]
    pages = [stream for stream in streams if b" Tf" in stream and b"begincmap" not in stream]
    return "".join(_page(page, maps) for page in pages)


def _unpacked(stream: bytes) -> bytes:
    try:
        # The last byte may look like the end of the line before "endstream": it is only checksum.
        return zlib.decompressobj().decompress(stream)
    except zlib.error:
        return stream


def _letters(cmap: bytes) -> dict[int, str]:
    letters = {}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", cmap, re.S):
        for code, text in re.findall(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>", block):
            letters[int(code, 16)] = bytes.fromhex(text.decode()).decode("utf-16-be")
    return letters


def _page(page: bytes, maps: list[dict[int, str]]) -> str:
    letters: dict[int, str] = {}
    words = []
    for font, hexed, literal in _TEXT.findall(page):
        if font:
            letters = maps[(int(font) - 1) % len(maps)]
            continue
        packed = bytes.fromhex(hexed.decode()) if hexed else _unescaped(literal)
        codes = [packed[place : place + 2] for place in range(0, len(packed), 2)]
        words += [letters.get(int.from_bytes(code, "big"), "") for code in codes]
    return "".join("".join(words).split())


def _unescaped(literal: bytes) -> bytes:
    signs = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
    return re.sub(rb"\\(.)", lambda found: signs.get(found[1], found[1]), literal, flags=re.S)
