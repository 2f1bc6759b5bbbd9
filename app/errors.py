"""Errors that carry their HTTP status; the API turns each into an RFC 9457 problem, the CLI into an exit code."""

from __future__ import annotations


class PrepostError(Exception):
    """A refusal with a reason the caller can act on."""

    status = 500
    type = "internal"
    title = "Internal error"

    def __init__(self, detail: str, *, pointer: str | None = None, parameter: str | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        self.pointer = pointer
        """JSON pointer to the field at fault, e.g. `/account`"""
        self.parameter = parameter
        """the parameter of the query at fault, e.g. `to`"""


class NotFound(PrepostError):
    status = 404
    type = "not-found"
    title = "Not found"


class Conflict(PrepostError):
    status = 409
    type = "conflict"
    title = "Conflict"


class Invalid(PrepostError):
    status = 422
    type = "invalid"
    title = "Invalid request"


class Unauthorized(PrepostError):
    status = 401
    type = "unauthorized"
    title = "API key required"


class Misdirected(PrepostError):
    """Asked by a name that is not this machine's, while it answers this machine alone."""

    status = 421
    type = "misdirected"
    title = "Not reachable by this name"


class StoreUnavailable(PrepostError):
    """The store could not read or write: no verdict is given, because none could be recorded."""

    status = 503
    type = "store-unavailable"
    title = "Store unavailable"


class BadModel(PrepostError):
    """A model folder that must not be loaded; the service refuses to start."""

    type = "bad-model"
    title = "Model refused"


class BadPolicy(PrepostError):
    """A policy file that must not be used; the service refuses to start."""

    type = "bad-policy"
    title = "Policy refused"


class BadFeeds(PrepostError):
    """A feeds file that must not be used; the service refuses to start."""

    type = "bad-feeds"
    title = "Feeds refused"


class BadCalendar(PrepostError):
    """A list of days of remembrance that must not be used; the service refuses to start."""

    type = "bad-calendar"
    title = "Calendar refused"


class BadPlatforms(PrepostError):
    """A table of platform limits or rules that must not be used; the service refuses to start."""

    type = "bad-platforms"
    title = "Platform tables refused"


class BadRecovery(PrepostError):
    """A table, text or drill for what comes after a mistake that must not be used; the service refuses to start."""

    type = "bad-recovery"
    title = "Recovery tables refused"


class BadClaims(PrepostError):
    """A file of fact checks that must not be used: missing, broken, or no index of ours."""

    type = "bad-claims"
    title = "Fact checks refused"
