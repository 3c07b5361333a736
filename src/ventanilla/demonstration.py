"""The demonstration: its own database, offices, 60 days of places, and the emulator beside it."""

import logging
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from urllib.error import URLError
from urllib.request import urlopen

from ventanilla import cli_flows, cli_templates
from ventanilla.acts import templates
from ventanilla.acts.catalogue import import_offices, shipped
from ventanilla.acts.due import Progress, open_places
from ventanilla.core.sending import SendFailed
from ventanilla.db import places
from ventanilla.db.connection import connection
from ventanilla.db.migrate import migrate
from ventanilla.jobs import utc_now
from ventanilla.program import connected, house_of
from ventanilla.setting import Secret
from ventanilla.settings import Settings
from ventanilla.wire.whatsapp.flow_crypto import new_private_key

_log = logging.getLogger(__name__)
DAYS = 60
_EMULATOR_START = 20.0
_ACCOUNT = "200000000000001"


async def prepare(settings: Settings, dsn: str, progress: Progress, days: int = DAYS) -> int:
    """Migrate, load the shipped offices where there are none, open places. Gives how many opened."""
    await migrate(dsn)
    async with connected(settings, dsn) as pool, pool.acquire() as conn:
        if not await places.offices(conn):
            await import_offices(conn, shipped("offices.csv"))
        house = await house_of(settings, conn)
        return await open_places(conn, house, utc_now(), days, progress)


@contextmanager
def emulator(settings: Settings, port: int) -> Iterator[str]:
    """A `whatsapp-emulator` process that calls this program's webhook; ends with the block."""
    url = f"http://127.0.0.1:{port}"
    env = os.environ | {
        "WHATSAPP_EMULATOR_HOST": "127.0.0.1",
        "WHATSAPP_EMULATOR_PORT": str(port),
        "WHATSAPP_EMULATOR_WEBHOOK_URL": f"http://127.0.0.1:{settings.port}/webhooks/whatsapp",
        "WHATSAPP_EMULATOR_APP_SECRET": settings.whatsapp_app_secret.reveal().partition(",")[0],
        "WHATSAPP_EMULATOR_ACCESS_TOKEN": settings.whatsapp_access_token.reveal(),
        "WHATSAPP_EMULATOR_VERIFY_TOKEN": settings.whatsapp_verify_token.reveal(),
        "WHATSAPP_EMULATOR_PHONE_NUMBER_ID": settings.whatsapp_phone_number_id,
        "WHATSAPP_EMULATOR_BUSINESS_ACCOUNT_ID": _ACCOUNT,
        "WHATSAPP_EMULATOR_DISPLAY_NUMBER": settings.whatsapp_display_number,
        "WHATSAPP_EMULATOR_BUSINESS_NAME": settings.institution_name,
    }
    process = subprocess.Popen([sys.executable, "-m", "whatsapp_emulator"], env=env)
    try:
        _wait_for(f"{url}/control/business", lambda: process.poll() is None)
        yield url
    finally:
        process.terminate()
        process.wait(10)


def _wait_for(url: str, alive: Callable[[], bool]) -> None:
    end = time.monotonic() + _EMULATOR_START
    while time.monotonic() < end and alive():
        try:
            urlopen(url, timeout=1).close()  # noqa: S310 - our own address
        except (URLError, OSError):
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("the emulator did not start; is its port taken? Choose another with --emulator-port.")


def talking_to(settings: Settings, emulator_url: str) -> Settings:
    """With an account there, and a key of its own for what people fill in."""
    return replace(
        settings,
        whatsapp_api_url=emulator_url,
        whatsapp_business_account_id=_ACCOUNT,
        flow_private_key=Secret(new_private_key()),
    )


async def publish(settings: Settings, dsn: str) -> None:
    """Templates and the form, as `ventanilla templates sync` and `flows sync` do it."""
    try:
        async with connection(dsn) as conn, cli_templates.management(settings) as meta:
            await templates.sync(conn, meta, apply=True)
        await cli_flows.synced(settings, dsn, cli_flows.management(settings), apply=True)
    except SendFailed as fault:
        _log.warning("templates and form are not published: %s", fault.text)
