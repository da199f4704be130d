"""Which request a line of the log belongs to."""

from contextvars import ContextVar

# Empty in the worker and in commands.
request_id: ContextVar[str] = ContextVar("request_id", default="")
