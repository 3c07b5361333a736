"""The routes. The Graph API is under any version; `/control` is for tests and for the chat page."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.convertors import Convertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from whatsapp_emulator import (
    control,
    control_load,
    control_people,
    control_run,
    flow_client,
    flow_routes,
    graph,
    template_routes,
)
from whatsapp_emulator.clock import Clock
from whatsapp_emulator.config import Settings
from whatsapp_emulator.emulator import Emulator

PAGE = Path(__file__).with_name("page")
PAGE_HEADERS = {"Content-Security-Policy": "default-src 'self'", "Referrer-Policy": "no-referrer"}


class GraphVersion(Convertor[str]):
    regex = r"v\d+\.\d+"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("graph_version", GraphVersion())

ROUTES = [
    Route("/{version:graph_version}/{number_id}/messages", graph.messages, methods=["POST"]),
    Route("/{version:graph_version}/{number_id}/media", graph.upload, methods=["POST"]),
    *(Route(path, endpoint, methods=methods) for path, endpoint, methods in template_routes.ROUTES),
    *(Route(path, endpoint, methods=methods) for path, endpoint, methods in flow_routes.ROUTES),
    Route("/{version:graph_version}/{object_id}", graph.describe, methods=["GET"]),
    Route("/{version:graph_version}/{object_id}", graph.delete, methods=["DELETE"]),
    Route("/whatsapp_business/attachments/", graph.download, methods=["GET"]),
    Route("/control/phones/{wa_id}/messages", control.write, methods=["POST"]),
    Route("/control/phones/{wa_id}/messages", control.read_messages, methods=["GET"]),
    Route("/control/phones/{wa_id}/read", control.look, methods=["POST"]),
    Route("/control/phones/{wa_id}", control_people.add_phone, methods=["PUT"]),
    Route("/control/phones/{wa_id}/number", control_people.change_number, methods=["POST"]),
    Route("/control/phones/{wa_id}/flow", flow_client.act, methods=["POST"]),
    Route("/control/phones", control.phones, methods=["GET"]),
    Route("/control/media/{media_id}", control.media, methods=["GET"]),
    Route("/control/events", control.events, methods=["GET"]),
    Route("/control/business", control.business, methods=["GET"]),
    Route("/control/counters", control.counters, methods=["GET"]),
    Route("/control/handshake", control.handshake, methods=["POST"]),
    Route("/control/reset", control.reset, methods=["POST"]),
    Route("/control/clock", control_run.clock, methods=["GET"]),
    Route("/control/clock", control_run.set_clock, methods=["POST"]),
    Route("/control/faults", control_run.faults, methods=["GET"]),
    Route("/control/faults", control_run.add_fault, methods=["POST"]),
    Route("/control/faults", control_run.drop_faults, methods=["DELETE"]),
    Route("/control/webhook", control_run.tell, methods=["POST"]),
    Route("/control/load", control_load.begin, methods=["POST"]),
    Route("/control/load", control_load.report, methods=["GET"]),
    Route("/control/load", control_load.end, methods=["DELETE"]),
    Route("/control/settings", control_run.settings, methods=["GET"]),
    Route("/control/settings", control_run.change_settings, methods=["PATCH"]),
]


async def page(request: Request) -> Response:
    return FileResponse(PAGE / "index.html", headers=PAGE_HEADERS)


def create_app(settings: Settings, clock: Clock | None = None) -> Starlette:
    emulator = Emulator(settings, clock)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        await emulator.delivery.open()
        yield
        if load := getattr(app.state, "load", None):
            await load.stop()
        await emulator.delivery.close()
        await emulator.channel.close()

    routes = [*ROUTES, Route("/", page), Mount("/page", StaticFiles(directory=PAGE))]
    app = Starlette(routes=routes, lifespan=lifespan)
    app.state.emulator = emulator
    return app
