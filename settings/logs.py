"""What the shop writes to its log: lines for people, or one JSON object a line for machines."""

import json
import logging
from datetime import UTC, datetime

from settings.masking import masked, masked_tree
from shop.core.tracing import request_id


class RequestFilter(logging.Filter):
    """Tell each line which request it belongs to."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Add `request_id`, empty outside requests; every line passes."""
        record.request_id = request_id.get()
        return True


class TextFormatter(logging.Formatter):
    """Write a record as lines for people, masked."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the lines, a traceback included."""
        return masked(super().format(record))


class JsonFormatter(logging.Formatter):
    """Write a record as one line of JSON, its extra fields beside the usual ones."""

    _usual = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
    _private = frozenset({"request", "response"})

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, masked; what JSON does not know is written as text."""
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "process": record.process,
        }
        for name, value in vars(record).items():
            if name not in self._usual and name not in self._private:
                line[name] = value
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(masked_tree(line), ensure_ascii=False)


def config(form: str, level: str) -> dict[str, object]:
    """Return Python's logging settings; `form` is text or json, `level` that of the shop's own."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "text": {
                "()": TextFormatter,
                "format": "{asctime} {levelname} {name}: {message}",
                "style": "{",
            },
            "json": {"()": JsonFormatter},
        },
        "filters": {"request": {"()": RequestFilter}},
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "formatter": form,
                "filters": ["request"],
            }
        },
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {
            "shop": {"level": level},
            "gunicorn.error": {"level": "WARNING"},
            # Django would add a handler of its own to these; the root's is enough.
            "django": {"handlers": [], "level": "INFO", "propagate": True},
            "django.server": {"handlers": [], "level": "INFO", "propagate": True},
            # A refusal is an answer, not an event: sold out, not found, wrong input.
            "django.request": {"handlers": [], "level": "ERROR", "propagate": True},
            "django.security.DisallowedHost": {"level": "ERROR"},
        },
    }
