"""Pure decisions of search: words, keys, nearness."""

import re
import unicodedata
from collections.abc import Iterable

MAX_WORDS = 8
MAX_LETTERS = 32

_WORD = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """Return text without case and accents: "Café" and "cafe" are one word."""
    if text.isascii():
        return text.replace("\x00", " ").lower()
    decomposed = unicodedata.normalize("NFKD", text.replace("\x00", " "))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def words_of(text: str) -> list[str]:
    """Return the first words of a query or a name, folded."""
    return [word[:MAX_LETTERS] for word in _WORD.findall(fold(text))]


def query_words(text: str) -> list[str]:
    """Return what to look for: the first eight words, each once."""
    return list(dict.fromkeys(words_of(text[:200])))[:MAX_WORDS]


def can_be_misspelt(word: str) -> bool:
    """Tell whether a word is worth correcting: long enough, and no number or code."""
    return len(word) >= 4 and word.isalpha()


def spelling_keys(word: str) -> set[str]:
    """Return the word and what remains when any one letter is taken out."""
    return {word} | {word[:at] + word[at + 1 :] for at in range(len(word))}


def nearest(word: str, candidates: Iterable[str]) -> list[str]:
    """Order candidates by how likely they were meant: few slips, same beginning, same length."""
    return sorted(
        set(candidates) - {word},
        key=lambda other: (
            slips(word, other),
            other[0] != word[0],
            abs(len(other) - len(word)),
            other,
        ),
    )


def slips(word: str, other: str) -> int:
    """Count slips between two words; swapped neighbours count as one (Damerau and Levenshtein)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(word, start=1):
        above, row = row, [i]
        for j, its in enumerate(other, start=1):
            cost = min(above[j] + 1, row[-1] + 1, above[j - 1] + (letter != its))
            if i > 1 and j > 1 and letter == other[j - 2] and word[i - 2] == its:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before = above
    return row[-1]
