"""For tests of a business: people to play through the control API, and a webhook that keeps what it gets."""

import http.client
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

import msgspec
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from whatsapp_emulator.serve import Running, serve_app

STEP_SECONDS = 0.01


def fetch(
    method: str, url: str, body: bytes | None = None, headers: dict[str, str] | None = None
) -> tuple[int, bytes]:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=10)
    try:
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        connection.request(method, path, body, headers or {})
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def call(method: str, url: str, content: Any = None, token: str = "") -> tuple[int, Any]:
    """JSON there and back."""
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    status, body = fetch(method, url, msgspec.json.encode(content), headers)
    return status, msgspec.json.decode(body or b"null")


def wait_until(ready: Callable[[], Any], seconds: float = 10.0) -> Any:
    """The first true value; TimeoutError when there is none in time."""
    end = time.monotonic() + seconds
    while not (found := ready()):
        if time.monotonic() > end:
            raise TimeoutError("what was waited for did not happen")
        time.sleep(STEP_SECONDS)
    return found


def waiting(url: str) -> int:
    """How many webhooks the emulator has still to deliver."""
    count: int = call("GET", f"{url}/control/counters")[1]["webhooks"]["waiting"]
    return count


def done(method: str, url: str, content: Any = None, token: str = "") -> Any:
    """The answer of a call that has to succeed; ValueError with what was said instead."""
    status, answer = call(method, url, content, token)
    if status != 200:
        raise ValueError(answer["error"])
    return answer


def counters(at: Running) -> dict[str, Any]:
    found: dict[str, Any] = done("GET", f"{at.url}/control/counters")
    return found


def choose(at: Running, **settings: Any) -> dict[str, Any]:
    """Changes settings while it runs: `choose(at, batch_wait=5, reorder=0.1)`."""
    found: dict[str, Any] = done("PATCH", f"{at.url}/control/settings", settings)
    return found


def inject(at: Running, **fault: Any) -> dict[str, Any]:
    """Asks for a fault: `inject(at, kind="server_error", next=2)`; see injected.py."""
    found: dict[str, Any] = done("POST", f"{at.url}/control/faults", fault)
    return found


def stop_clock(at: Running) -> None:
    """From here on time passes only by `settle`."""
    done("POST", f"{at.url}/control/clock", {"rate": 0})


def settle(at: Running, seconds: float = 0) -> float:
    """Moves the clock: what falls due happens, webhooks under way arrive. Gives the time it is then."""
    now: float = done("POST", f"{at.url}/control/clock", {"advance": seconds})["now"]
    return now


def send(at: Running, content: dict[str, Any], to: str = "") -> tuple[int, Any]:
    """What a business posts to /messages; `to` a number, or say the recipient in the content."""
    payload = {"messaging_product": "whatsapp", **({"to": to} if to else {}), **content}
    path = f"{at.url}/v26.0/{at.settings.phone_number_id}/messages"
    return call("POST", path, payload, at.settings.access_token)


def send_text(at: Running, to: "Person", body: str = "Buenos días", **more: Any) -> str:
    """The wamid. ValueError when it is refused."""
    status, answer = send(at, {"type": "text", "text": {"body": body}, **more}, to.wa_id)
    if status != 200:
        raise ValueError(answer["error"])
    wamid: str = answer["messages"][0]["id"]
    return wamid


def upload(at: Running, mime: str, data: bytes) -> str:
    """The media id."""
    head = 'Content-Disposition: form-data; name="messaging_product"\r\n\r\nwhatsapp'
    file = f'Content-Disposition: form-data; name="file"; filename="a"\r\nContent-Type: {mime}\r\n\r\n'
    body = b"--edge\r\n%b\r\n--edge\r\n%b%b\r\n--edge--\r\n" % (head.encode(), file.encode(), data)
    headers = {
        "Authorization": f"Bearer {at.settings.access_token}",
        "Content-Type": "multipart/form-data; boundary=edge",
    }
    path = f"{at.url}/v26.0/{at.settings.phone_number_id}/media"
    answer = msgspec.json.decode(fetch("POST", path, body, headers)[1])
    if "error" in answer:
        raise ValueError(answer["error"])
    media_id: str = answer["id"]
    return media_id


