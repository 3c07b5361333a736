"""Papers made when they are sent or opened: from an appointment's id to pictures and PDFs."""

import asyncio
import hashlib
import os
import sys
import threading
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any, cast
from zoneinfo import ZoneInfo

from asyncpg import Pool

from ventanilla.acts.house import House, papers_url
from ventanilla.acts.turn import PaperOwed
from ventanilla.core.booking import Appointment
from ventanilla.core.checkin import code_of
from ventanilla.core.curp import Curp, age_on, read_curp
from ventanilla.core.places import map_url
from ventanilla.core.procedures import Procedure
from ventanilla.core.sending import SendFailed
from ventanilla.core.text import shorten
from ventanilla.db import appointments
from ventanilla.papers.case import Adult, Case, Fee, Holder, Issuer, Language, Office, OfficeKind
from ventanilla.papers.ics import ics
from ventanilla.papers.notice import Notice, NoticeSection, privacy_notice
from ventanilla.papers.payment import payment_sheet
from ventanilla.papers.qr import qr_png
from ventanilla.papers.triptych import triptych
from ventanilla.talk.confirm import fee_for, group_for
from ventanilla.words import LANGUAGES, words
from ventanilla.words.outgoing import Document, File, Link, Outgoing, Picture, Pin

_NICENESS = 10


def _behind_answers() -> None:
    """Nobody waits for a PDF as for a reply or a page of a form, so this thread gives way to the others
    (measured: docs/benchmarks.md). Only Linux has a priority a thread."""
    if sys.platform == "linux":
        lower = min(19, os.getpriority(os.PRIO_PROCESS, 0) + _NICENESS)
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), lower)


# Typst keeps one compiler a template: one thread uses them, and the loop goes on meanwhile.
_PRESS = ThreadPoolExecutor(1, thread_name_prefix="press", initializer=_behind_answers)
_ADULTS: Mapping[str, tuple[Adult, ...]] = {
    "both": ("mother", "father"),
    "mother": ("mother",),
    "father": ("father",),
    "guardian": ("guardian",),
}
_PIN_TEXT = 256
_PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class Paper:
    """A file to be made and uploaded, and the message that then refers to it.

    `key`: what it is made from. The same key may be sent again without making it, if the channel still
    keeps the file; empty where that is not worth remembering.
    """

    key: str
    make: Callable[[], Awaitable[File]]
    sent_as: Callable[[str], Outgoing]


async def render(pool: Pool, house: House, owed: PaperOwed) -> Outgoing | Paper:
    """What a `PaperOwed` stands for. Raises `SendFailed` where its appointment is gone."""
    if owed.paper == "way":
        return _way(owed)
    if owed.paper == "notice":
        return _notice(house, owed.language)
    made = await _appointment(pool, house, int(owed.args["appointment"]))
    case = case_of(house, made, owed.language)
    if owed.paper in QR_TEXTS:
        return _code(house, made, case, owed)
    return _sheet(made, case, owed)


def _notice(house: House, language: str) -> Paper:
    say = words(language)
    name = say.text("file-notice")

    async def make() -> File:
        return File(await notice_pdf(house, language), _PDF, name)

    key = f"notice {language} {house.notice.version} {_edition()}"
    return Paper(key, make, lambda media: Document(media, name, say.text("caption-notice")))


def _code(house: House, made: Appointment, case: Case, owed: PaperOwed) -> Paper:
    text = QR_TEXTS[owed.paper](house, made, case)
    caption = _named(made, owed.language, f"caption-{owed.paper}", folio=made.folio)

    async def make() -> File:
        return File(await _press(qr_png, text), "image/png", f"{owed.paper}.png")

    # The way to an office is the same for all its people; the other codes are for one person, once.
    return Paper(text if owed.paper == "qr-office" else "", make, lambda media: Picture(media, caption))


def _named(made: Appointment, language: str, key: str, **args: object) -> str:
    """Of a family, each paper says whose it is."""
    say = words(language)
    caption = say.text(key, **args)
    whose = made.family is not None and key != "caption-qr-office"
    return say.text("caption-of", name=made.applicant.given, caption=caption) if whose else caption


def _sheet(made: Appointment, case: Case, owed: PaperOwed) -> Paper:
    say = words(owed.language)
    name = say.text(f"file-{owed.paper}", folio=case.folio)
    caption = _named(made, owed.language, f"caption-{owed.paper}", amount=case.fee.amount_mxn)

    async def make() -> File:
        return File(await pdf_of(owed.paper, case), _PDF, name)

    return Paper(f"{owed.paper} {case} {_edition()}", make, lambda media: Document(media, name, caption))


