"""All settings with their defaults and what is said of each; `config` reads them."""

from dataclasses import dataclass
from datetime import time
from pathlib import Path

from ventanilla.setting import (
    ADDRESS,
    CLOCK,
    DATABASE,
    DIGITS,
    EMAIL,
    FOLDER,
    LONG_SECRET,
    NUMBER,
    PHONE,
    PRIVATE_KEYS,
    ROTATING_SECRET,
    SECRET,
    SWITCH,
    TABLE,
    TEXT,
    VERSION,
    Secret,
    one_of,
    setting,
    whole,
)


@dataclass(frozen=True, slots=True)
class Settings:
    demo: bool = setting(
        "A demonstration: sample institution, secrets made at random and kept in `DATA_DIR`.",
        SWITCH,
        False,
        written_default="`0`",
    )
    data_dir: Path = setting("Where the program keeps its own PostgreSQL and files.", FOLDER, Path("var"))
    database_url: Secret = setting(
        "PostgreSQL 15 or newer. Empty: the program starts its own in `DATA_DIR`.", DATABASE
    )
    host: str = setting("The address to listen on.", TEXT, "127.0.0.1")
    port: int = setting("The port to listen on.", whole(1, 65535), 8080)
    public_url: str = setting(
        "How people's phones reach this program; the links they are sent begin with it.",
        ADDRESS,
        required=True,
        written_default="in the demonstration, `http://HOST:PORT`",
    )
    secret_key: Secret = setting(
        "Seals personal data and signs links. Whoever loses it loses the data: keep a copy apart.",
        LONG_SECRET,
        required=True,
    )

    checkin_key: int = setting(
        "Which key signs the first QR code: one more than before when that key may have leaked.",
        whole(1, 99),
        1,
    )

    whatsapp_api_url: str = setting(
        "The Cloud API; another one only for tests.", ADDRESS, "https://graph.facebook.com"
    )
    whatsapp_api_version: str = setting("The version of the Cloud API.", VERSION, "v26.0")
    whatsapp_phone_number_id: str = setting(
        "From Meta's dashboard, WhatsApp > API Setup: Phone number ID.", DIGITS, required=True
    )
    whatsapp_business_account_id: str = setting(
        "From Meta's dashboard, WhatsApp > API Setup: WhatsApp Business Account ID; for the templates.",
        DIGITS,
    )
    whatsapp_display_number: str = setting(
        "The number people write to, with country code.", NUMBER, required=True
    )
    whatsapp_access_token: Secret = setting(
        "From Meta's dashboard: the permanent token of a system user.", SECRET, required=True
    )
    whatsapp_app_secret: Secret = setting(
        "From Meta's dashboard, App settings > Basic: App secret.", ROTATING_SECRET, required=True
    )
    whatsapp_verify_token: Secret = setting(
        "Your choice; the same text goes into Meta's dashboard, WhatsApp > Configuration.",
        SECRET,
        required=True,
    )

    flow_private_key: Secret = setting(
        "Opens what people fill in in the form inside WhatsApp; `ventanilla flows key` makes one. Several "
        "one after another while the key is changed, the new one first. Empty: no forms.",
        PRIVATE_KEYS,
    )

    whatsapp_messages_per_second: int = setting(
        "What Meta lets through the number, in and out together: 80, or 1000 once it says so; "
        "0 does not limit.",
        whole(0, 1000),
        80,
    )
    whatsapp_timeout_seconds: int = setting("How long one call of the Cloud API may take.", whole(1, 10), 10)

    institution_name: str = setting("As people know it.", TEXT, required=True)
    institution_official_phone: str = setting(
        "Where a person answers; shown to whoever asks for one.", PHONE, required=True
    )
    institution_site: str = setting("Its own site; empty: the pages of this program.", ADDRESS)
    institution_address: str = setting(
        "Its domicile, as the privacy notice must give it.", TEXT, required=True
    )
    institution_privacy_contact: str = setting(
        "Where people ask for their ARCO rights.", EMAIL, required=True
    )
    institution_privacy_url: str = setting(
        "Where the full privacy notice is; empty: this program's own page.", ADDRESS
    )
    institution_law: str = setting(
        "`public`: a public body (LGPDPPSO). `private`: anyone else (LFPDPPP).",
        one_of("public", "private"),
        required=True,
    )
    institution_legal_basis: str = setting(
        "The articles that let it treat these data, for the privacy notice.", TEXT, required=True
    )
    institution_authority: str = setting(
        "Whom people may complain to.", TEXT, "Secretaría Anticorrupción y Buen Gobierno"
    )
    institution_transparency_unit: str = setting(
        "The unit that answers about personal data.", TEXT, required=True
    )

    fees_csv: Path | None = setting(
        "Fees by year, with the columns of the file that comes with the program; empty: that one.",
        TABLE,
        None,
        written_default="empty",
    )
    lead_time_minutes: int = setting(
        "How long before it begins a place can still be booked.", whole(0, 10080), 120
    )
    horizon_days: int = setting("How many days ahead people can book.", whole(2, 365), 30)
    hold_minutes: int = setting("How long a chosen place is kept for an answer.", whole(1, 120), 15)
    people_per_phone: int = setting("How many people one number can book for.", whole(1, 1000), 5)
    people_window_days: int = setting("The days over which those people are counted.", whole(1, 365), 30)
    cancel_until_minutes: int = setting(
        "Until how long before it begins an appointment can be moved or cancelled in the chat.",
        whole(0, 10080),
        120,
    )
    moves_per_appointment: int = setting("How often one appointment can be moved.", whole(0, 20), 2)
    release_least_minutes: int = setting(
        "A place that somebody gave back is public after a random time: at least so long...",
        whole(0, 1440),
        30,
    )
    release_most_minutes: int = setting(
        "... at most so long, and never more than a quarter of the time that is left...",
        whole(0, 10080),
        1440,
    )
    release_near_minutes: int = setting("... and at once when it begins this soon.", whole(0, 1440), 180)
    offer_minutes: int = setting(
        "How long a place is held for whoever is first on the waiting list.", whole(1, 1440), 30
    )
    offer_near_minutes: int = setting("The same for a place within a day.", whole(1, 1440), 10)
    offers_ignored: int = setting(
        "After how many unanswered offers an entry of the waiting list rests.", whole(1, 20), 3
    )
    claim_hours: int = setting(
        "How long a place won in a draw, or offered because an office closes, is held.", whole(1, 168), 24
    )
    quiet_from: time = setting(
        "From this hour, in the office's own time, no offers, no reminders and no new places...",
        CLOCK,
        time(21),
    )
    quiet_to: time = setting("... until this hour.", CLOCK, time(8))
    remind_days: int = setting(
        "How many days before an appointment people are reminded; 0: not then.", whole(0, 60), 7
    )
    remind_hours: int = setting(
        "How many hours before they are asked whether they come, and a second time at half of them; "
        "0: not then.",
        whole(0, 168),
        48,
    )
    remind_morning: time = setting(
        "When they are reminded on the day itself, even if the quiet hours end later.", CLOCK, time(7, 30)
    )
    grace_minutes: int = setting("After how many minutes somebody counts as late.", whole(0, 240), 15)
    no_shows: int = setting(
        "After how many missed appointments only near places can be booked; 0: never.", whole(0, 20), 2
    )
    no_show_days: int = setting("The days over which those are counted.", whole(1, 730), 182)
    no_show_near_days: int = setting("How near those places are, in days.", whole(1, 365), 7)
    talk_days: int = setting("After how many silent days unfinished answers are erased.", whole(1, 90), 7)

    database_pool: int = setting("Connections to the database in each process.", whole(2, 100), 8)
    turn_batch: int = setting("People answered in one transaction, at most.", whole(1, 2000), 200)
    send_concurrency: int = setting("Messages on their way at the same time, at most.", whole(1, 1000), 64)
