"""What every page shares: templates, language, headers."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ventanilla.words import LANGUAGES, words

_HERE = Path(__file__).parent
STATIC = _HERE / "static"
_TEMPLATES = Environment(
    loader=FileSystemLoader(_HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
)


def language_of(request: Request) -> str:
    """`?lang=` goes before what the browser prefers; Spanish where neither says."""
    asked = request.query_params.get("lang", "")
    if asked in LANGUAGES:
        return asked
    preferred = request.headers.get("accept-language", "")[:2].lower()
    return preferred if preferred in LANGUAGES else LANGUAGES[0]


def page(
    request: Request, template: str, status: int = 200, language: str = "", **values: Any
) -> HTMLResponse:
    language = language or language_of(request)
    say = words(language)

    def t(key: str, **args: Any) -> str:
        return say.text(key, **args)

    other = next(other for other in LANGUAGES if other != language)
    shared: Mapping[str, Any] = {"t": t, "language": language, "other": other, "path": request.url.path}
    return HTMLResponse(_TEMPLATES.get_template(template).render(**shared, **values), status)


class SecureHeaders:
    """Nothing from other sites, no framing, no guessing of types, no referrer with a signed link in it."""

    _HEADERS: Mapping[str, str] = {
        "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
    }

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(self._HEADERS)
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)
