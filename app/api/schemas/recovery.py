"""After the mistake: the request of a recovery, and what it is answered with."""

from __future__ import annotations

from typing import Annotated, Any, Self

from pydantic import BeforeValidator, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from app.api.schemas.base import Instant, Language, Line, PostText, Strict, whole
from app.api.schemas.check import AccountRef
from app.api.schemas.reply import CheckOut, Reply, Versions, WarningOut
from app.domain import DraftKind, Platform
from app.recovery.incident import Harm, Hurt, MistakeKind, Outcome, Speaker, Tone

EXAMPLE: dict[str, Any] = {
    "post": {
        "text": "ugh so hungover, who put this ceremony on a monday",
        "platform": "x",
        "posted_at": "2026-11-11T10:52:00Z",
    },
    "account": {"handle": "@acme", "kind": "brand", "language": "en", "regions": ["GB"]},
    "mistake": {
        "kind": "wrong_account",
        "what": "a private remark about a ceremony",
        "hurt": ["grieving"],
        "harm": "offence",
    },
    "reach": 4200,
    "spreading": True,
    "context": {"now": "2026-11-11T10:58:00Z"},
}
Whole = Annotated[int, Field(ge=0, le=2**53), BeforeValidator(whole)]
SomeText = Annotated[str, StringConstraints(min_length=1, max_length=100_000, pattern=r"^[^\x00]*[^\s\x00][^\x00]*$")]
"""says something: not blank"""


class PublishedPost(Strict):
    """The post that went out."""

    text: SomeText = Field(description="what it said", examples=["ugh so hungover"])
    platform: Platform = Field(default="other", description="where it went out", examples=["x"])
    kind: DraftKind = Field(default="post", description="what sort of post", examples=["post"])
    posted_at: Instant | None = Field(default=None, description="when; null: unknown")
    deleted: bool = Field(default=False, description="whether it has been deleted already")


_NO_HARM: dict[str, Any] = {"properties": {"harm": {"enum": ["none", None]}}}
_SOME_HARM: dict[str, Any] = {"properties": {"harm": {"enum": ["annoyance", "offence", "loss", "danger", None]}}}


class MistakeIn(Strict):
    """What was wrong with it, and who was hurt: where nobody was there is no harm, where somebody was there is."""

    model_config = ConfigDict(
        json_schema_extra={
            "if": {"properties": {"hurt": {"type": "array", "minItems": 1}}, "required": ["hurt"]},
            "then": _SOME_HARM,
            "else": {
                "if": {"properties": {"hurt": {"type": "array", "maxItems": 0}}, "required": ["hurt"]},
                "then": _NO_HARM,
            },
        }
    )

    kind: MistakeKind = Field(
        description="the categories of a check, or `slip`: a typo, a wrong date or price, a broken link",
        examples=["wrong_account"],
    )
    what: Line | None = Field(default=None, description="what was wrong, in a few words")
    right: Line | None = Field(default=None, description="what is right instead", examples=["Doors open at nine."])
    hurt: Annotated[list[Hurt], Field(max_length=7)] | None = Field(
        default=None,
        description="who was hurt: `person` one or a few who can be named, `group` people for who they are, `grieving` "
        "victims and mourners, `public` readers who were misled or put at risk; empty: nobody; null: "
        "nobody knows yet, and then nothing is let go",
        examples=[["grieving"]],
    )
    harm: Harm | None = Field(
        default=None,
        description="the worst that was done: annoyance (bothered, embarrassed), offence (insulted, wounded), loss (of "
        "money, privacy, work, good name), danger (to safety, health); null: none if nobody was hurt, else not known",
        examples=["offence"],
    )
    legal: bool = Field(default=False, description="whether a law, a regulator or a contract may be concerned")

    @model_validator(mode="after")
    def _hurts_somebody_or_nobody(self) -> Self:
        if self.hurt and self.harm == "none":
            raise PydanticCustomError("no_harm", "can't be none where somebody was hurt", {"field": "harm"})
        if self.hurt == [] and self.harm not in (None, "none"):
            raise PydanticCustomError("nobody_hurt", "must say who was harmed", {"field": "hurt"})
        return self


class RecoveryContext(Strict):
    """The moment."""

    now: Instant | None = Field(default=None, description="the time to plan from; null: the service's clock")


class RecoveryOptions(Strict):
    """How to answer."""

    language: Language | None = Field(
        default=None, description="of the drafts; null: the account's. Only `en` is written", examples=["en"]
    )
    tone: Tone | None = Field(default=None, description="of the drafts; null: the account's voice", examples=["warm"])
    drafts: bool = Field(default=True, description="whether drafts are wanted; without them any language will do")


