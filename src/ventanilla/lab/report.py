"""A study as one HTML page: no script, nothing from elsewhere, the same bytes for the same study."""

from collections.abc import Sequence
from math import isinf
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from ventanilla.lab.assumptions import OURS, assumptions_table
from ventanilla.lab.conclusions import Say, assumption, conclude, days, named, percent, pesos, profits
from ventanilla.lab.figures import PATIENCE, Figures, share
from ventanilla.lab.people import WHEN
from ventanilla.lab.plots import WIDTH, BarChart, LineChart, grouped_bars, line_chart, stacked_bars
from ventanilla.lab.study import DOUBTED_UNDER, PILOT_SHARE, SWEEP_SHARE, SWEPT, Study

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
FATES = ("used", "missed", "hoarded", "empty")

Row = tuple[str, tuple[str, ...]]


def report(study: Study, say: Say, language: str) -> str:
    return _TEMPLATES.get_template("report.html").render(
        t=say,
        language=language,
        asked=study.question,
        width=WIDTH,
        conclusions=conclude(study, say),
        charts=_charts(study, say),
        policies=[(named(f.policy, say), say(f"lab-about-{f.policy}")) for f in study.compared],
        variants=[(named(f.policy, say), say(f"lab-about-{f.policy}")) for f in study.variants],
        short=_short(study.compared, say),
        compared_table=_table(study.compared, say),
        variants_table=_table(study.variants, say),
        sweep_table=_sweep_table(study, say),
        doubts_table=_doubts_table(study, say),
        assumptions=_assumptions(study, say),
        sweep_people=study.question.people // SWEEP_SHARE,
        pilot_people=study.question.people // PILOT_SHARE,
    )


def _charts(study: Study, say: Say) -> dict[str, LineChart | BarChart]:
    swept = [(policy, named(policy.name, say)) for policy in SWEPT]
    resold = [
        (name, [(s, told[n].resold_share) for s, told in study.sweep]) for n, (_, name) in enumerate(swept)
    ]
    compared = [(named(told.policy, say), told) for told in study.compared]
    return {
        "profit": line_chart(
            [(name, profits(study, p.name)) for p, name in swept], "{:g}".format, _axis_pesos
        ),
        "resold": line_chart(resold, "{:g}".format, _whole_percent),
        "when": grouped_bars(
            [(name, told.free_by_when) for name, told in compared],
            [say(f"lab-when-{kind}") for kind in WHEN],
            _whole_percent,
        ),
        "patience": grouped_bars(
            [(name, told.free_by_patience) for name, told in compared],
            [say(f"lab-patience-{kind}") for kind in PATIENCE],
            _whole_percent,
        ),
        "fates": stacked_bars(
            [(name, _fates(told)) for name, told in compared],
            [say(f"lab-fate-{fate}") for fate in FATES],
            _whole_percent,
        ),
    }


def _fates(told: Figures) -> list[float]:
    return [share(n, told.places) for n in (told.used, told.missed_places, told.hoarded, told.empty)]


def _table(all_told: Sequence[Figures], say: Say) -> tuple[tuple[str, ...], list[Row]]:
    """Names of the columns, then a row a figure."""
    shown: list[tuple[str, Any]] = [
        ("wait-median", lambda f: days(f.wait_median)),
        ("wait-p90", lambda f: days(f.wait_p90)),
        ("search-median", lambda f: days(f.search_median)),
        ("never-served", lambda f: percent(f.never_served)),
        *((f"free-{kind}", _nth("free_by_when", n)) for n, kind in enumerate(WHEN)),
        *((f"free-{kind}", _nth("free_by_patience", n)) for n, kind in enumerate(PATIENCE)),
        ("resold", lambda f: percent(f.resold_share)),
        ("bought", lambda f: f"{f.bought:,}"),
        ("price", lambda f: pesos(f.price) if f.bought else "—"),
        ("revenue", lambda f: pesos(f.revenue)),
        ("profit", lambda f: pesos(f.profit)),
        ("profit-per-place", lambda f: pesos(f.profit_per_place)),
        ("unused", lambda f: percent(f.unused_share)),
        *((f"fate-{fate}", _fate(n)) for n, fate in enumerate(FATES)),
        ("freed", lambda f: f"{f.freed:,}"),
        ("refilled", lambda f: "—" if f.refilled_share is None else percent(f.refilled_share)),
        ("refill-minutes", lambda f: _minutes(f.refill_minutes, say)),
        ("empty-minutes", lambda f: _minutes(f.empty_minutes, say)),
    ]
    rows = [(say(f"lab-figure-{key}"), tuple(of(told) for told in all_told)) for key, of in shown]
    return tuple(named(told.policy, say) for told in all_told), rows


