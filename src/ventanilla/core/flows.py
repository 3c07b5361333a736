"""Forms (Flows) as Meta lists them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FlowAtMeta:
    """`status`: DRAFT, PUBLISHED, DEPRECATED, BLOCKED or THROTTLED; `faults`: why Meta does not take its
    JSON, one sentence each."""

    id: str
    name: str
    status: str
    faults: tuple[str, ...] = ()
