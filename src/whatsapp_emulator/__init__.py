"""A WhatsApp Cloud API of our own to talk to: strict, seeded, with a chat page."""

from whatsapp_emulator.app import create_app
from whatsapp_emulator.config import Settings
from whatsapp_emulator.serve import Running, serve

__all__ = ["Running", "Settings", "create_app", "serve"]