def create_template(at: Running, definition: dict[str, Any]) -> str:
    """The template's id."""
    path = f"{at.url}/v26.0/{at.settings.business_account_id}/message_templates"
    found: str = done("POST", path, definition, at.settings.access_token)["id"]
    return found


def start_load(at: Running, **plan: Any) -> dict[str, Any]:
    """Has many people talk at once: `start_load(at, people=500, script=[...])`; see load.py."""
    report: dict[str, Any] = done("POST", f"{at.url}/control/load", plan)
    return report


def loaded(at: Running, seconds: float = 60.0, **plan: Any) -> dict[str, Any]:
    """The report when all of them are through or stuck; `seconds` are real."""
    start_load(at, **plan)
    path = f"{at.url}/control/load"
    wait_until(lambda: not done("GET", path)["running"], seconds)
    report: dict[str, Any] = done("GET", path)
    return report


@dataclass(frozen=True, slots=True)
class Person:
    """Someone with a phone, at an emulator that runs at `url`."""

    url: str
    wa_id: str = "5215512345678"

    def does(self, **action: Any) -> str:
        """`does(text="Hola")`, `does(button="yes")`, `does(choose="Xalapa", deliver=2)`: the wamid."""
        wamid: str = done("POST", f"{self._path}/messages", action)["wamid"]
        return wamid

    def sees(self, after: int = 0) -> list[dict[str, Any]]:
        entries: list[dict[str, Any]] = call("GET", f"{self._path}/messages?after={after}")[1]
        return entries

    def gets(self, count: int = 1, after: int = 0, seconds: float = 10.0) -> list[dict[str, Any]]:
        """Waits for `count` messages of the business with n > after."""

        def received() -> list[dict[str, Any]]:
            found = [entry for entry in self.sees(after) if entry["direction"] == "out"]
            return found if len(found) >= count else []

        found: list[dict[str, Any]] = wait_until(received, seconds)
        return found

    def looks(self) -> int:
        read: int = call("POST", f"{self._path}/read")[1]["read"]
        return read

    def is_known_as(self, **facts: Any) -> dict[str, Any]:
        """`is_known_as(username="ana", parent_user_id=True)`: what the phone is known by afterwards."""
        known: dict[str, Any] = done("PUT", self._path, facts)
        return known

    def moves(self, to: str, style: str = "user_changed_number") -> "Person":
        """The same person with another number."""
        done("POST", f"{self._path}/number", {"to": to, "style": style})
        return Person(self.url, to)

    @property
    def _path(self) -> str:
        return f"{self.url}/control/phones/{self.wa_id}"


@dataclass(slots=True)
class Inbox:
    """A webhook: what it got, and the statuses it answers with (then 200)."""

    url: str = ""
    answers: list[int] = field(default_factory=list)
    posts: list[tuple[str, bytes]] = field(default_factory=list)  # signature, body
    lock: Lock = field(default_factory=Lock)

    def changes(self) -> list[dict[str, Any]]:
        """Every change, in order of arrival."""
        with self.lock:
            bodies = [msgspec.json.decode(body) for _, body in self.posts]
        return [change for body in bodies for entry in body["entry"] for change in entry["changes"]]

    def values(self) -> list[dict[str, Any]]:
        return [change["value"] for change in self.changes()]

    def messages(self) -> list[dict[str, Any]]:
        return [message for value in self.values() for message in value.get("messages", ())]

    def statuses(self) -> list[dict[str, Any]]:
        return [status for value in self.values() for status in value.get("statuses", ())]

    async def receive(self, request: Request) -> Response:
        if request.method == "GET":
            return Response(request.query_params["hub.challenge"])
        body = await request.body()
        with self.lock:
            if self.answers:
                return Response(status_code=self.answers.pop(0))
            self.posts.append((request.headers["x-hub-signature-256"], body))
        return Response()


@contextmanager
def inbox() -> Iterator[Inbox]:
    kept = Inbox()
    app = Starlette(routes=[Route("/webhook", kept.receive, methods=["GET", "POST"])])
    with serve_app(app) as url:
        kept.url = f"{url}/webhook"
        yield kept
