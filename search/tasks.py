"""What the worker runs for search."""

from search import actions


def send_words() -> None:
    """Tell the search server what changed; runs after each change and every minute."""
    actions.send_words()
