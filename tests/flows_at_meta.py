"""What Meta keeps of forms, over real HTTP: enough of it to publish one, with its refusals."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from tests.web.served import listening

ACCOUNT, NUMBER = "500", "100"


@dataclass(slots=True)
class FlowsAtMeta:
    """`refused` is what it finds wrong with any form; one page of a list holds a single flow."""

    key: str = ""
    flows: dict[str, dict[str, Any]] = field(default_factory=dict)
    refused: list[dict[str, Any]] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)

    def app(self) -> Starlette:
        root = "/v26.0"
        routes = [
            Route(f"{root}/{NUMBER}/whatsapp_business_encryption", self._key, methods=["GET", "POST"]),
            Route(f"{root}/{ACCOUNT}/flows", self._list, methods=["GET"]),
            Route(f"{root}/{ACCOUNT}/flows", self._make, methods=["POST"]),
            Route(f"{root}/{{id}}/assets", self._assets, methods=["POST"]),
            Route(f"{root}/{{id}}/{{deed}}", self._deed, methods=["POST"]),
            Route(f"{root}/{{id}}", self._point, methods=["POST"]),
        ]
        return Starlette(routes=routes)

    async def _key(self, request: Request) -> Response:
        if request.method == "POST":
            self.key = str((await request.form())["business_public_key"])
            self.calls.append("key")
        valid = {"business_public_key": self.key, "business_public_key_signature_status": "VALID"}
        return JSONResponse({"data": [valid]} if self.key else {"data": []})

    async def _list(self, request: Request) -> Response:
        after = int(request.query_params.get("after", "0"))
        rows = [{"id": i, **{k: f[k] for k in ("name", "status")}} for i, f in self.flows.items()]
        paging: dict[str, Any] = {"cursors": {"after": str(after + 1)}}
        if after + 1 < len(rows):
            paging["next"] = "https://meta.example/next"
        return JSONResponse({"data": rows[after : after + 1], "paging": paging})

    async def _make(self, request: Request) -> Response:
        made = await request.json()
        if any(f["name"] == made["name"] for f in self.flows.values()):
            return JSONResponse({"error": {"code": 100, "message": "the name is taken"}}, 400)
        flow_id = str(9000 + len(self.flows))
        self.flows[flow_id] = {**made, "status": "DRAFT"}
        self.calls.append(f"make {made['name']}")
        return JSONResponse({"id": flow_id})

    async def _assets(self, request: Request) -> Response:
        async with request.form() as form:
            file = form["file"]
            assert isinstance(file, UploadFile)
            assert (form["name"], form["asset_type"]) == ("flow.json", "FLOW_JSON")
            self.flows[request.path_params["id"]]["json"] = json.loads(await file.read())
        return JSONResponse({"success": True, "validation_errors": self.refused})

    async def _point(self, request: Request) -> Response:
        self.flows[request.path_params["id"]] |= await request.json()
        return JSONResponse({"success": True})

    async def _deed(self, request: Request) -> Response:
        flow, deed = self.flows[request.path_params["id"]], request.path_params["deed"]
        if deed == "publish" and not self.key:
            return JSONResponse({"error": {"code": 139000, "message": "no public key"}}, 400)
        flow["status"] = {"publish": "PUBLISHED", "deprecate": "DEPRECATED"}[deed]
        self.calls.append(f"{deed} {flow['name']}")
        return JSONResponse({"success": True})

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[str]:
        async with listening(self.app()) as url:
            yield url
