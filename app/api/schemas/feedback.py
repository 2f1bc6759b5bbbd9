"""Feedback: what a person says of a check once they have seen its verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, BeforeValidator, Field, StringConstraints, create_model

from app.api.schemas.base import Id, Instant, Line, Name, PostText, Strict, whole
from app.classifier import LABELS
from app.domain import Category, SentAs, VerdictWas

RULE = r"^[a-z_]{1,40}/[a-z0-9_]{1,60}$"

RuleId = Annotated[str, StringConstraints(pattern=RULE), Field(examples=["offensive/insult"])]
_Judgement = Annotated[int, Field(ge=0, le=1), BeforeValidator(whole)] | None


def _label(name: str) -> Any:
    return _Judgement, Field(default=None, description=f"1: the draft is a case of `{name}`; 0: not; null: not said")


if TYPE_CHECKING:

    class Labels(BaseModel):
        """The classifier's labels, each a field."""

else:
    Labels = create_model(
        "Labels",
        __base__=Strict,
        __doc__="What the classifier's labels should be, as far as somebody says so.",
        **{name: _label(name) for name in LABELS},
    )


class NewFeedback(Strict):
    """What somebody says of a check. It is added to what was said before and replaces nothing."""

    check_id: Id = Field(description="the check's id, from its reply", examples=["chk_9f8e7d"])
    verdict_was: VerdictWas = Field(description="right, wrong (a false alarm), or missed (it should have warned)")
    category: Category | None = Field(
        default=None, description="what it is about; null: that of `rule`, or the whole verdict", examples=["offensive"]
    )
    rule: RuleId | None = Field(default=None, description="the rule it is about")
    labels: Labels | None = Field(default=None, description="which of the classifier's labels are right")
    text: Annotated[PostText, Field(min_length=1)] | None = Field(
        default=None,
        description="the draft's text, to learn from. It is kept because you send it, whatever the policy stores, and "
        "can't be held against the check, of which only a hash is kept",
        examples=["Doors open at ten."],
    )
    why: Annotated[Line, Field(min_length=1)] = Field(description="the reason", examples=["It is the film's title."])
    by: Name = Field(description="who says so", examples=["dana"])
    outcome: SentAs = Field(description="what became of the draft", examples=["sent_unchanged"])


class StoredFeedback(Strict):
    """Feedback as it is stored, without its text."""

    id: Id = Field(description="its id", examples=["fb_1"])
    check_id: Id = Field(description="the check", examples=["chk_9f8e7d"])
    verdict_was: VerdictWas = Field(description="right, wrong or missed", examples=["wrong"])
    category: Category | None = Field(description="what it is about; null: the whole verdict", examples=["offensive"])
    rule: str | None = Field(description="the rule it is about", examples=["offensive/insult"])
    labels: dict[str, int] = Field(description="labels that somebody said are 1 or 0", examples=[{"insult": 0}])
    has_text: bool = Field(description="whether the draft's text came with it", examples=[True])
    why: str = Field(description="the reason", examples=["It is the film's title."])
    by: str = Field(description="who said so", examples=["dana"])
    outcome: SentAs = Field(description="what became of the draft", examples=["sent_unchanged"])
    at: Instant = Field(description="when it came in")
    warned: list[str] = Field(
        description="the rules by which the check found something", examples=[["offensive/insult"]]
    )
    model: str = Field(description="the model that scored the check", examples=["ngram-8d845da955"])
    account: str | None = Field(description="the check's account, where it is a stored one", examples=["acme-uk"])
    platform: str | None = Field(description="where the draft was to go out", examples=["x"])


class FeedbackWithText(StoredFeedback):
    """Feedback and the text that came with it."""

    text: str | None = Field(description="the draft's text, where it came along", examples=["Doors open at ten."])


class FeedbackPage(Strict):
    """A page of feedback."""

    items: list[StoredFeedback] = Field(description="the feedback of this page, without texts")
    next: str | None = Field(description="pass it as `cursor` to get the next page; null on the last")
