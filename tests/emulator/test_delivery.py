"""Statuses with delays, batches, disorder, copies and retries, on a clock that is moved by hand."""

from typing import Any

import msgspec
import pytest

from whatsapp_emulator import Running
from whatsapp_emulator.config import DAY_SECONDS
from whatsapp_emulator.testing import Inbox, Person, choose, counters, send_text, settle, stop_clock


@pytest.fixture
def still(emulator: Running) -> Running:
    """The emulator with its clock stopped."""
    stop_clock(emulator)
    return emulator


def texts(hook: Inbox) -> list[str]:
    return [message["text"]["body"] for message in hook.messages()]


def told(hook: Inbox) -> list[str]:
    return [status["status"] for status in hook.statuses()]


def changes(hook: Inbox) -> list[int]:
    """How many changes each POST carried."""
    return [len(msgspec.json.decode(body)["entry"][0]["changes"]) for _, body in hook.posts]


def test_each_status_comes_after_its_delay(still: Running, ana: Person, hook: Inbox) -> None:
    choose(still, sent_delay=1, delivered_delay=2, read_delay=5, auto_read=True)
    ana.does(text="Hola")
    send_text(still, ana)
    seen = []
    for seconds in (0, 1, 1, 1, 4, 1):
        settle(still, seconds)
        seen.append(told(hook))
    delivered = ["sent", "delivered"]
    assert seen == [[], ["sent"], ["sent"], delivered, delivered, [*delivered, "read"]]
    assert ana.sees()[-1]["status"] == "read"
    assert [int(status["timestamp"]) for status in hook.statuses()] == sorted(
        int(status["timestamp"]) for status in hook.statuses()
    )


def test_a_look_reads_only_what_was_delivered(still: Running, ana: Person, hook: Inbox) -> None:
    choose(still, delivered_delay=10)
    ana.does(text="Hola")
    send_text(still, ana)
    assert ana.looks() == 0
    settle(still, 10)
    assert ana.looks() == 1
    settle(still)
    assert told(hook) == ["sent", "delivered", "read"]


def test_a_refused_message_fails_after_the_delay(still: Running, ana: Person, hook: Inbox) -> None:
    choose(still, sent_delay=3)
    send_text(still, ana)
    settle(still, 2)
    assert told(hook) == []
    settle(still, 1)
    assert told(hook) == ["failed"]


def test_statuses_that_are_dropped_still_happen(still: Running, ana: Person, hook: Inbox) -> None:
    choose(still, drop_status=1)
    ana.does(text="Hola")
    send_text(still, ana)
    settle(still)
    assert told(hook) == []
    assert ana.sees()[-1]["status"] == "delivered"
    assert counters(still)["by_status"] == {"sent": 1, "delivered": 1}


def test_changes_gather_and_leave_mixed_in_one_post(still: Running, ana: Person, hook: Inbox) -> None:
    choose(still, batch_wait=10)
    eva = Person(still.url, "5215500000002")
    ana.does(text="uno")
    eva.does(text="dos")
    send_text(still, ana)
    ana.does(text="tres")
    settle(still, 9)
    assert hook.posts == []
    settle(still, 1)
    assert changes(hook) == [5]
    assert sorted(texts(hook)) == ["dos", "tres", "uno"]
    assert told(hook) == ["sent", "delivered"]


@pytest.mark.parametrize("most", [1, 2, 1000])
def test_no_post_has_more_changes_than_wanted(still: Running, hook: Inbox, most: int) -> None:
    choose(still, batch_wait=10, batch_max=most)
    people = [Person(still.url, f"521550000{n:04}") for n in range(7)]
    for person in people:
        person.does(text=person.wa_id)
    settle(still, 60)
    assert sorted(texts(hook)) == [person.wa_id for person in people]
    assert max(changes(hook)) == min(most, 7)


def test_a_batch_that_was_not_taken_holds_up_its_people_only(
    still: Running, ana: Person, hook: Inbox
) -> None:
    choose(still, batch_wait=1, webhook_retry_first=60)
    hook.answers[:] = [500]
    ana.does(text="uno")
    settle(still, 1)
    ana.does(text="dos")
    Person(still.url, "5215500000002").does(text="otra persona")
    settle(still, 10)
    assert texts(hook) == ["otra persona"]
    settle(still, 120)
    assert texts(hook) == ["otra persona", "uno", "dos"]


