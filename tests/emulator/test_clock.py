"""Time and chance, without waiting for either."""

import asyncio
from contextlib import nullcontext
from typing import Any

import pytest

from whatsapp_emulator import Running
from whatsapp_emulator.clock import CANCELLED_MAX, QUIET_TURNS, Clock
from whatsapp_emulator.testing import call


def standing(seed: int = 1) -> Clock:
    return Clock(seed, rate=0, start=1000.0)


def test_time_stands_still_until_it_is_moved() -> None:
    clock = standing()
    assert clock.now() == clock.now() == 1000.0
    clock.tick(2.5)
    assert clock.now() == 1002.5


def test_what_is_planned_happens_in_order_at_its_time() -> None:
    clock = standing()
    seen: list[tuple[str, float]] = []
    for name, delay in (("late", 7), ("early", 2), ("early too", 2), ("never", 11)):
        clock.call_later(delay, lambda name=name: seen.append((name, clock.now())))  # type: ignore[misc]
    clock.tick(10)
    assert seen == [("early", 1002), ("early too", 1002), ("late", 1007)]
    assert (clock.now(), clock.planned) == (1010, 1)


def test_what_a_planned_thing_plans_happens_on_the_same_way() -> None:
    clock = standing()
    seen: list[float] = []
    clock.call_later(1, lambda: clock.call_later(1, lambda: seen.append(clock.now())))
    clock.tick(5)
    assert seen == [1002]


def test_cancelled_things_do_not_happen_and_make_room() -> None:
    clock = standing()
    seen: list[int] = []
    for _ in range(3 * CANCELLED_MAX):
        clock.call_later(10, lambda: seen.append(1)).cancel()
    kept = clock.call_later(10, lambda: seen.append(2))
    assert len(clock._planned) < 2 * CANCELLED_MAX
    assert clock.planned == 1
    clock.tick(10)
    kept.cancel()
    assert (seen, clock.planned) == ([2], 0)


def test_what_is_forgotten_does_not_happen() -> None:
    clock = standing()
    seen: list[int] = []
    timer = clock.call_later(1, lambda: seen.append(1))
    clock.forget()
    timer.cancel()
    clock.tick(5)
    assert (seen, clock.planned) == ([], 0)


def test_a_seed_repeats_ids_and_chances() -> None:
    def drawn(seed: int) -> list[Any]:
        clock = Clock(seed)
        return [clock.wamid(), clock.number_id(), clock.trace_id(), [clock.happens(0.5) for _ in range(64)]]

    assert drawn(7) == drawn(7) != drawn(8)


def test_chances_and_errors_do_not_change_the_ids() -> None:
    quiet, troubled = Clock(7), Clock(7)
    for _ in range(10):
        troubled.happens(0.5)
        troubled.trace_id()
    assert quiet.wamid() == troubled.wamid()


def test_errors_do_not_change_the_chances() -> None:
    quiet, troubled = Clock(7), Clock(7)
    troubled.trace_id()
    assert [quiet.happens(0.5) for _ in range(64)] == [troubled.happens(0.5) for _ in range(64)]


def test_certainty_and_impossibility() -> None:
    clock = standing()
    assert clock.happens(1)
    assert not clock.happens(0)


@pytest.mark.anyio
async def test_sleepers_wake_in_order_when_time_jumps() -> None:
    clock = standing()
    seen: list[tuple[int, float]] = []

    async def sleeper(n: int) -> None:
        for _ in range(3):
            await clock.sleep(n)
            seen.append((n, clock.now()))

    tasks = [asyncio.create_task(sleeper(n)) for n in (2, 5)]
    await clock.advance(10)
    assert seen == [(2, 1002), (2, 1004), (5, 1005), (2, 1006), (5, 1010)]
    await clock.advance(5)
    await asyncio.gather(*tasks)
    assert clock.planned == 0


@pytest.mark.anyio
@pytest.mark.parametrize(("held", "seen_at"), [(True, 1000), (False, 1060)])
async def test_time_does_not_jump_over_work_that_is_under_way(held: bool, seen_at: float) -> None:
    """The control is the same work without saying so: time passes it by."""
    clock = standing()
    seen: list[float] = []
    gate = asyncio.Event()

    async def worker() -> None:
        with clock.at_work() if held else nullcontext():
            await gate.wait()
            seen.append(clock.now())

    task = asyncio.create_task(worker())
    await asyncio.sleep(0)
    jump = asyncio.create_task(clock.advance(60))
    await asyncio.wait({jump}, timeout=0.05)
    assert jump.done() is not held
    gate.set()
    await asyncio.gather(task, jump)
    assert (seen, clock.now()) == ([seen_at], 1060)


@pytest.mark.anyio
@pytest.mark.parametrize("turns", range(QUIET_TURNS + 10))
async def test_what_follows_work_is_planned_before_time_goes_on(turns: int) -> None:
    """However many turns the work takes: it may end just when nothing seemed to be under way any more."""
    clock = standing()
    seen: list[float] = []

    async def then() -> None:
        await clock.sleep(1)
        seen.append(clock.now())

    async def worker() -> None:
        await clock.sleep(1)
        with clock.at_work():
            for _ in range(turns):
                await asyncio.sleep(0)
        following.append(asyncio.create_task(then()))

    following: list[asyncio.Task[None]] = []
    following.append(asyncio.create_task(worker()))
    await clock.advance(60)
    assert seen == [1002]
    await asyncio.gather(*following)


@pytest.mark.anyio
async def test_nobody_sleeps_for_ever_when_all_is_forgotten() -> None:
    clock = standing()
    sleeping = asyncio.create_task(clock.sleep(3600))
    await asyncio.sleep(0)
    clock.forget()
    await asyncio.wait_for(sleeping, 10)


@pytest.mark.anyio
async def test_a_fast_clock_rings_by_itself() -> None:
    clock = Clock(1, rate=1_000_000)
    await asyncio.wait_for(clock.sleep(3600), 10)


@pytest.mark.anyio
async def test_a_clock_set_going_does_what_waited() -> None:
    clock = standing()
    sleeping = asyncio.create_task(clock.sleep(3600))
    await asyncio.sleep(0)
    clock.rate = 1_000_000
    await asyncio.wait_for(sleeping, 10)


def test_the_clock_is_asked_and_set(emulator: Running) -> None:
    _, before = call("GET", f"{emulator.url}/control/clock")
    _, standing = call("POST", f"{emulator.url}/control/clock", {"rate": 0})
    _, later = call("POST", f"{emulator.url}/control/clock", {"advance": 90})
    assert before["now"] <= standing["now"]
    assert before["rate"] == 1
    assert later["now"] == standing["now"] + 90


@pytest.mark.parametrize("asked", [{}, [], {"advance": -1}, {"rate": "fast"}, {"rate": True}, {"back": 1}])
def test_a_clock_does_not_do_everything(emulator: Running, asked: Any) -> None:
    assert call("POST", f"{emulator.url}/control/clock", asked)[0] == 422
