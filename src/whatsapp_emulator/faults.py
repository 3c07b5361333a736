"""Refusals of the Graph API, in the body Meta gives them."""

from dataclasses import dataclass
from typing import Any

TITLES = {
    100: "Invalid parameter",
    130429: "Rate limit hit",
    131008: "Required parameter is missing",
    131009: "Parameter value is not valid",
    131021: "Recipient cannot be sender",
    131026: "Message undeliverable",
    131047: "Re-engagement message",
    131053: "Media upload error",
    132068: "Flow is blocked",
    132069: "Flow is throttled",
    139001: "Flow cannot be updated",
    139002: "Flow cannot be published",
    139003: "Flow cannot be deprecated",
    139004: "Flow cannot be deleted",
    131056: "(Business Account, Consumer Account) pair rate limit hit",
}
RATE_SUBCODES = {130429: 2494055}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a request: Meta's code and a sentence that says where."""

    code: int
    details: str

    def body(self, trace_id: str) -> dict[str, Any]:
        error: dict[str, Any] = {
            "message": f"(#{self.code}) {TITLES[self.code]}",
            "type": "OAuthException",
            "code": self.code,
            "error_data": {"messaging_product": "whatsapp", "details": self.details},
            "fbtrace_id": trace_id,
        }
        if self.code in RATE_SUBCODES:
            error["error_subcode"] = RATE_SUBCODES[self.code]
        return {"error": error}

    def as_status_error(self) -> dict[str, Any]:
        """The same fault told later, in a `failed` status."""
        title = TITLES[self.code]
        return {
            "code": self.code,
            "title": title,
            "message": title,
            "error_data": {"details": self.details},
            "href": "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/",
        }


class Refused(Exception):
    """The request is answered with this fault."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.details)
        self.fault = fault


def bad_token(trace_id: str) -> dict[str, Any]:
    return {
        "error": {
            "message": "Invalid OAuth access token - Cannot parse access token",
            "type": "OAuthException",
            "code": 190,
            "fbtrace_id": trace_id,
        }
    }


def unknown_object(object_id: str, trace_id: str) -> dict[str, Any]:
    return {
        "error": {
            "message": f"Unsupported request. Object with ID '{object_id}' does not exist, cannot be loaded "
            "due to missing permissions, or does not support this operation",
            "type": "GraphMethodException",
            "code": 100,
            "error_subcode": 33,
            "fbtrace_id": trace_id,
        }
    }
