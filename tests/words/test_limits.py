"""Our own limits: at the edge, one over it, and the same verdict as the emulator, which was written apart."""

from collections.abc import Callable

import pytest

from ventanilla.core.channel import Address
from ventanilla.wire.whatsapp.shape import payload
from ventanilla.words.compose import Message, Row
from ventanilla.words.limits import OverLimit, faults_of, hold_to_limits
from ventanilla.words.outgoing import Document, File, Link, Outgoing, Picture, Pin
from whatsapp_emulator import limits as emulator

TO = Address("phone", "5215512345678")


def rows(count: int, title: int = 1, about: int = 1) -> tuple[Row, ...]:
    return tuple(Row(f"ask:{n}", f"{n}".rjust(title, "t"), "d" * about) for n in range(count))


def a_list(*sections: tuple[str, tuple[Row, ...]], body: int = 1, opener: int = 1) -> Message:
    return Message("b" * body, sections=sections, opener="o" * opener)


EDGES: list[tuple[str, Callable[[int], Outgoing], int]] = [
    ("text.body", lambda n: Message("b" * n), 4096),
    ("interactive.body", lambda n: Message("b" * n, buttons=rows(1)), 1024),
    ("list.body", lambda n: a_list(("", rows(1)), body=n), 1024),
    ("reply buttons", lambda n: Message("b", buttons=rows(n)), 3),
    ("button.reply.title", lambda n: Message("b", buttons=rows(1, title=n)), 20),
    ("button.reply.id", lambda n: Message("b", buttons=(Row("i" * n, "t"),)), 256),
    ("list rows", lambda n: a_list(("", rows(n))), 10),
    ("list.section.title", lambda n: a_list(("s" * n, rows(1))), 24),
    ("list.row.id", lambda n: a_list(("", (Row("i" * n, "t"),))), 200),
    ("list.row.title", lambda n: a_list(("", rows(1, title=n))), 24),
    ("list.row.description", lambda n: a_list(("", rows(1, about=n))), 72),
    ("list.button", lambda n: a_list(("", rows(1)), opener=n), 20),
    ("cta_url.display_text", lambda n: Link("b", "t" * n, "https://a.example"), 20),
    ("media caption", lambda n: Picture("1", "c" * n), 1024),
    ("document caption", lambda n: Document("1", "f.pdf", "c" * n), 1024),
]


@pytest.mark.parametrize(("what", "make", "most"), EDGES, ids=[e[0] for e in EDGES])
def test_the_edge_is_kept_and_one_more_is_refused(
    what: str, make: Callable[[int], Outgoing], most: int
) -> None:
    assert list(faults_of(make(most))) == []
    assert emulator.payload_faults(payload(TO, make(most), "1")) == []
    assert list(faults_of(make(most + 1)))
    assert emulator.payload_faults(payload(TO, make(most + 1), "1"))
    with pytest.raises(OverLimit):
        hold_to_limits(make(most + 1))


@pytest.mark.parametrize(
    "bad",
    [
        Message(""),
        Message(" hola"),
        Message("b", buttons=(Row("a", "same"), Row("b", "same"))),
        Message("b", buttons=(Row("a", "one"), Row("a", "two"))),
        Message("b", buttons=rows(1), sections=(("", rows(1)),), opener="o"),
        a_list(("", rows(1)), ("", (Row("x", "y"),))),
        a_list(("a", rows(1)), ("b", rows(1))),
        Link("b", "t", "javascript:alert(1)"),
        Pin(91, 0, "n", "a"),
        Picture("1", ""),
    ],
)
def test_what_meta_would_refuse_is_found_here(bad: Outgoing) -> None:
    assert list(faults_of(bad))


def test_files_have_their_sizes() -> None:
    assert list(faults_of(File(b"x" * 5 * 2**20, "image/png", "a.png"))) == []
    assert list(faults_of(File(b"x" * (5 * 2**20 + 1), "image/png", "a.png")))
    assert list(faults_of(File(b"", "application/pdf", "a.pdf")))
    assert list(faults_of(File(b"x", "image/gif", "a.gif")))
