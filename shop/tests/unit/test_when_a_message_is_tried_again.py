"""The pauses between tries grow, and the tries end."""

from datetime import timedelta

from shop.notifications.rules import MAX_ATTEMPTS, SLOW_PAUSE, pause_before_retry


def test_the_pauses_grow_and_end():
    pauses = [pause_before_retry(attempts) for attempts in range(1, MAX_ATTEMPTS + 1)]
    assert pauses[0] == timedelta(seconds=30)
    assert pauses[:-1] == sorted(pauses[:-1])
    assert len(set(pauses)) == len(pauses)
    assert pauses[-1] is None
    assert pause_before_retry(MAX_ATTEMPTS + 1) is None


def test_an_empty_account_is_not_asked_again_at_once():
    assert pause_before_retry(1, slow=True) == SLOW_PAUSE
    assert pause_before_retry(5, slow=True) == pause_before_retry(5)
    assert pause_before_retry(MAX_ATTEMPTS, slow=True) is None
