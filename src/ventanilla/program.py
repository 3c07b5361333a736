"""The parts put together: from settings to a running program. Nothing else knows all of them."""

import asyncio
import gc
import signal
import socket
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

import asyncpg
import uvicorn
from asyncpg import Pool
from starlette.applications import Starlette

from ventanilla.acts.catalogue import load_world
from ventanilla.acts.house import House, forms_key, keys
from ventanilla.acts.notice import notice_text
from ventanilla.acts.templates import look
from ventanilla.core.booking import Rules
from ventanilla.db import forms
from ventanilla.db.connection import Conn
from ventanilla.db.migrate import pending
from ventanilla.jobs import Workers, utc_now
from ventanilla.settings import Settings
from ventanilla.talk.facts import Institution
from ventanilla.web.app import create_app
from ventanilla.web.flows import FlowHook
from ventanilla.web.hooks import Intake, Webhook
from ventanilla.web.public import Public
from ventanilla.wire.whatsapp.client import CloudApi
from ventanilla.wire.whatsapp.flow_crypto import private_keys

Part = Literal["both", "web", "work"]
_STATEMENT_TIMEOUT_MS = 30_000
_LOCK_TIMEOUT_MS = 3_000
_ANY_PLACE = "SELECT EXISTS (SELECT FROM slot WHERE starts_at > now())"


@asynccontextmanager
async def connected(settings: Settings, dsn: str) -> AsyncIterator[Pool]:
    """A pool whose statements and lock waits end by themselves."""
    pool = await asyncpg.create_pool(
        dsn,
        min_size=1,
        max_size=settings.database_pool,
        server_settings={
            "statement_timeout": str(_STATEMENT_TIMEOUT_MS),
            "lock_timeout": str(_LOCK_TIMEOUT_MS),
            "timezone": "UTC",
            # Prepared statements over tables that fill up: a plan for their empty state stays slow.
            "plan_cache_mode": "auto",
        },
    )
    try:
        yield pool
    finally:
        await pool.close()


def rules_of(settings: Settings) -> Rules:
    return Rules(
        lead=timedelta(minutes=settings.lead_time_minutes),
        horizon_days=settings.horizon_days,
        hold=timedelta(minutes=settings.hold_minutes),
        people_per_phone=settings.people_per_phone,
        people_window=timedelta(days=settings.people_window_days),
        talk_life=timedelta(days=settings.talk_days),
        cancel_until=timedelta(minutes=settings.cancel_until_minutes),
        moves=settings.moves_per_appointment,
        offer=timedelta(minutes=settings.offer_minutes),
        offer_near=timedelta(minutes=settings.offer_near_minutes),
        offers_ignored=settings.offers_ignored,
        claim=timedelta(hours=settings.claim_hours),
        quiet_from=settings.quiet_from,
        quiet_to=settings.quiet_to,
        release_least=timedelta(minutes=settings.release_least_minutes),
        release_most=timedelta(minutes=settings.release_most_minutes),
        release_near=timedelta(minutes=settings.release_near_minutes),
        remind_days=settings.remind_days,
        remind_hours=settings.remind_hours,
        remind_morning=settings.remind_morning,
        grace=timedelta(minutes=settings.grace_minutes),
        no_shows=settings.no_shows,
        no_show_window=timedelta(days=settings.no_show_days),
        no_show_near=timedelta(days=settings.no_show_near_days),
    )


async def house_of(settings: Settings, conn: Conn) -> House:
    """The world as the database has it now."""
    vault, links, checkin = keys(settings.secret_key.reveal(), settings.checkin_key)
    public_url = settings.public_url.rstrip("/")
    fields = {
        "name": settings.institution_name,
        "address": settings.institution_address,
        "contact": settings.institution_privacy_contact,
        "unit": settings.institution_transparency_unit,
        "authority": settings.institution_authority,
        "basis": settings.institution_legal_basis,
        "url": settings.institution_privacy_url or f"{public_url}/aviso",
    }
    notice = notice_text(fields, settings.institution_law, demo=settings.demo)
    institution = Institution(
        settings.institution_name,
        settings.institution_official_phone,
        settings.institution_site or public_url,
        settings.demo,
        notice.version,
        fields["url"],
    )
    world, rest_rules = await load_world(conn, rules_of(settings), institution, _fees(settings))
    form_key = forms_key(settings.secret_key.reveal()) if settings.flow_private_key else None
    return House(world, vault, links, checkin, public_url, notice, rest_rules, form_key)