@cache
def _edition() -> str:
    """Changes when what papers are made from changes: templates, words and the code between them."""
    parts = [
        *files("ventanilla.papers").iterdir(),
        *files("ventanilla.papers").joinpath("templates").iterdir(),
    ]
    for language in LANGUAGES:
        parts.append(files("ventanilla.words").joinpath(language, "papers.ftl"))
    read = sorted((part.name, part.read_bytes()) for part in parts if part.is_file())
    return hashlib.sha256(repr(read).encode()).hexdigest()[:16]


def _way(owed: PaperOwed) -> Outgoing:
    args, say = owed.args, words(owed.language)
    if "latitude" in args:
        name, address = shorten(args["name"], _PIN_TEXT), shorten(args["address"], _PIN_TEXT)
        return Pin(float(args["latitude"]), float(args["longitude"]), name, address)
    body = say.text("way-text", name=args["name"], address=args["address"])
    return Link(body, say.text("way-button"), args["url"])


async def _appointment(pool: Pool, house: House, appointment_id: int) -> Appointment:
    async with pool.acquire() as conn:
        made = await appointments.by_id(conn, house.vault, appointment_id)
    if made is None:
        raise SendFailed("final", f"appointment {appointment_id} does not exist")
    return made


async def notice_pdf(house: House, language: str) -> bytes:
    sections = tuple(NoticeSection(h, p) for h, p in house.notice.sections[language])
    institution = house.world.institution
    title = words(language).text("notice-title")
    notice = Notice(
        cast(Language, language), institution.name, title, house.notice.version, sections, institution.demo
    )
    return await _press(privacy_notice, notice, paper_words(language))


async def pdf_of(paper: str, case: Case) -> bytes:
    """`payment-sheet` or `triptych`."""
    make = {"payment-sheet": payment_sheet, "triptych": triptych}[paper]
    return await _press(make, case, paper_words(case.language))


def calendar_of(case: Case, now: datetime) -> bytes:
    return ics(case, paper_words(case.language), f"{case.folio}@ventanilla", now)


def case_of(house: House, made: Appointment, language: str) -> Case:
    """The appointment as the papers see it."""
    office = house.world.offices[made.place.office_id]
    moment = made.place.starts_at.astimezone(ZoneInfo(office.zone))
    fields, applicant = made.applicant.fields, made.applicant
    curp = read_curp(applicant.curp, moment.date())
    assert isinstance(curp, Curp)
    years, _, tariff = fields["validity"].partition(":")
    fee = fee_for(house.world, fields["validity"], moment.year)
    identification = words(language).text(f"choice-identification-{fields['identification']}")
    institution = house.world.institution
    url = papers_url(house, made.id, made.place.starts_at)
    group = group_for(made)
    return Case(
        language=cast(Language, language),
        folio=made.folio,
        issuer=Issuer(institution.name, institution.official_phone, institution.site, institution.demo),
        holder=Holder(
            applicant.curp,
            applicant.given,
            applicant.surname1,
            applicant.surname2,
            age_on(curp.birth_date, moment.date()),
            identification,
        ),
        procedure=cast(Procedure, made.procedure),
        group=group,
        validity_years=int(years),
        fee=Fee(fee.amount_mxn, fee.year, tariff == "half", fee.provisional),
        office=Office(
            office.name,
            cast(OfficeKind, office.kind),
            office.address or office.municipality,
            map_url(office),
            office.local_fee_mxn,
        ),
        starts_at=moment,
        sheet_url=f"{url}/payment-sheet.pdf",
        papers_url=url,
        adults=_ADULTS.get(fields.get("attending", ""), ()) if group == "minor" else (),
    )


def checkin_text(house: House, made: Appointment, case: Case) -> str:
    """The CURP, which the desk compares, and the token, which it verifies without a network."""
    curp, place = made.applicant.curp, made.place
    return code_of(curp, house.checkin.sign(made.folio, place.office_id, place.starts_at, curp))


QR_TEXTS: Mapping[str, Callable[[House, Appointment, Case], str]] = {
    "qr-checkin": checkin_text,
    "qr-office": lambda house, made, case: case.office.map_url,
    "qr-payment": lambda house, made, case: case.sheet_url,
}


@cache
def paper_words(language: str) -> Callable[[str, Mapping[str, object]], str]:
    say = words(language)
    return lambda key, args: say.text(key, **args)


async def _press(make: Callable[..., bytes], *args: Any) -> bytes:
    return await asyncio.get_running_loop().run_in_executor(_PRESS, make, *args)
