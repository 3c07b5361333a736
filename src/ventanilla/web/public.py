"""Public pages: what this is, the offices, the privacy notice, and a person's own papers."""

from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby

import asyncpg
from asyncpg import Pool
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from ventanilla.acts.house import House
from ventanilla.acts.papers import QR_TEXTS, calendar_of, case_of, notice_pdf, pdf_of
from ventanilla.core.booking import LIVE, Appointment
from ventanilla.core.fees import validities
from ventanilla.db import appointments, draws
from ventanilla.papers.qr import qr_png
from ventanilla.web.pages import language_of, page

_PAPERS = ("payment-sheet", "triptych")
_AGES = (1, 10, 30)
_MOST_DRAWS = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Public:
    house: House
    pool: Pool
    chat_url: str
    """Where people write: the WhatsApp link, or the emulator's page in a demonstration."""

    async def health(self, request: Request) -> Response:
        return PlainTextResponse("ok")

    async def ready(self, request: Request) -> Response:
        try:
            await self.pool.fetchval("SELECT 1 FROM slot LIMIT 1", timeout=2)
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, TimeoutError):
            return PlainTextResponse("The database does not answer.", 503)
        return PlainTextResponse("ready")

    async def metrics(self, request: Request) -> Response:
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    async def home(self, request: Request) -> Response:
        world, year = self.house.world, datetime.now(UTC).year
        years = sorted({v for age in _AGES for v in validities(age)})
        fees = [(v, world.fees.fee(year, v, half=False), world.fees.fee(year, v, half=True)) for v in years]
        offices = [o for o in world.offices.values() if o.open]
        states = len({o.state_code for o in offices})
        return page(
            request,
            "home.html",
            institution=world.institution,
            chat_url=self.chat_url,
            fees=[fee for fee in fees if fee[1]],
            rules=world.rules,
            offices=len(offices),
            states=states,
        )

    async def offices(self, request: Request) -> Response:
        world = self.house.world
        offices = sorted((o for o in world.offices.values() if o.open), key=lambda o: (o.state, o.name))
        states = [(state, list(group)) for state, group in groupby(offices, key=lambda o: o.state)]
        return page(request, "offices.html", institution=world.institution, states=states)

    async def draws(self, request: Request) -> Response:
        async with self.pool.acquire() as conn:
            listed = await draws.listed(conn)
        world = self.house.world
        return page(request, "draws.html", institution=world.institution, draws=listed, offices=world.offices)

    async def draw_file(self, request: Request) -> Response:
        """Nothing in it is personal: docs/draws.md."""
        number = request.path_params["draw"]
        async with self.pool.acquire() as conn:
            text = await draws.published(conn, number) if number <= _MOST_DRAWS else None
        if text is None:
            return page(
                request, "gone.html", 404, institution=self.house.world.institution, key="page-not-found"
            )
        named = {"Content-Disposition": f'attachment; filename="sorteo-{number}.json"'}
        return Response(text, media_type="application/json", headers=named)

    async def notice(self, request: Request) -> Response:
        sections = self.house.notice.sections[language_of(request)]
        institution, version = self.house.world.institution, self.house.notice.version
        return page(request, "notice.html", institution=institution, sections=sections, version=version)

    async def notice_pdf(self, request: Request) -> Response:
        return _pdf(await notice_pdf(self.house, language_of(request)), "aviso-de-privacidad.pdf")

    async def papers(self, request: Request) -> Response:
        made = await self._appointment(request)
        if made is None:
            return self._gone(request)
        case = case_of(self.house, made, made.language)
        return _private(
            page(
                request,
                "papers.html",
                language=made.language,
                institution=self.house.world.institution,
                case=case,
                live=made.status == LIVE,
                base=f"/p/{request.path_params['token']}",
            )
        )

    async def paper(self, request: Request) -> Response:
        made, name = await self._appointment(request), request.path_params["paper"]
        if made is None or name not in _PAPERS:
            return self._gone(request)
        pdf = await pdf_of(name, case_of(self.house, made, made.language))
        return _private(_pdf(pdf, f"{name}-{made.folio}.pdf"))

    async def code(self, request: Request) -> Response:
        made, name = await self._appointment(request), request.path_params["code"]
        if made is None or name not in QR_TEXTS:
            return self._gone(request)
        text = QR_TEXTS[name](self.house, made, case_of(self.house, made, made.language))
        return _private(Response(qr_png(text), media_type="image/png"))

    async def calendar(self, request: Request) -> Response:
        made = await self._appointment(request)
        if made is None:
            return self._gone(request)
        event = calendar_of(case_of(self.house, made, made.language), datetime.now(UTC))
        named = {"Content-Disposition": f'attachment; filename="cita-{made.folio}.ics"'}
        return _private(Response(event, media_type="text/calendar; charset=utf-8", headers=named))

    async def not_found(self, request: Request, fault: Exception) -> Response:
        return page(request, "gone.html", 404, institution=self.house.world.institution, key="page-not-found")

    async def _appointment(self, request: Request) -> Appointment | None:
        """The one this link was signed for; None for a link that is wrong or has expired."""
        found = self.house.links.read(request.path_params["token"], datetime.now(UTC))
        if found is None:
            return None
        async with self.pool.acquire() as conn:
            return await appointments.by_id(conn, self.house.vault, found)

    def _gone(self, request: Request) -> Response:
        return page(request, "gone.html", 404, institution=self.house.world.institution, key="page-expired")


def _pdf(pdf: bytes, filename: str) -> Response:
    named = {"Content-Disposition": f'inline; filename="{filename}"'}
    return Response(pdf, media_type="application/pdf", headers=named)


def _private(response: Response) -> Response:
    """A person's papers are kept by no cache and found by no search engine."""
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