class RecoverRequest(Strict):
    """A post that went wrong. Only `post`, `account` and `mistake` are required."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    post: PublishedPost = Field(description="the post that went out")
    account: AccountRef = Field(description="whose it is: the id of a stored account, or one inline")
    mistake: MistakeIn = Field(description="what was wrong")
    reach: Whole | None = Field(
        default=None, description="people who have seen it, 0 or more; null: unknown", examples=[4200]
    )
    spreading: bool | None = Field(
        default=None, description="whether it is being passed on now; null: unknown", examples=[True]
    )
    context: RecoveryContext = Field(default_factory=RecoveryContext, description="the moment")
    options: RecoveryOptions = Field(default_factory=RecoveryOptions, description="how to answer")


class ChangeOut(Reply):
    """What would lead to another outcome."""

    pointer: str = Field(description="the field of the request that it is about", examples=["/spreading"])
    condition: str = Field(description="as a clause", examples=["if it is being passed on"])
    outcome: Outcome = Field(description="what would be done then", examples=["apologise"])


class StepOut(Reply):
    """One thing to do, and by when."""

    id: str = Field(description="its name in the table", examples=["stop-queue"])
    from_minute: int = Field(description="minutes from now at which to begin", examples=[0])
    to_minute: int = Field(description="minutes from now by which it is done", examples=[5])
    due_at: str = Field(description="the same as a moment", examples=["2026-11-11T11:03:00Z"])
    who: str = Field(description="whose it is", examples=["whoever runs the account"])
    do: str = Field(description="what to do")
    why: str = Field(description="why")
    command: str | None = Field(description="what to run in Prepost for it")


class GapOut(Reply):
    """A place in a draft that a person has to fill."""

    start: int = Field(description="first code point", examples=[10])
    end: int = Field(description="one past the last", examples=[34])
    ask: str = Field(description="what belongs there", examples=["what is right"])
    hint: str | None = Field(description="what the request says of it, to be put into the sentence's grammar")


class DraftOut(Reply):
    """A draft of what to say. While it has gaps, a check of it warns of a placeholder."""

    text: str = Field(description="with its gaps, each as [insert …]")
    tone: Tone = Field(description="how it speaks", examples=["warm"])
    gaps: list[GapOut] = Field(description="what a person has to fill in")
    platform: Platform = Field(description="the platform that it is written for", examples=["x"])
    kind: DraftKind = Field(description="what sort of post it is to be", examples=["post"])
    intent: str | None = Field(description="to be sent with it to /check", examples=["apology"])
    length: int = Field(description="as the platform counts, gaps unfilled", examples=[180])
    limit: int | None = Field(description="the platform's limit; null: none is known", examples=[280])
    room: int | None = Field(
        description="what is left for the words in the gaps; negative: cut it first", examples=[150]
    )


class ProposalOut(Reply):
    """What to change so that it doesn't happen again."""

    what: str = Field(description="the change")
    why: str = Field(description="what it would have done here")
    policy: str | None = Field(description="for a policy file of Prepost's, in TOML; its gaps filled first")


class Recovery(Reply):
    """What to do about it, by when, and what to say."""

    outcome: Outcome = Field(description="from least to most: let it go … escalate", examples=["apologise"])
    speaker: Speaker = Field(description="who speaks by the account's kind", examples=["organisation"])
    row: str = Field(description="the row of the table that decided", examples=["A1"])
    reasons: list[str] = Field(description="why")
    source: str = Field(description="where that reason comes from")
    unknown: list[str] = Field(description="pointers to what was not said and could matter", examples=[["/reach"]])
    would_change: list[ChangeOut] = Field(description="what would change the answer, one thing at a time")
    found: list[WarningOut] = Field(description="what Prepost finds in the post itself")
    checks: list[CheckOut] = Field(description="how finding that went")
    degraded: bool = Field(description="true where a check of the post failed: then nothing is let go")
    steps: list[StepOut] = Field(description="in the order of their clock")
    drafts: list[DraftOut] = Field(description="three variants; none where nothing is to be said")
    notes: list[str] = Field(description="what else there is to know of this answer")
    changes: list[ProposalOut] = Field(description="so that it doesn't happen again")
    versions: Versions = Field(description="what judged the post")
    tables: str = Field(description="digest of the tables and texts of data/recovery", examples=["9c1e04b7a2d5"])


class DrillSummary(Reply):
    """A drill, to choose from."""

    id: str = Field(description="its name", examples=["ceremony-organisation"])
    title: str = Field(description="what it is about")
    speaker: Speaker = Field(description="whose account it is", examples=["organisation"])
    decisions: int = Field(description="how many there are to make", examples=[6])
    minutes: int = Field(description="minutes of the story that it covers", examples=[90])


class DrillList(Reply):
    """The drills there are."""

    items: list[DrillSummary] = Field(description="by id")


class ChoiceOut(Reply):
    """One answer that a team may choose."""

    key: str = Field(description="what to type", examples=["a"])
    do: str = Field(description="what is done")
    worth: int = Field(ge=0, le=2, description="2 what the method does, 1 can be defended, 0 makes it worse")
    then: str = Field(description="what follows")


class DecisionOut(Reply):
    """One decision against the clock."""

    minute: int = Field(description="minutes into the story", examples=[4])
    seconds: int = Field(description="time to decide", examples=[60])
    says: str = Field(description="what happens")
    ask: str = Field(description="what is to be decided")
    choices: list[ChoiceOut] = Field(description="to choose from; none where an answer is to be written")
    late: str = Field(description="what happens while nobody decides")
    method: str = Field(description="what the method does here, and why")


class DrillOut(DrillSummary):
    """A whole drill, answers included."""

    account: str = Field(description="whose account it is")
    story: str = Field(description="how it begins")
    steps: list[DecisionOut] = Field(description="the decisions, in order")
    recovery: dict[str, Any] = Field(description="the request of a recovery for this incident: send it to /v1/recover")
    debrief: str = Field(description="what to take along")


POST_TEXT = PostText
