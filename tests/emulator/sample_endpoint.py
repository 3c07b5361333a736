"""The endpoint of the sample form, as a business would write it, opened and sealed by another library."""

import hashlib
import hmac
import json
from dataclasses import dataclass, field
from typing import Any

import msgspec
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from pywa.utils import default_flow_request_decryptor, default_flow_response_encryptor
from starlette.requests import Request
from starlette.responses import Response
from tests.emulator.sample_flow import JSON, options, sample_flow, small_flow

from whatsapp_emulator import Running
from whatsapp_emulator.testing import Person, call, fetch

PLACE = {"offices": options("Xalapa", "Tuxpan"), "first": "2026-12-01", "last": "2026-12-31"}


def new_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


def public_pem(key: rsa.RSAPrivateKey) -> str:
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


@dataclass(slots=True)
class Endpoint:
    """Keeps what it is asked; `refuses` are statuses it answers first, `says` what it says instead."""

    secret: str
    key: rsa.RSAPrivateKey = field(default_factory=new_key)
    url: str = ""
    asked: list[JSON] = field(default_factory=list)
    refuses: list[tuple[int, bytes]] = field(default_factory=list)
    says: list[Any] = field(default_factory=list)
    garbles: int = 0
    ivs: set[int] = field(default_factory=set)

    async def receive(self, request: Request) -> Response:
        body = await request.body()
        proof = "sha256=" + hmac.new(self.secret.encode(), body, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(proof, request.headers["x-hub-signature-256"]):
            return Response(status_code=432)
        if self.refuses:
            status, said = self.refuses.pop(0)
            return Response(said, status)
        sealed = msgspec.json.decode(body)
        pem = self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
        try:
            content, key, iv = default_flow_request_decryptor(
                sealed["encrypted_flow_data"], sealed["encrypted_aes_key"], sealed["initial_vector"], pem
            )
        except ValueError:
            return Response(status_code=421)
        self.asked.append(content)
        self.ivs.add(len(iv))
        if self.garbles and content["action"] != "ping":
            self.garbles -= 1
            return Response("no secret")
        return Response(
            default_flow_response_encryptor(self.answer(content), key, iv), media_type="text/plain"
        )

    def answer(self, content: JSON) -> Any:
        data = content.get("data") or {}
        if content["action"] == "ping":
            return {"data": {"status": "active"}}
        if "error" in data:
            return {"data": {"acknowledged": True}}
        if self.says:
            return self.says.pop(0)
        if content["action"] == "INIT":
            return self.person("Hola")
        if content["action"] == "BACK":
            return self.person("Hola otra vez")
        return self.person_given(data) if content["screen"] == "PERSON" else self.place_given(content, data)

    def person(self, greeting: str, **more: Any) -> JSON:
        return {"screen": "PERSON", "data": {"greeting": greeting, "name": "", **more}}

    def person_given(self, data: JSON) -> JSON:
        if data.get("sample"):
            return self.person("Hola", name="Ana de muestra")
        if data["code"] == "MALA":
            return self.person("Hola", error_message="Esa clave no es de aquí.")
        return self.place(closed=[], times=options("10:00", "11:00"), has_times=False)

    def place_given(self, content: JSON, data: JSON) -> JSON:
        if "office" in data:
            closed = ["2026-12-25"] if data["office"] == "xalapa" else []
            return self.place(closed=closed, times=options("10:00", "11:00"), has_times=False)
        if "time" not in data:
            times = options("10:00", "11:00") if data["day"] < "2026-12-15" else options("11:00", "12:00")
            return self.place(closed=["2026-12-25"], times=times, has_times=True)
        if data["time"] == "12:00":
            params = {"flow_token": content["flow_token"], "booked": True}
            return {"screen": "SUCCESS", "data": {"extension_message_response": {"params": params}}}
        return {"screen": "SUMMARY", "data": {"said": f"{data['day']} {data['time']}"}}

    def place(self, **data: Any) -> JSON:
        return {"screen": "PLACE", "data": {**PLACE, **data}}


@dataclass(slots=True)
class Business:
    """Manages Flows and sends messages by the Graph API."""

    running: Running

    def graph(self, method: str, path: str, content: Any = None) -> tuple[int, Any]:
        return call(method, f"{self.running.url}/v26.0/{path}", content, self.running.settings.access_token)

    def creates(self, **given: Any) -> str:
        account = self.running.settings.business_account_id
        given = {"name": "Cita de muestra", "categories": ["APPOINTMENT_BOOKING"], **given}
        status, answer = self.graph("POST", f"{account}/flows", given)
        assert status == 200, answer
        return str(answer["id"])

    def uploads(self, flow_id: str, content: bytes, **fields: str) -> tuple[int, Any]:
        fields = {"name": "flow.json", "asset_type": "FLOW_JSON", **fields}
        parts = [f'--edge\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
                 for key, value in fields.items()]  # fmt: skip
        head = '--edge\r\nContent-Disposition: form-data; name="file"; filename="flow.json"\r\n\r\n'
        body = ("".join(parts) + head).encode() + content + b"\r\n--edge--\r\n"
        headers = {
            "Authorization": f"Bearer {self.running.settings.access_token}",
            "Content-Type": "multipart/form-data; boundary=edge",
        }
        status, answer = fetch("POST", f"{self.running.url}/v26.0/{flow_id}/assets", body, headers)
        return status, msgspec.json.decode(answer)

    def sets_key(self, key: rsa.RSAPrivateKey) -> None:
        number = self.running.settings.phone_number_id
        status, answer = self.graph(
            "POST", f"{number}/whatsapp_business_encryption", {"business_public_key": public_pem(key)}
        )
        assert status == 200, answer

    def publishes(self, endpoint: Endpoint, flow: JSON | None = None, **given: Any) -> str:
        """A published Flow: its id."""
        flow_id = self.creates(endpoint_uri=endpoint.url, **given)
        self.sets_key(endpoint.key)
        status, answer = self.uploads(flow_id, json.dumps(flow or sample_flow()).encode())
        assert (status, answer) == (200, {"success": True, "validation_errors": []})
        status, answer = self.graph("POST", f"{flow_id}/publish")
        assert status == 200, answer
        endpoint.asked.clear()
        return flow_id

    def publishes_small(self) -> str:
        flow_id = self.creates(name="Pequeña")
        self.uploads(flow_id, json.dumps(small_flow()).encode())
        assert self.graph("POST", f"{flow_id}/publish")[0] == 200
        return flow_id

    def sends(self, flow_id: str, person: Person, /, **parameters: Any) -> tuple[int, Any]:
        """To somebody who wrote before."""
        given = {
            "flow_message_version": "3",
            "flow_id": flow_id,
            "flow_cta": "Abrir",
            "flow_token": "token 1",
            "flow_action": "data_exchange",
            **parameters,
        }
        given = {key: value for key, value in given.items() if value is not None}
        action = {"name": "flow", "parameters": given}
        content = {"type": "flow", "body": {"text": "Haz tu cita"}, "action": action}
        payload = {"messaging_product": "whatsapp", "to": person.wa_id, "type": "interactive"}
        number = self.running.settings.phone_number_id
        return self.graph("POST", f"{number}/messages", {**payload, "interactive": content})

    def changes(self, flow_id: str, **given: Any) -> tuple[int, Any]:
        return call("PATCH", f"{self.running.url}/control/flows/{flow_id}", given)

    def facts(self, flow_id: str) -> JSON:
        flows = call("GET", f"{self.running.url}/control/flows")[1]
        return next(flow for flow in flows if flow["id"] == flow_id)
