"""`ventanilla closures`: what is said before, while and after an office closes."""

import asyncio
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import asyncpg
import pytest
from tests.closing import A_DAY, QUARTER, book
from tests.test_cli import ventanilla
from tests.world import NOW, contacts, house_on

from ventanilla.acts.catalogue import shipped
from ventanilla.core.booking import Place
from ventanilla.db import places

pytestmark = pytest.mark.slow
OFFICE, SECRET = "14-05", "a secret of forty characters for the tests"
DAY = (datetime.now(UTC) + timedelta(days=5)).date()
"""The command reads the real clock."""


def closures(folder: Path, dsn: str, *words: str) -> tuple[int, str, str]:
    return ventanilla(folder, dsn, "closures", *words, SECRET_KEY=SECRET)


async def _fill(dsn: str) -> None:
    """Two appointments on the day at one office, and six free places on the next."""
    conn = await asyncpg.connect(dsn)
    house = await house_on(conn, secret=SECRET)
    starts = datetime.combine(DAY, time(16), UTC)
    slots = [
        places.NewSlot(OFFICE, starts + day * A_DAY + QUARTER * n, DAY + day * A_DAY, 1, NOW)
        for day, count in ((0, 3), (1, 6))
        for n in range(count)
    ]
    await places.open_places(conn, slots)
    for n, contact in enumerate(await contacts(conn, house, 2)):
        await book(conn, house, contact, Place(OFFICE, slots[n].starts_at))
    await conn.close()


def test_bad_input_is_refused_in_a_sentence(fresh_database_url: str, tmp_path: Path) -> None:
    here = (tmp_path, fresh_database_url)
    file = tmp_path / "offices.csv"
    file.write_text(shipped("offices.csv"), "utf-8")
    ventanilla(*here, "offices", "import", str(file))
    day, yesterday = str(DAY), str(DAY - timedelta(days=7))
    for words, sentence in {
        ("preview", "99-99", "--from", day): "There is no office '99-99'.",
        ("preview", "--state", "77", "--from", day): "There is no office in state '77'.",
        ("preview", "--from", day): "Name one office, or a whole state",
        ("preview", OFFICE, "--state", "14", "--from", day): "Name one office, or a whole state",
        ("preview", OFFICE): "Say from which day on: --from 2026-12-24.",
        ("preview", OFFICE, "--from", "mañana"): "--from 'mañana' is no day",
        ("preview", OFFICE, "--from", day, "--to", yesterday): "is before --from",
        ("preview", OFFICE, "--from", day, "--to", "2099-01-01"): "That is more than 92 days",
        ("close", OFFICE, "--from", yesterday, "--reason", "x", "--staff", "y"): "is over: only today",
        ("close", OFFICE, "--from", day, "--staff", "y"): "Say why (--reason) and who decides it",
        ("close", OFFICE, "--from", day, "--reason", "x" * 121, "--staff", "y"): "at most 120 characters",
        ("reopen", OFFICE, "--from", day): "None of these days was closed.",
    }.items():
        code, _, said = closures(*here, *words)
        assert code == 1
        assert sentence in said.splitlines()[-1], said
        assert "Traceback" not in said
    assert closures(*here, "show")[:2] == (0, "No day is closed.\n")


def test_a_day_is_looked_at_closed_shown_and_opened_again(fresh_database_url: str, tmp_path: Path) -> None:
    here = (tmp_path, fresh_database_url)
    asyncio.run(_fill(fresh_database_url))
    day = ("--from", str(DAY))
    code, seen, _ = closures(*here, "preview", OFFICE, *day)
    assert code == 0
    assert [cell.strip() for cell in seen.splitlines()[3].split("│")[1:6]] == [
        OFFICE,
        str(DAY),
        "3",
        "2",
        "0",
    ]
    assert "2 appointments would be affected. 2 could have another place within 7 days" in seen
    assert "6 of the 6 free ones nearby (100 %)" in " ".join(seen.split())
    code, said, _ = closures(*here, "close", OFFICE, *day, "--reason", "pintura.", "--staff", "Gloria")
    assert code == 0
    assert said.startswith("Days closed: 1. Appointments affected: 2, people told: 2.")
    again = closures(*here, "close", OFFICE, *day, "--reason", "otra", "--staff", "Gloria")[1]
    assert again.startswith("Days closed: 0. Appointments affected: 0, people told: 0.")
    code, shown, _ = closures(*here, "show", OFFICE)
    assert code == 0
    assert "pintura" in shown
    assert "Gloria" in shown
    assert shown.count("waiting") == 2
    assert "PA-" in shown
    code, said, _ = closures(*here, "reopen", OFFICE, *day)
    assert code == 0
    assert said.startswith("1 days are open again; their places come out at random moments. 2 appointments")
    assert closures(*here, "show")[1] == "No day is closed.\n"
