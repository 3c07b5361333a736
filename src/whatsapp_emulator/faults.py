"""Refusals of the Graph API, in the body Meta gives them. Codes, HTTP statuses and titles: errors.csv."""

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Any

with Path(__file__).with_name("errors.csv").open(encoding="utf-8", newline="") as table:
    ROWS = {int(row["code"]): row for row in csv.DictReader(table)}
TITLES = {code: row["title"] for code, row in ROWS.items()}
HTTP_STATUSES = {code: int(row["status"]) for code, row in ROWS.items()}
RATE_SUBCODES = {130429: 2494055}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a request: Meta's code and a sentence that says where."""

    code: int
    details: str

    @property
    def status(self) -> int:
        """Of the HTTP answer."""
        return HTTP_STATUSES[self.code]

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


@dataclass(frozen=True, slots=True)
class TemplateFault(Fault):
    """As the management of templates words it: `subcode` 0 when there is none."""

    subcode: int
    title: str

    def body(self, trace_id: str) -> dict[str, Any]:
        error: dict[str, Any] = {
            "message": TITLES[self.code],
            "type": "OAuthException",
            "code": self.code,
            "is_transient": False,
            "error_user_title": self.title,
            "error_user_msg": self.details,
            "fbtrace_id": trace_id,
        }
        if self.subcode:
            error["error_subcode"] = self.subcode
        return {"error": error}


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
