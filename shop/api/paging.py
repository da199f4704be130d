"""Windows of a list: limit and offset, page and page_size, or a cursor."""

from base64 import urlsafe_b64decode, urlsafe_b64encode

from django.conf import settings
from django.http import QueryDict

from shop.api.errors import wrong
from shop.api.words import FARTHEST, LARGEST_ID, read_whole, whole

DEFAULT_LIMIT = 20
WINDOW = frozenset({"limit", "offset"})
NUMBERED = frozenset({"page", "page_size"})
PAGING = WINDOW | NUMBERED


def read_window(words: QueryDict) -> tuple[int, int]:
    """Return offset and limit. Pages are counted from 1; one request speaks one grammar."""
    most = settings.WAGTAILAPI_LIMIT_MAX
    if not NUMBERED & words.keys():
        limit = read_whole(words, "limit", DEFAULT_LIMIT, most)
        return read_whole(words, "offset", 0, FARTHEST), limit
    if mixed := sorted(WINDOW & words.keys()):
        raise wrong(
            mixed[0], "Send limit and offset, or page and page_size; not both.", "mixed_paging"
        )
    size = read_whole(words, "page_size", DEFAULT_LIMIT, most)
    page = read_whole(words, "page", 1, FARTHEST)
    offset = (page - 1) * size
    if not page:
        raise wrong("page", "Pages are counted from 1.")
    if offset > FARTHEST:
        raise wrong("page", f"page cannot be higher than {FARTHEST // size + 1}.")
    return offset, size


def cursor_after(pk: int) -> str:
    """Return the place in a list, newest first, right after the row `pk`."""
    return urlsafe_b64encode(f"after:{pk}".encode()).decode().rstrip("=")


def read_cursor(words: QueryDict) -> int | None:
    """Return the key of the last row seen, None at the list's beginning."""
    text = words.get("cursor")
    if text is None:
        return None
    try:
        place = urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()
    except ValueError:
        place = ""
    number = whole(place.removeprefix("after:")) if place.startswith("after:") else None
    if number is None or number > LARGEST_ID:
        raise wrong("cursor", "Follow the address in meta.next; this cursor is none of ours.")
    return number
