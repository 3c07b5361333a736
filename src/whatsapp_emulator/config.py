"""What one emulator is: its number, its secrets, where it calls, which optional rules it keeps."""

from dataclasses import dataclass, field
from typing import Literal

MEGABYTE = 1024 * 1024
DAY_SECONDS = 24 * 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that can be chosen; the secrets have no default and do not print."""

    app_secret: str = field(repr=False)
    access_token: str = field(repr=False)
    verify_token: str = field(default="", repr=False)

    host: str = "127.0.0.1"
    port: int = 8090  # 0: any free one
    public_url: str | None = None  # base of media URLs; None: the address the request came to
    webhook_url: str | None = None  # None: nothing is reported

    phone_number_id: str = "100000000000001"
    business_account_id: str = "200000000000001"
    display_number: str = "525550000000"
    business_name: str = "Oficina de muestra"
    seed: int | None = None

    duplicates: int = 1  # how many times each webhook is delivered
    read_delay: float = 0.0  # seconds between a person looking and the `read` status
    window: bool = True  # outside 24 hours only templates
    window_refusal: Literal["status", "answer"] = "status"  # 131047 as a failed status, or as HTTP 400
    pair_rate: bool = False  # 45 at once, then one every 6 seconds to one person (131056)
    number_rate: int = 0  # messages per second, in and out together (130429); 0: no limit

    flow_timeout: float = 10.0  # seconds a phone waits for the endpoint of a form

    webhook_concurrency: int = 64
    webhook_timeout: float = 20.0
    webhook_retry_first: float = 0.2  # seconds; doubles up to the next
    webhook_retry_most: float = 5.0
    webhook_give_up: float = 7 * DAY_SECONDS
    webhooks_waiting_max: int = 200_000

    phones_max: int = 100_000
    entries_max: int = 1_000  # kept per phone
    media_bytes_max: int = 512 * MEGABYTE