@pytest.mark.parametrize("reorder", [0, 1])
def test_what_waits_keeps_its_order_unless_it_is_to_be_shuffled(
    still: Running, ana: Person, hook: Inbox, reorder: float
) -> None:
    choose(still, batch_wait=10, reorder=reorder)
    for n in range(20):
        ana.does(text=str(n))
    settle(still, 10)
    assert sorted(texts(hook), key=int) == [str(n) for n in range(20)]
    assert (texts(hook) == [str(n) for n in range(20)]) is (reorder == 0)


@pytest.mark.parametrize(("rate", "copies"), [(0, 1), (1, 2)])
def test_webhooks_come_once_more_by_chance(
    still: Running, ana: Person, hook: Inbox, rate: float, copies: int
) -> None:
    choose(still, duplicate_rate=rate)
    ana.does(text="Hola")
    settle(still)
    assert texts(hook) == ["Hola"] * copies
    assert counters(still)["webhooks"]["duplicates"] == copies - 1


def test_the_pauses_between_tries_double_up_to_the_longest(still: Running, ana: Person, hook: Inbox) -> None:
    choose(still, webhook_retry_first=60, webhook_retry_most=200)
    hook.answers[:] = [500] * 100
    ana.does(text="Hola")
    settle(still)
    tries = []
    for seconds in (59, 1, 119, 1, 199, 1, 199, 1):
        settle(still, seconds)
        tries.append(counters(still)["webhooks"]["failures"])
    assert tries == [1, 2, 2, 3, 3, 4, 4, 5]


def test_after_seven_days_a_webhook_is_lost(still: Running, ana: Person, hook: Inbox) -> None:
    choose(still, webhook_retry_first=3600, webhook_retry_most=DAY_SECONDS)
    hook.answers[:] = [500] * 100
    ana.does(text="Hola")
    settle(still, 7 * DAY_SECONDS)
    found: dict[str, Any] = counters(still)["webhooks"]
    hook.answers.clear()
    settle(still, DAY_SECONDS)
    assert (found["lost"], found["waiting"], found["delivered"]) == (1, 0, 0)
    assert hook.posts == []
    assert ana.sees()[0]["status"] == "sent"


def test_the_address_of_the_webhook_can_change(still: Running, ana: Person, hook: Inbox) -> None:
    choose(still, webhook_url="http://127.0.0.1:9/", webhook_retry_first=60)
    ana.does(text="Hola")
    settle(still)
    assert set(counters(still)["webhooks"]["outcomes"]) == {"unreachable"}
    choose(still, webhook_url=hook.url)
    settle(still, 60)
    assert texts(hook) == ["Hola"]


def test_a_webhook_without_an_address_waits_for_one(still: Running, ana: Person, hook: Inbox) -> None:
    hook.answers[:] = [500]
    choose(still, webhook_retry_first=60)
    ana.does(text="Hola")
    settle(still)
    choose(still, webhook_url=None)
    settle(still, 60)
    choose(still, webhook_url=hook.url)
    settle(still, 60)
    assert texts(hook) == ["Hola"]
    assert counters(still)["webhooks"]["waiting"] == 0


@pytest.mark.parametrize("batch_wait", [0, 1])
def test_a_post_stays_within_three_megabytes_unless_one_change_is_more(
    still: Running, ana: Person, hook: Inbox, batch_wait: float
) -> None:
    choose(still, batch_wait=batch_wait)
    eva = Person(still.url, "5215500000002")
    lengths = [4_000_000, 1_000_000, 1_500_000, 1_000_000]
    for person, length in zip((ana, ana, eva, eva), lengths, strict=True):
        person.does(text="a" * length)
    settle(still, 60)
    assert sorted(map(len, texts(hook))) == sorted(lengths)
    sizes = sorted(len(body) for _, body in hook.posts)
    assert all(size < 3 * 1024 * 1024 for size in sizes[:-1])
