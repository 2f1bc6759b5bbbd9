"""Published fact checks of a check's claims. The judgements are their publishers'."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from app.api.schemas.reply import Reply
from app.domain import Standing
from app.service.factchecks import Status


class FactCheckMatch(Reply):
    """One review of a claim that the draft makes too."""

    claim: str = Field(description="the claim as its publisher states it", examples=["Vaccines cause autism"])
    publisher: str = Field(description="who reviewed it", examples=["AFP Fact Check"])
    rating: str = Field(description="in the publisher's words", examples=["False"])
    standing: Standing = Field(description="what these words say of the claim; `unclear` where they are not known")
    reviewed_on: str | None = Field(description="the day of the review, if known", examples=["2021-03-04"])
    url: str = Field(description="the review", examples=["https://factcheck.example.org/vaccines"])
    likeness: float = Field(description="how sure it is that the draft makes this claim, 0 to 1", examples=[0.87])
    source: Literal["index", "google"] = Field(description="where it was found", examples=["google"])


class FactCheckReport(Reply):
    """How the look-ups of a check stand."""

    id: str = Field(description="the check's id", examples=["chk_9f8e7d"])
    status: Status = Field(
        description="`done`; `pending`: ask again; `failed`: a source could not be asked; `not_looked_up`: none was",
        examples=["done"],
    )
    reason: str | None = Field(description="why it is not done, or not by all sources", examples=[None])
    matches: list[FactCheckMatch] = Field(description="the likeliest first, at most five")
