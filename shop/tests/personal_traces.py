"""Look for a person in every table there is, however a row may have written it down."""

import base64
import json
from collections.abc import Iterable

from django.contrib.sessions.models import Session
from django.db import connection
from django_q.models import OrmQ, Task


def tables_that_tell(words: Iterable[str]) -> dict[str, set[str]]:
    """Return each table in which one of the words stands, with the words found there."""
    found: dict[str, set[str]] = {}
    wanted = {word.casefold().replace(" ", ""): word for word in words}
    for table, text in _everything():
        flat = text.casefold().replace(" ", "")
        for flat_word, word in wanted.items():
            if flat_word in flat:
                found.setdefault(table, set()).add(word)
    return found


def _everything() -> Iterable[tuple[str, str]]:
    """Give every row of every table as text, and once more what rows hold in a packed form."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                yield table, "\n".join(_text(value) for value in row)
    for session in Session.objects.all():
        yield "sessions, unpacked", json.dumps(session.get_decoded(), ensure_ascii=False)
    for waiting in OrmQ.objects.all():
        yield "queue, unpacked", str(waiting.task)
    for task in Task.objects.all():
        yield "tasks, unpacked", f"{task.args} {task.kwargs} {task.result}"


def _text(value: object) -> str:
    if isinstance(value, memoryview):
        value = bytes(value)
    if isinstance(value, bytes):
        return value.decode(errors="replace")
    if isinstance(value, (dict, list)):
        return json.dumps(value, ensure_ascii=False)
    text = str(value)
    # JSON on SQLite is text with its own escapes.
    return f"{text}\n{_unescaped(text)}\n{_unpacked(text)}"


def _unescaped(text: str) -> str:
    if text[:1] not in "{[":
        return ""
    try:
        return json.dumps(json.loads(text), ensure_ascii=False)
    except ValueError:
        return ""


def _unpacked(text: str) -> str:
    try:
        return base64.b64decode(text, validate=True).decode(errors="replace")
    except ValueError:
        return ""
