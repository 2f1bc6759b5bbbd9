"""What the models share: strictness, bounded strings and lists, and instants that name their zone."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    StringConstraints,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)
from pydantic_core import CoreSchema, PydanticCustomError

from app import regions

NO_NUL = r"^[^\x00]*$"
"""Every free string: PostgreSQL cannot store NUL and no platform shows it."""
ID = r"^[A-Za-z0-9][A-Za-z0-9._:-]{0,119}$"
REGION = regions.PATTERN
LANGUAGE = r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$"
POLICY = r"^[a-z0-9][a-z0-9_-]{0,63}$"
_DATE = r"(19|20|21)\d\d-(0[1-9]|1[0-2])-(0[1-9]|1\d|2\d|3[01])"
_TIME = r"([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)"
_INSTANT = f"^{_DATE}T{_TIME}$"
_INSTANT_RE = re.compile(_INSTANT, re.ASCII)


class Strict(BaseModel):
    """Refuses unknown fields and coerces nothing: 0 is not false and "1" is not 1."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


MOST_FAULTS = 1_000
"""faults of one body that are told apart; naming the half million that 4 MiB have room for would take seconds"""


def _bounded(body: Any, validate: ValidatorFunctionWrapHandler) -> Any:
    """The body validated; faults beyond counting become one fault, because naming each holds up all other requests."""
    try:
        return validate(body)
    except ValidationError as error:
        if error.error_count() <= MOST_FAULTS:
            raise
        found = error.error_count()
    raise PydanticCustomError(TOO_MANY, "has {found} faults, too many to name each", {"found": found})


TOO_MANY = "too_many_faults"
BOUNDED = WrapValidator(_bounded)
"""belongs to the whole body of a request: `body: Annotated[CheckRequest, BOUNDED]`"""


def _instant(value: Any) -> datetime:
    """RFC 3339 with a zone. Years 1900 to 2199, so that every zone of it is a date that can be computed with."""
    if isinstance(value, datetime):
        return value
    if not isinstance(value, str) or not _INSTANT_RE.fullmatch(value):
        raise PydanticCustomError("instant", "must be an RFC 3339 date and time with a zone, e.g. 2026-11-11T10:00:00Z")
    try:
        return datetime.fromisoformat(re.sub(r"(\.\d{6})\d+", r"\1", value))
    except ValueError as error:
        raise PydanticCustomError("instant", "there is no such date") from error


class _InstantSchema:
    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"type": "string", "format": "date-time", "pattern": _INSTANT, "examples": ["2026-11-11T10:00:00Z"]}


Instant = Annotated[datetime, BeforeValidator(_instant), _InstantSchema()]


def whole(value: Any) -> Any:
    """JSON has one kind of number: 3.0 is the whole number 3."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


Name = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=NO_NUL)]
Line = Annotated[str, StringConstraints(max_length=2_000, pattern=NO_NUL)]
PostText = Annotated[str, StringConstraints(max_length=100_000, pattern=NO_NUL)]
Link = Annotated[str, StringConstraints(min_length=1, max_length=4_000, pattern=NO_NUL)]
Id = Annotated[str, StringConstraints(pattern=ID), Field(examples=["acme-uk"])]
Region = Annotated[str, StringConstraints(pattern=REGION), Field(examples=["GB"])]
Language = Annotated[str, StringConstraints(pattern=LANGUAGE), Field(examples=["en"])]
PolicyName = Annotated[str, StringConstraints(pattern=POLICY), Field(examples=["default"])]
