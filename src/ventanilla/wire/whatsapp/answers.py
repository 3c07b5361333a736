"""One call of Meta's API, and what its answer means: the same for messages, files and templates."""

from typing import Any

import aiohttp
import msgspec

from ventanilla.core.sending import SendFailed
from ventanilla.wire.whatsapp.errors import fault_of


async def ask(
    session: aiohttp.ClientSession | None, method: str, url: str, *, uncertain: bool = False, **rest: Any
) -> dict[str, Any]:
    """Raises `SendFailed`. `uncertain`: after a timeout or a broken connection nobody knows whether it
    was taken. `rest` as aiohttp takes it."""
    if session is None:
        raise RuntimeError("use the client inside `async with`")
    try:
        async with session.request(method, url, **rest) as response:
            return _checked(response.status, await response.read())
    except aiohttp.ClientConnectorError as fault:
        raise SendFailed("retry", f"cannot reach the API: {fault}") from fault
    except (aiohttp.ClientError, TimeoutError) as fault:
        raise SendFailed("retry", f"no answer: {fault!r}", uncertain=uncertain) from fault


def _checked(status: int, body: bytes) -> dict[str, Any]:
    try:
        answer = msgspec.json.decode(body)
    except msgspec.DecodeError:
        answer = None
    if status < 300 and isinstance(answer, dict):
        return answer
    error = answer.get("error") if isinstance(answer, dict) else None
    error = error if isinstance(error, dict) else {}
    code = error.get("code")
    known = code if isinstance(code, int) else None
    details = error.get("error_data") if isinstance(error.get("error_data"), dict) else {}
    said = (details or {}).get("details") or error.get("error_user_msg") or error.get("message")
    raise SendFailed(fault_of(status, known), str(said or f"HTTP {status}"), known)


def text_at(answer: Any, *path: str | int) -> str:
    found = answer
    try:
        for step in path:
            found = found[step]
    except (KeyError, IndexError, TypeError):
        found = None
    if not isinstance(found, str):
        raise SendFailed("retry", "the API's answer has no id", uncertain=True)
    return found
