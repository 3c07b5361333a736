"""The routes, as a table of contents."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

from starlette.applications import Starlette
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from ventanilla.web.flows import FlowHook
from ventanilla.web.hooks import Webhook
from ventanilla.web.pages import STATIC, SecureHeaders
from ventanilla.web.public import Public

Lifespan = Callable[[Starlette], AbstractAsyncContextManager[None]]


def create_app(
    webhook: Webhook, public: Public, lifespan: Lifespan | None = None, flows: FlowHook | None = None
) -> Starlette:
    """Without `flows`, there is no form to be filled in."""
    app = Starlette(
        routes=[
            *([Route("/webhooks/whatsapp/flow", flows.receive, methods=["POST"])] if flows else []),
            Route("/webhooks/whatsapp", webhook.handshake, methods=["GET"]),
            Route("/webhooks/whatsapp", webhook.receive, methods=["POST"]),
            Route("/healthz", public.health),
            Route("/readyz", public.ready),
            Route("/metrics", public.metrics),
            Route("/", public.home),
            Route("/oficinas", public.offices),
            Route("/sorteos", public.draws),
            Route("/sorteos/{draw:int}.json", public.draw_file),
            Route("/aviso", public.notice),
            Route("/aviso.pdf", public.notice_pdf),
            Route("/p/{token}", public.papers),
            Route("/p/{token}/cita.ics", public.calendar),
            Route("/p/{token}/{paper}.pdf", public.paper),
            Route("/p/{token}/{code}.png", public.code),
            Mount("/static", StaticFiles(directory=STATIC)),
        ],
        exception_handlers={404: public.not_found},
        lifespan=lifespan,
    )
    app.add_middleware(SecureHeaders)
    return app
