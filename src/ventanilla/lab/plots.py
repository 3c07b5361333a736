"""Plots as numbers: where each line, bar and label goes. The templates draw them (decision 0016)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

WIDTH, HEIGHT = 720, 360
LEFT, RIGHT, TOP, BOTTOM = 64, 212, 16, 48
LABEL_GAP = 17
TICK_GAP = 26
SLIGHT = 0.04
BAR, BAR_GAP, GROUP_GAP = 15, 3, 18
BARS_LEFT = 200

COLOURS = ("#b2182b", "#e08214", "#4393c3", "#1b7837", "#762a83", "#666666")
"""Told apart by people who do not see all colours; lines differ in their dashes too."""
DASHES = ("", "7 3", "2 3", "9 3 2 3", "", "4 4")

Format = Callable[[float], str]


@dataclass(frozen=True, slots=True)
class Tick:
    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    name: str
    colour: str
    dash: str
    points: tuple[tuple[float, float], ...]
    label_y: float


@dataclass(frozen=True, slots=True)
class LineChart:
    """In pixels of a WIDTH x HEIGHT picture; `zero` is the height of 0."""

    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    lines: tuple[Line, ...]
    zero: float


@dataclass(frozen=True, slots=True)
class Bar:
    x: float
    y: float
    width: float
    colour: str
    text: str


@dataclass(frozen=True, slots=True)
class Group:
    name: str
    y: float
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class BarChart:
    height: float
    groups: tuple[Group, ...]
    legend: tuple[tuple[str, str], ...]
    x_ticks: tuple[Tick, ...]


def steps(low: float, high: float, count: int = 5) -> tuple[float, ...]:
    """Round numbers from below `low` to above `high`, about `count` of them."""
    high = high if high > low else low + 1
    span = high - low
    size = 10 ** floor(log10(span / count))
    step = next(size * n for n in (1, 2, 5, 10) if span / (size * n) <= count)
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    return tuple(n * step for n in range(first, last + 1))


def line_chart(
    series: Sequence[tuple[str, Sequence[tuple[float, float]]]], x_text: Format, y_text: Format
) -> LineChart:
    """Each series ascending in x, all with the same x."""
    xs = [x for x, _ in series[0][1]]
    ys = [y for _, points in series for _, y in points]
    low, high = min(0.0, *ys), max(0.0, *ys)
    # A little less than nothing is drawn as that, and needs no mark of its own.
    marks = steps(low if -low > SLIGHT * high else 0.0, high)

    def across(x: float) -> float:
        return round(LEFT + (x - xs[0]) / (xs[-1] - xs[0]) * (WIDTH - LEFT - RIGHT), 1)

    def down(y: float) -> float:
        return round(HEIGHT - BOTTOM - (y - marks[0]) / (marks[-1] - marks[0]) * (HEIGHT - TOP - BOTTOM), 1)

    labels = spread([down(points[-1][1]) for _, points in series], LABEL_GAP)
    lines = tuple(
        Line(name, COLOURS[n], DASHES[n], tuple((across(x), down(y)) for x, y in points), labels[n])
        for n, (name, points) in enumerate(series)
    )
    return LineChart(
        _apart([Tick(across(x), x_text(x)) for x in xs]),
        tuple(Tick(down(y), y_text(y)) for y in marks),
        lines,
        down(0.0),
    )


def _apart(ticks: Sequence[Tick]) -> tuple[Tick, ...]:
    """Without those whose text would touch the one before."""
    kept: list[Tick] = []
    for tick in ticks:
        if not kept or tick.at - kept[-1].at >= TICK_GAP:
            kept.append(tick)
    return tuple(kept)


def spread(heights: Sequence[float], gap: float) -> list[float]:
    """Near the wished heights, in their order, and `gap` apart, none below the last wished one."""
    order = sorted(range(len(heights)), key=lambda n: heights[n])
    placed = dict.fromkeys(order, 0.0)
    floor_ = max(heights)
    for n in reversed(order):
        placed[n] = min(heights[n], floor_)
        floor_ = placed[n] - gap
    return [round(placed[n], 1) for n in range(len(heights))]


def grouped_bars(
    groups: Sequence[tuple[str, Sequence[float]]], kinds: Sequence[str], text: Format
) -> BarChart:
    """Shares of 1, one bar a kind under each name."""
    drawn, y = [], float(TOP)
    for name, shares in groups:
        bars = tuple(
            Bar(BARS_LEFT, y + n * (BAR + BAR_GAP), _long(share), COLOURS[n + 2], text(share))
            for n, share in enumerate(shares)
        )
        drawn.append(Group(name, y + (len(shares) * (BAR + BAR_GAP) - BAR_GAP) / 2, bars))
        y += len(shares) * (BAR + BAR_GAP) + GROUP_GAP
    return BarChart(
        y + BOTTOM - GROUP_GAP, tuple(drawn), tuple(zip(kinds, COLOURS[2:], strict=False)), _grid(text)
    )


def stacked_bars(
    groups: Sequence[tuple[str, Sequence[float]]], kinds: Sequence[str], text: Format
) -> BarChart:
    """Shares that make 1 together, one behind the other; only wide ones carry their number."""
    drawn, y = [], float(TOP)
    for name, shares in groups:
        x, bars = float(BARS_LEFT), []
        for n, share in enumerate(shares):
            bars.append(
                Bar(round(x, 1), y, _long(share), COLOURS[_STACK[n]], text(share) if share > 0.06 else "")
            )
            x += _long(share)
        drawn.append(Group(name, y + _STACKED / 2, tuple(bars)))
        y += _STACKED + GROUP_GAP
    legend = tuple((kind, COLOURS[_STACK[n]]) for n, kind in enumerate(kinds))
    return BarChart(y + BOTTOM - GROUP_GAP, tuple(drawn), legend, _grid(text))


_STACKED = 24
_STACK = (3, 1, 0, 5)


def _long(share: float) -> float:
    return round(share * (WIDTH - BARS_LEFT - 60), 1)


def _grid(text: Format) -> tuple[Tick, ...]:
    return tuple(Tick(BARS_LEFT + _long(n / 4), text(n / 4)) for n in range(5))