def _short(
    compared: Sequence[Figures], say: Say
) -> tuple[tuple[str, ...], list[tuple[str, list[tuple[str, bool]]]]]:
    """Names of the columns; then a row a policy: each cell, and whether it is the best of its column."""
    columns: dict[str, list[str]] = {
        "profit-per-place": [pesos(f.profit_per_place) for f in compared],
        "resold": [percent(f.resold_share) for f in compared],
        "never-served": [percent(f.never_served) for f in compared],
        "wait-median": [days(f.wait_median) for f in compared],
        "unused": [percent(f.unused_share) for f in compared],
    }
    values = (
        [f.profit_per_place for f in compared],
        [f.resold_share for f in compared],
        [f.never_served for f in compared],
        [f.wait_median or 0.0 for f in compared],
        [f.unused_share for f in compared],
    )
    # As shown: what reads the same is as good.
    best = [column[v.index(min(v))] for column, v in zip(columns.values(), values, strict=True)]
    rows = [
        (named(f.policy, say), [(c[n], c[n] == b) for c, b in zip(columns.values(), best, strict=True)])
        for n, f in enumerate(compared)
    ]
    return tuple(say(f"lab-figure-{key}") for key in columns), rows


def _nth(figure: str, n: int) -> Any:
    return lambda f: percent(getattr(f, figure)[n])


def _fate(n: int) -> Any:
    return lambda f: percent(_fates(f)[n])


def _minutes(count: float | None, say: Say) -> str:
    if count is None:
        return "—"
    if isinf(count):
        return say("lab-never-empty")
    return f"{count:,.0f}" if count >= 10 else f"{count:.1f}"


def _sweep_table(study: Study, say: Say) -> tuple[tuple[str, ...], list[Row]]:
    rows = [
        (f"{scarcity:g}", tuple(f"{pesos(f.profit_per_place)} · {percent(f.resold_share)}" for f in all_told))
        for scarcity, all_told in study.sweep
    ]
    return tuple(named(policy.name, say) for policy in SWEPT), rows


def _doubts_table(study: Study, say: Say) -> tuple[tuple[str, ...], list[Row]]:
    rows = [
        (
            f"{assumption(doubt.assumption, say)} × {doubt.factor:g}",
            tuple(pesos(told.profit_per_place) for told in doubt.told),
        )
        for doubt in study.doubts
    ]
    return tuple(named(policy.name, say) for policy in DOUBTED_UNDER), rows


def _assumptions(study: Study, say: Say) -> list[tuple[str, str, str, str]]:
    return [
        (
            assumption(name, say),
            _value(value, unit),
            say(f"lab-unit-{unit}"),
            _source(source, say),
        )
        for name, value, unit, source in assumptions_table(study.assumptions)
    ]


def _source(source: str, say: Say) -> str:
    if source == OURS:
        return say("lab-source-core")
    return say("lab-source", section=source) if source else say("lab-judgement")


def _value(value: Any, unit: str) -> str:
    values = value if isinstance(value, tuple) else (value,)
    return " / ".join(percent(v) if unit == "share" else f"{v:,g}" for v in values)


def _axis_pesos(amount: float) -> str:
    return f"${amount:,.0f}" if amount >= 0 else f"-${-amount:,.0f}"


def _whole_percent(part: float) -> str:
    return f"{100 * part:.0f}\u00a0%"