def _fees(settings: Settings) -> str:
    """The operator's own file of fees; empty: the one that comes with the program."""
    if settings.fees_csv is None:
        return ""
    try:
        return settings.fees_csv.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise RuntimeError(
            f"VENTANILLA_FEES_CSV names {settings.fees_csv}, which cannot be read as UTF-8 text. "
            "Give the path of a CSV file, or leave it empty."
        ) from fault


def channel_of(settings: Settings) -> CloudApi:
    return CloudApi(
        settings.whatsapp_api_url,
        settings.whatsapp_api_version,
        settings.whatsapp_phone_number_id,
        settings.whatsapp_access_token.reveal(),
        settings.send_concurrency,
        settings.whatsapp_timeout_seconds,
    )


@dataclass(frozen=True, slots=True)
class Program:
    """Built inside `assembled`; `app` is there for the parts that serve the web."""

    house: House
    pool: Pool
    workers: Workers
    app: Starlette


@asynccontextmanager
async def assembled(settings: Settings, dsn: str, chat_url: str) -> AsyncIterator[Program]:
    async with connected(settings, dsn) as pool, channel_of(settings) as channel:
        async with pool.acquire() as conn:
            house = await house_of(settings, conn)
        workers = Workers(
            pool,
            house,
            channel,
            settings.turn_batch,
            settings.send_concurrency,
            settings.whatsapp_messages_per_second,
            settings.horizon_days + 1,
        )
        intake = Intake(pool, house.vault, workers.arrived.set)
        secrets = tuple(s.strip() for s in settings.whatsapp_app_secret.reveal().split(",") if s.strip())
        webhook = Webhook(intake, secrets, settings.whatsapp_verify_token.reveal())
        flows = None
        if settings.flow_private_key:
            form_keys = private_keys(settings.flow_private_key.reveal())
            flows = FlowHook(pool, house, form_keys, secrets, workers.owed.set)
        app = create_app(webhook, Public(house, pool, chat_url), flows=flows)
        yield Program(house, pool, workers, app)


def listening(settings: Settings) -> socket.socket:
    """The socket people's phones reach us by. Raises `RuntimeError` with a sentence if it is taken."""
    try:
        return socket.create_server((settings.host, settings.port), backlog=2048)
    except OSError as fault:
        raise RuntimeError(
            f"Cannot listen on {settings.host}:{settings.port} ({fault.strerror}). "
            "Stop what uses it, or choose another VENTANILLA_PORT."
        ) from fault


async def run(
    settings: Settings,
    dsn: str,
    chat_url: str,
    listener: socket.socket | None,
    part: Part = "both",
    beside: Coroutine[None, None, None] | None = None,
) -> None:
    """Serve until told to stop. With `both`, web and workers share the process and wake each other.

    The workers alone need no `listener`. `beside` runs as soon as requests are taken.
    """
    async with assembled(settings, dsn, chat_url) as program, asyncio.TaskGroup() as tasks:
        gc.freeze()  # offices, towns and words live as long as the process: no need to walk them again
        if part != "web":
            tasks.create_task(program.workers.run())
        if beside:
            tasks.create_task(beside)
        if listener:
            await server_of(program.app).serve([listener])
            program.workers.stop()
            return
        for stop in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(stop, program.workers.stop)


def server_of(app: Starlette) -> uvicorn.Server:
    config = uvicorn.Config(
        app,
        loop="uvloop",
        http="httptools",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=10,
    )
    return uvicorn.Server(config)


async def tried(settings: Settings, dsn: str) -> dict[str, str]:
    """Each part that the settings name, and what is wrong with it (empty: nothing)."""
    outcomes = {"database": "", "places": "", "templates": "", "Cloud API": ""}
    try:
        async with connected(settings, dsn) as pool, pool.acquire() as conn:
            left = await pending(conn)
            outcomes["database"] = f"run `ventanilla migrate`: {', '.join(left)} left" if left else ""
            if not left and not await pool.fetchval(
                "SELECT EXISTS (SELECT FROM slot WHERE starts_at > now())"
            ):
                outcomes["places"] = "none is open; run `ventanilla places open --days 30`"
            if not left and (count := await look(conn)):
                outcomes["templates"] = f"{count} need somebody; run `ventanilla templates list`"
            if not left and settings.flow_private_key:
                usable = await forms.usable(conn, utc_now())
                outcomes["forms"] = "" if usable else "none can be offered; run `ventanilla flows sync`"
    except (OSError, asyncpg.PostgresError) as fault:
        outcomes["database"] = str(fault)
    async with channel_of(settings) as channel:
        outcomes["Cloud API"] = await channel.tried()
    return outcomes
