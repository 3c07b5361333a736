"""Draws for tests: whole ones with fixed secrets, random ones, and the stand-alone verifier."""

import hashlib
import importlib.util
import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from ventanilla.core import draw_file, lottery
from ventanilla.core.lottery import Entry, Share, Terms, Wishes

TOOL = Path(__file__).parent.parent / "tools" / "verify_draw.py"
SOURCE = "Lotería Nacional, sorteo mayor del 11 de diciembre de 2026: número del premio mayor"
OPENS, CLOSES = datetime(2026, 12, 1, 14, tzinfo=UTC), datetime(2026, 12, 10, 2, tzinfo=UTC)
FIRST_DAY = date(2026, 12, 14)
PRINTED = st.characters(codec="utf-8", exclude_characters="".join(map(chr, [*range(32), *range(127, 160)])))
ZONES = ("America/Mexico_City", "America/Tijuana", "America/Cancun")


def load_verifier() -> Any:
    spec = importlib.util.spec_from_file_location("verify_draw", TOOL)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def secret_of(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


def terms(secret: bytes, shares: tuple[Share, ...]) -> Terms:
    window = (OPENS, CLOSES)
    commitment = lottery.commitment_of(secret)
    return Terms("12", "14-03", "Guadalajara", "renewal", *window, SOURCE, commitment, shares)


def stages(terms: Terms, entries: list[Entry], secret: bytes, value: str) -> dict[str, dict[str, Any]]:
    """Each stage as whoever downloads it reads it."""
    result = lottery.draw_result(terms, entries, secret, value)
    files = {
        "announced": draw_file.announced(terms),
        "closed": draw_file.closed(terms, entries),
        "drawn": draw_file.drawn(terms, entries, secret, value, result),
    }
    return {stage: json.loads(json.dumps(found)) for stage, found in files.items()}


def example_draw() -> tuple[Terms, list[Entry], bytes, str]:
    """The one of docs/draws.md: four people, two places at nine and one in the afternoon."""
    secret, zone = secret_of("example"), ZoneInfo("America/Mexico_City")
    nine, one = (datetime(2026, 12, 14, hour, tzinfo=zone) for hour in (9, 13))
    day = frozenset({FIRST_DAY})
    wishes = [Wishes(day, frozenset(halves)) for halves in (lottery.HALVES, ("morning",), ("afternoon",))]
    entries = [
        Entry(secret_of(f"nonce {n}")[:16], wishes[n % 3], weight) for n, weight in enumerate((1, 1, 2, 4))
    ]
    return terms(secret, (Share(nine, 2), Share(one, 1))), entries, secret, "48215"


def example() -> dict[str, dict[str, Any]]:
    return stages(*example_draw())


@st.composite
def shares(draw: st.DrawFn) -> tuple[Share, ...]:
    zone = ZoneInfo(draw(st.sampled_from(ZONES)))
    quarters = draw(st.sets(st.integers(0, 5 * 96 - 1), min_size=1, max_size=12))
    start = datetime.combine(FIRST_DAY, datetime.min.time(), zone)
    return tuple(Share(start + n * timedelta(minutes=15), draw(st.integers(1, 3))) for n in sorted(quarters))


@st.composite
def draws(draw: st.DrawFn) -> tuple[Terms, list[Entry], bytes, str]:
    places = draw(shares())
    secret = draw(st.binary(min_size=32, max_size=32))
    days = sorted({share.cell[0] for share in places})
    wishes = st.builds(
        Wishes,
        st.frozensets(st.sampled_from(days), min_size=1),
        st.frozensets(st.sampled_from(lottery.HALVES), min_size=1),
    )
    entries = st.builds(
        Entry, st.binary(min_size=16, max_size=16), wishes, st.integers(1, lottery.TOP_WEIGHT)
    )
    unique = st.lists(entries, max_size=40, unique_by=lambda entry: entry.nonce)
    value = draw(st.text(PRINTED, min_size=1, max_size=30))
    return terms(secret, places), draw(unique), secret, value
