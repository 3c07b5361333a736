"""Message templates as values: what Meta tells of one of ours."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TemplateUpdate:
    """From a webhook field about templates. `event`: Meta's own word in capitals, such as APPROVED,
    REJECTED, PAUSED, DISABLED, QUALITY (then `reason` is the new score) or CATEGORY (the new category).
    """

    name: str
    language: str
    event: str
    reason: str
