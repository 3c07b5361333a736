"""Meta's side of templates, on loopback: keeps them, and refuses what Meta's pages say is refused."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ventanilla.wire.whatsapp.management import Management
from whatsapp_emulator.serve import serve_app

ACCOUNT = "200000000000002"
PAGE = 5
"""However many are asked for: small pages are allowed, and show that all are read."""


def refusal(code: int, said: str, status: int = 400) -> Response:
    error = {"message": "Invalid parameter", "code": code, "error_user_msg": said}
    return JSONResponse({"error": error}, status)


@dataclass(slots=True)
class TemplatesAtMeta:
    """`calls`: what was asked for beside the list. `refuse`: names that are refused, with what is said."""

    token: str = field(default_factory=lambda: secrets.token_hex(8))
    kept: dict[str, dict[str, Any]] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)
    refuse: dict[str, str] = field(default_factory=dict)
    ids: int = 1000

    def put(self, name: str, language: str, **fields: Any) -> dict[str, Any]:
        self.ids += 1
        item = {"id": str(self.ids), "name": name, "language": language, "status": "APPROVED"}
        self.kept[item["id"]] = {**item, "category": "UTILITY", "components": [], **fields}
        return self.kept[item["id"]]

    def find(self, name: str, language: str) -> dict[str, Any]:
        return next(t for t in self.kept.values() if (t["name"], t["language"]) == (name, language))

    def approve(self) -> None:
        for item in self.kept.values():
            item["status"] = "APPROVED"

    async def templates(self, request: Request) -> Response:
        if request.headers.get("authorization") != f"Bearer {self.token}":
            return refusal(190, "The token is not valid.", 401)
        if request.method == "GET":
            return self._page(int(request.query_params.get("after") or 0))
        if request.method == "DELETE":
            return self._delete(request.query_params["name"], request.query_params["hsm_id"])
        return self._create(await request.json())

    def _page(self, start: int) -> Response:
        items = list(self.kept.values())
        more = start + PAGE < len(items)
        paging = {"cursors": {"before": str(start), "after": str(start + PAGE)}}
        page = {"data": items[start : start + PAGE], "paging": {**paging, **({"next": "…"} if more else {})}}
        return JSONResponse(page)

    def _delete(self, name: str, number: str) -> Response:
        self.calls.append(f"delete {name}")
        if self.kept.get(number, {}).get("name") != name:
            return refusal(100, "There is no such template.")
        del self.kept[number]
        return JSONResponse({"success": True})

    def _create(self, body: dict[str, Any]) -> Response:
        self.calls.append(f"create {body['name']} {body['language']}")
        if said := self.refuse.get(body["name"]):
            return refusal(100, said)
        if any((t["name"], t["language"]) == (body["name"], body["language"]) for t in self.kept.values()):
            return refusal(100, "There is a template of this name in this language.")
        item = self.put(**{**body, "status": "PENDING"})
        return JSONResponse({"id": item["id"], "status": "PENDING", "category": body["category"]})

    async def one(self, request: Request) -> Response:
        item = self.kept.get(request.path_params["number"])
        if item is None or item["status"] not in ("APPROVED", "REJECTED", "PAUSED"):
            return refusal(100, "It cannot be changed now.")
        self.calls.append(f"edit {item['name']} {item['language']}")
        if said := self.refuse.get(item["name"]):
            return refusal(100, said)
        item.update({**await request.json(), "status": "PENDING"})
        return JSONResponse({"success": True})


@contextmanager
def served(meta: TemplatesAtMeta) -> Iterator[str]:
    routes = [
        Route(f"/v26.0/{ACCOUNT}/message_templates", meta.templates, methods=["GET", "POST", "DELETE"]),
        Route("/v26.0/{number}", meta.one, methods=["POST"]),
    ]
    with serve_app(Starlette(routes=routes)) as url:
        yield url


def management(url: str, token: str) -> Management:
    return Management(url, "v26.0", ACCOUNT, token)
