"""The endpoint of the form: encrypted pages in, encrypted pages out (data API 4.0)."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import asyncpg
from asyncpg import Pool
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from ventanilla.acts.forms import Done, NoForm, Sent, ShowPage, take_page
from ventanilla.acts.house import House
from ventanilla.metrics import FORM_FAULTS, FORMS
from ventanilla.talk.form_pages import NUMBER_OF
from ventanilla.web.hooks import signed
from ventanilla.wire.whatsapp.flow_crypto import CannotDecrypt, opened, signs

_log = logging.getLogger(__name__)
BODY_MAX = 1024 * 1024
_CANNOT_DECRYPT, _NOT_VALID, _NOT_SIGNED = 421, 427, 432
"""What a phone does then: fetch the public key again; close the form with a sentence; give up."""
_ACTIVE = {"data": {"status": "active"}}
_ACKNOWLEDGED = {"data": {"acknowledged": True}}


@dataclass(frozen=True, slots=True)
class FlowHook:
    """`booked` is called when something is owed to somebody."""

    pool: Pool
    house: House
    keys: tuple[RSAPrivateKey, ...]
    app_secrets: tuple[str, ...]
    booked: Callable[[], None]

    async def receive(self, request: Request) -> Response:
        response = await self._received(request)
        FORMS.labels(response.status_code).inc()
        return response

    async def _received(self, request: Request) -> Response:
        body = bytearray()
        async for chunk in request.stream():
            body += chunk
            if len(body) > BODY_MAX:
                return PlainTextResponse("The body is larger than 1 MB.", 413)
        if not signed(bytes(body), request.headers.get("x-hub-signature-256", ""), self.app_secrets):
            return PlainTextResponse("The signature is missing or wrong.", _NOT_SIGNED)
        try:
            asked, envelope = opened(bytes(body), self.keys)
        except CannotDecrypt:
            return PlainTextResponse("Not encrypted for this endpoint.", _CANNOT_DECRYPT)
        token, signature = _text(asked.get("flow_token")), asked.get("flow_token_signature")
        if signature is not None and not signs(token, signature, self.app_secrets):
            return PlainTextResponse("The signature of the token is wrong.", _NOT_SIGNED)
        try:
            answer = await self._answer(asked, token)
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, TimeoutError) as fault:
            _log.error("a page of a form was not taken: %s", type(fault).__name__)
            return PlainTextResponse("Not taken; send it again.", 503)
        if isinstance(answer, NoForm):
            return JSONResponse({"error_msg": answer.why}, _NOT_VALID)
        return PlainTextResponse(envelope.seal(answer))

    async def _answer(self, asked: Mapping[str, Any], token: str) -> dict[str, Any] | NoForm:
        if asked.get("action") == "ping":
            return _ACTIVE
        payload = asked.get("data")
        payload = payload if isinstance(payload, dict) else {}
        if "error" in payload or "error_key" in payload:
            # Its text may repeat what somebody typed: only Meta's own name of the fault is told.
            FORM_FAULTS.inc()
            _log.warning("a phone could not show the form: %s", _text(payload.get("error"))[:60])
            return _ACKNOWLEDGED
        action, page = asked.get("action"), _text(asked.get("screen"))
        filled = action == "data_exchange" and page in NUMBER_OF
        sent = Sent(token, page if filled or action == "BACK" else "", payload if filled else None)
        async with self.pool.acquire() as conn:
            answer = await take_page(conn, self.house, datetime.now(UTC), sent)
        if isinstance(answer, ShowPage):
            return {"screen": answer.page, "data": answer.data}
        if isinstance(answer, Done):
            self.booked()
            params = {"flow_token": token, "booked": "yes"}
            return {"screen": "SUCCESS", "data": {"extension_message_response": {"params": params}}}
        return answer


def _text(found: Any) -> str:
    return found if isinstance(found, str) else ""
