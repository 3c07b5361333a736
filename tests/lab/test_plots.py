"""Where things go in the plots."""

from itertools import pairwise

import pytest

from ventanilla.lab.plots import grouped_bars, line_chart, spread, stacked_bars, steps


@pytest.mark.parametrize(
    ("low", "high", "marks"),
    [
        (0, 1, (0, 0.2, 0.4, 0.6, 0.8, 1)),
        (0, 273, (0, 100, 200, 300)),
        (-40, 90, (-50, 0, 50, 100)),
        (0, 0, (0, 0.2, 0.4, 0.6, 0.8, 1)),
        (0, 0.07, (0, 0.02, 0.04, 0.06, 0.08)),
    ],
)
def test_marks_are_round_and_reach_around(low: float, high: float, marks: tuple[float, ...]) -> None:
    assert steps(low, high) == pytest.approx(marks)


def test_labels_keep_their_order_and_their_distance() -> None:
    placed = spread([100, 101, 102, 200], 17)
    assert placed == sorted(placed)
    assert all(b - a >= 17 for a, b in pairwise(placed))
    assert spread([5, 300], 17) == [5, 300]


def test_lines_stay_in_the_picture_and_a_little_less_than_nothing_needs_no_mark() -> None:
    chart = line_chart([("a", [(1, 0), (2, 100)]), ("b", [(1, -1), (2, -2)])], "{:g}".format, "{:g}".format)
    assert [tick.text for tick in chart.y_ticks] == ["0", "20", "40", "60", "80", "100"]
    (first, last), (below, _) = chart.lines[0].points, chart.lines[1].points
    assert first[1] == chart.zero > last[1]
    assert below[1] > chart.zero
    deep = line_chart([("a", [(1, -50), (2, 100)])], "{:g}".format, "{:g}".format)
    assert deep.y_ticks[0].text == "-50"


def test_texts_of_marks_do_not_touch() -> None:
    points = [(x, 0.0) for x in (0.8, 0.81, 0.9, 3.0)]
    chart = line_chart([("a", points)], "{:g}".format, "{:g}".format)
    assert [tick.text for tick in chart.x_ticks] == ["0.8", "3"]


def test_bars_are_as_long_as_their_share_and_stand_behind_each_other_where_they_add_up() -> None:
    side_by_side = grouped_bars([("a", (1.0, 0.5))], ("x", "y"), "{:.0%}".format)
    whole, half = side_by_side.groups[0].bars
    assert whole.width == pytest.approx(2 * half.width)
    assert half.y > whole.y
    assert (whole.text, half.text) == ("100%", "50%")
    stacked = stacked_bars([("a", (0.95, 0.05))], ("x", "y"), "{:.0%}".format)
    first, second = stacked.groups[0].bars
    assert second.x == pytest.approx(first.x + first.width)
    assert (first.text, second.text) == ("95%", "")
