"""A point that was renamed is found here at once, not after a process was waited for."""

import pytest

from shop.tests.races.kill_points import POINTS, found


@pytest.mark.parametrize("point", POINTS.values(), ids=POINTS)
def test_it_names_something_that_is_called(point):
    owner, name = found(point)
    assert callable(getattr(owner, name))
