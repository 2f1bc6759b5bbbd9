"""The nouns of Prepost: frozen values that travel one way, from a request to a verdict.

Standard library only. Offsets are code points into the raw field they name unless said otherwise; times are
timezone-aware; probabilities lie in [0, 1].
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, Protocol, get_args

Platform = Literal[
    "x", "bluesky", "mastodon", "threads", "facebook", "instagram", "linkedin", "tiktok", "youtube", "pinterest",
    "reddit", "telegram", "google_business", "other",
]  # fmt: skip
DraftKind = Literal["post", "reply", "repost", "quote", "story", "comment", "ad"]
AccountKind = Literal[
    "brand", "agency", "government", "politician", "public_figure", "media", "ngo", "sports", "professional", "personal"
]
EventKind = Literal[
    "shooting", "terror_attack", "natural_disaster", "accident", "death", "war", "unrest", "pandemic", "memorial_day",
    "court_case", "other",
]  # fmt: skip
Category = Literal[
    "wrong_account", "offensive", "sombre_context", "unverified_claim", "platform_rule", "automation",
    "private_information", "apology",
]  # fmt: skip
Severity = Literal["low", "medium", "high", "critical"]
Mode = Literal["off", "observe", "warn", "hold", "block"]
VerdictName = Literal["pass", "warn", "hold", "block"]
EventStatus = Literal["proposed", "open", "dismissed"]
"""of a stored event: what a feed proposed weighs on nothing until somebody accepts it"""
Among = Literal["posts", "replies", "personal"]
"""whose ordinary texts a score's threshold is set by: organisations' posts, their replies, private persons' posts"""
CheckStatus = Literal["ok", "failed", "skipped", "not_assessed"]
Confidence = Literal["sourced", "secondary", "disputed", "unverified"]
"""in a fact about a platform: its own page or schema, others' word, sources that disagree, or general knowledge"""
VerdictWas = Literal["right", "wrong", "missed"]
SentAs = Literal["sent_unchanged", "revised", "cancelled"]

VERDICTS: tuple[VerdictName, ...] = get_args(VerdictName)
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
PERSONAL: AccountKind = "personal"
ORGANISATIONS: frozenset[AccountKind] = frozenset({"brand", "agency", "government", "media", "ngo", "sports"})
"""Account kinds that speak for an organisation (a `sports` account may still be a player's own: see checks)."""
SPEAKS_FOR_OTHERS: frozenset[AccountKind] = ORGANISATIONS | {"politician"}
"""account kinds on which a private person's post is out of place"""
OTHERS_TONE: tuple[DraftKind, ...] = ("reply", "comment", "repost")
"""kinds with somebody else's tone or words: they neither teach an account's voice nor are held to it"""

CALENDAR = "calendar"
"""`source` of the events that are days of the calendar"""
EMPTY: Mapping[str, Any] = MappingProxyType({})


# --- what comes in -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Media:
    type: str
    alt_text: str | None = None
    bytes: int | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """Somebody else's post: the one answered or quoted."""

    text: str
    author: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    text: str
    platforms: tuple[Platform, ...] = ("other",)
    kind: DraftKind = "post"
    title: str | None = None
    content_warning: str | None = None
    tags: tuple[str, ...] = ()
    poll_options: tuple[str, ...] | None = None
    media: tuple[Media, ...] = ()
    links: tuple[str, ...] = ()
    in_reply_to: Message | None = None
    quoted: Message | None = None
    intent: str | None = None
    scheduled_for: datetime | None = None
    paid_partnership: bool | None = None
    """whether somebody pays, gives or employs for it; None: nobody has said"""
    made_with_ai: bool | None = None
    """whether text or media are made by a machine; None: nobody has said"""


@dataclass(frozen=True, slots=True)
class PastPost:
    text: str
    posted_at: datetime | None = None
    kind: DraftKind = "post"


@dataclass(frozen=True, slots=True)
class Account:
    handle: str | None = None
    id: str | None = None
    platform: Platform | None = None
    display_name: str | None = None
    kind: AccountKind = "brand"
    description: str | None = None
    language: str | None = None
    regions: tuple[str, ...] = ()
    timezone: str | None = None
    voice: Mapping[str, Any] = field(default_factory=lambda: EMPTY)
    sector: str | None = None
    jurisdictions: tuple[str, ...] = ()
    tier: str | None = None
    limits: Mapping[str, int] = field(default_factory=lambda: EMPTY)
    contacts: tuple[str, ...] = ()
    client: str | None = None
    recent_posts: tuple[PastPost, ...] = ()
    policy: str | None = None

    def is_named(self, name: str) -> bool:
        """Whether this is its id or its handle, with or without @."""
        return name.lstrip("@").casefold() in {(self.id or "").casefold(), (self.handle or "").lstrip("@").casefold()}

    @property
    def shown_name(self) -> str | None:
        """What people know it by."""
        return self.handle or self.display_name or self.id

    def is_same(self, other: Account) -> bool:
        """Whether both are one account, on whatever platforms: the id or the handle is the same."""
        if self.id is not None and self.id == other.id:
            return True
        return self.handle is not None and other.handle is not None and other.is_named(self.handle)


@dataclass(frozen=True, slots=True)
class Author:
    """The person at the keyboard; `accounts` are the others they may post from."""

    id: str | None = None
    accounts: tuple[Account, ...] = ()
    last_account: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    name: str
    kind: EventKind
    regions: tuple[str, ...] = ("WORLD",)
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    keywords: tuple[str, ...] = ()
    severity: int = 2
    """1 (local, minor) to 3 (grave); derived from the kind where the request gives none."""
    id: str | None = None
    sub_kind: str | None = None
    """what sort of its kind: for days of the calendar `genocide`, `war remembrance` and so on"""
    source: str | None = None
    """`calendar`, or the feed that reported it; None: a person or the request itself"""
    confirmed: bool = True
    """False: its date is from general knowledge alone, and nothing is held for it, only warned of"""
    careful: tuple[str, ...] = ()
    """everyday words that are misused on the day: they clash only in a draft that laughs, celebrates or sells"""
    anniversary: bool | None = None
    """whether it counts again on the day, in the years after; None: grave ones in which people died do"""
    years: int = 0
    """since it happened, where it is its anniversary that counts"""
    status: EventStatus = "open"

    @property
    def told(self) -> str:
        """What to call it in a sentence."""
        return f"the anniversary of {self.name}" if self.years else self.name


class Nearness(NamedTuple):
    """How an event meets the draft and its audience."""

    place: bool
    """the account's regions and the event's overlap (or one of them is WORLD, or the account names none)"""
    words: tuple[Span, ...]
    """places in the draft that use the event's own words, hashtags or place names"""
    careful: tuple[Span, ...] = ()
    """places that use words which are misused on the day"""


@dataclass(frozen=True, slots=True)
class EventMatch:
    """An event that is active when the draft goes out, with how near it is."""

    event: Event
    nearness: Nearness


@dataclass(frozen=True, slots=True)
class Moment:
    """When the draft goes out and what is happening then."""

    now: datetime
    events: tuple[EventMatch, ...] = ()


# --- what is read --------------------------------------------------------------------------------------------------


class Span(NamedTuple):
    """A place in one raw field of the draft, end exclusive."""

    start: int
    end: int
    field: str = "text"


class Token(NamedTuple):
    """A word: its folded form and where it stands in the raw field."""

    folded: str
    start: int
    end: int


class Entity(NamedTuple):
    """A mention, hashtag, link, cashtag, emoji, phone number or e-mail address in the raw field."""

    kind: Literal["mention", "hashtag", "link", "cashtag", "emoji", "phone", "email"]
    text: str
    start: int
    end: int
    words: tuple[str, ...] = ()
    """a hashtag's words, folded and joined by nothing in the source (`#susanalbumparty` → susan, album, party)"""


@dataclass(frozen=True, slots=True)
class Folded:
    """A normalised copy of a field with its way back: folded[i] came from raw[starts[i]:ends[i]]."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """The raw range behind folded[start:end]; an empty range maps to an empty range."""
        if start >= end or not self.starts:
            return (0, 0)
        return (self.starts[start], self.ends[end - 1])


@dataclass(frozen=True, slots=True)
class Text:
    """One field of the draft, read once."""

    raw: str
    field: str
    folded: Folded
    """NFKC, casefolded, zero-width and bidi characters dropped, homoglyphs and accents folded"""
    plain: Folded
    """`folded` with leetspeak, stretched and spaced-out words undone too: for obfuscated spellings only"""
    tokens: tuple[Token, ...]
    entities: tuple[Entity, ...]
    language: str = "und"
    """ISO 639-1 code, or `und` where nothing can be said"""
    openings: frozenset[str] | None = None
    """the first three letters of each word of `folded`, so that patterns can be chosen by them; None: unknown"""
    marks: int = -1
    """the lists of patterns that can have a match here, a bit each (`app.text.openings`); -1: any of them"""
    begun: Mapping[int, Sequence[int]] | None = None
    """where in `folded` a word starts one of the lists' beginnings, by the beginning's number; None: unknown"""
    lists: int = 0
    """how many lists were filed when `begun` was told"""

    def span(self, start: int, end: int) -> Span:
        """The raw span behind folded[start:end]."""
        return Span(*self.folded.raw_span(start, end), self.field)

    def entities_of(self, kind: str) -> tuple[Entity, ...]:
        return tuple(entity for entity in self.entities if entity.kind == kind)


@dataclass(frozen=True, slots=True)
class Scores:
    """What the classifier says of a text, per label, with the model that says so."""

    strengths: Mapping[str, float]
    """in [0, 1]: the probability where half the texts alarm, as among our own drafts; what rules weigh as evidence"""
    probabilities: Mapping[Among, Mapping[str, float]]
    """of texts as they come, most of which are harmless, by whose they are: what is told to people"""
    model: str
    because: Mapping[str, tuple[tuple[int, int], ...]] = field(default_factory=lambda: EMPTY)
    """for the labels that are likely, where the words stand that moved the score: start and end in the raw text"""


@dataclass(frozen=True, slots=True)
class OtherVoice:
    """Another account of the author that the draft may have been meant for."""

    name: str
    """its handle, display name or id"""
    odds: float
    """log-odds that it wrote the draft and not the target, were both as likely before"""
    share: float
    """its part in the probabilities of all the author's accounts with a known voice, the target's included"""
    per_1000: float
    """how many in a thousand of an account's own posts look so much like another's"""
    posts: int
    """past posts that are known"""
    unlike_per_1000: float = 1000.0
    """how many in a thousand of its own posts are as unlike it as the draft"""


@dataclass(frozen=True, slots=True)
class Voice:
    """How the draft sounds beside past posts."""

    posts: int
    """past posts of the target that are known"""
    per_1000: float
    """how many in a thousand of the target's own posts are as unlike it, beside people in general: by other accounts'
    and its own newest posts"""
    strays: float
    """the share of the target's own newest posts that were as unlike what came before them"""
    spans: tuple[Span, ...] = ()
    """words that speak against the target, and for the best of the others where there is one"""
    habits: tuple[str, ...] = ()
    others: tuple[OtherVoice, ...] = ()
    """the likeliest first"""
    person: float = 0.0
    """log-odds that its way of writing is a private person's, were persons and organisations as many"""


Standing = Literal["wrong", "doubtful", "right", "unclear"]
"""what a publisher's rating says of a claim; `unclear` where its words are not known"""


@dataclass(frozen=True, slots=True)
class FactCheck:
    """A published review of a claim that the draft makes too. The judgement is its publisher's, never ours."""

    claim: str
    """the claim as the publisher states it"""
    publisher: str
    rating: str
    """in the publisher's words"""
    url: str
    standing: Standing
    likeness: float
    """in [0, 1]: how sure it is that the draft makes this claim"""
    reviewed_on: date | None = None
    language: str | None = None
    """ISO 639-1 code of the review"""
    spans: tuple[Span, ...] = ()
    """the sentence of the draft that makes the claim"""
    source: Literal["index", "google"] = "index"


@dataclass(frozen=True, slots=True)
class WaitingPost:
    """Another draft in the queue whose words are the same."""

    id: str
    """the caller's own for it"""
    account: str | None
    """its account's id, or the handle of one that came along"""
    scheduled_for: datetime
    platforms: tuple[Platform, ...]


@dataclass(frozen=True, slots=True)
class Prepared:
    """All that a check may look at. A check sees no session, clock or socket."""

    draft: Draft
    account: Account
    moment: Moment
    texts: tuple[Text, ...]
    """every field of the draft that holds words; `texts[0]` is always the draft's `text` field, maybe empty"""
    author: Author | None = None
    reply_to: Text | None = None
    quoted: Text | None = None
    scores: Scores | None = None
    """of the draft's text; None where scoring failed"""
    reply_scores: Scores | None = None
    """of the post answered; None where there is none or scoring failed"""
    voice: Voice | None = None
    """None where no past posts of the target are known, or comparing failed"""
    fact_checks: tuple[FactCheck, ...] | None = None
    """None where none were looked for"""
    polls: tuple[Event, ...] = ()
    """elections and referendums near the account that are going on or begin within days"""
    limits: Mapping[tuple[Platform, str], tuple[Limit, ...]] = field(default_factory=dict)
    """by platform and field"""
    platform_rules: Mapping[str, tuple[PlatformRule, ...]] = field(default_factory=lambda: EMPTY)
    """those that hold for this account on these platforms, by the rule that judges them"""
    waiting: tuple[WaitingPost, ...] = ()
    """other drafts of the queue with the same words, about the same time; of a draft outside of the queue none"""

    @property
    def goes_out_at(self) -> datetime:
        """All that rules which don't look at events may know of the moment."""
        return self.moment.now

    @property
    def text(self) -> Text:
        return self.texts[0]

    @property
    def fields(self) -> tuple[Text, ...]:
        """All that a span may point at: the draft's fields, and the posts that it answers or quotes."""
        return (*self.texts, *(text for text in (self.reply_to, self.quoted) if text is not None))

    @property
    def is_reply(self) -> bool:
        """Whether the draft answers somebody."""
        return self.reply_to is not None or self.draft.kind == "reply"

    @property
    def among(self) -> Among:
        """Whose ordinary texts the draft is to be held against."""
        return "replies" if self.is_reply else "personal" if self.account.kind == PERSONAL else "posts"

    @property
    def is_organisation(self) -> bool:
        return self.account.kind in ORGANISATIONS


@dataclass(frozen=True, slots=True)
class Limit:
    """How much of something a platform takes (`data/platforms/limits.csv`)."""

    platform: Platform
    field: str
    """what is counted or measured: `text`, `title`, `hashtags`, `images`, `image_bytes` and so on"""
    unit: str
    at_least: int | None = None
    at_most: int | None = None
    when: str = ""
    """for what drafts or accounts alone it holds; it then replaces the general one of its unit"""
    refused: bool = True
    """whether the platform refuses what breaks it; False: it ignores, cuts or shows it less"""
    confidence: Confidence = "sourced"
    source: str = ""
    date: str = ""

    @property
    def is_hard(self) -> bool:
        """Whether a breach may hold a draft: the platform refuses it, and says so itself."""
        return self.refused and self.confidence == "sourced"


class Pattern(Protocol):
    """What a rule of a table needs of a compiled pattern: matches in folded text, in linear time."""

    def spans(self, text: str) -> list[tuple[int, int]]: ...
    def is_in(self, text: str) -> bool: ...


@dataclass(frozen=True, slots=True)
class PlatformRule:
    """A rule of a platform or of the law, as a row of `data/platforms/rules.toml`."""

    id: str
    says: str
    """what it asks, in a sentence"""
    suggestion: str
    grade: str
    """`breach`, `unverified`, `advice` or `note`, by its severity and by how well it is known"""
    any: Pattern | None = None
    """what must stand in a text of the draft, and is what the warning marks; None: a rule reads it in its own way"""
    also: tuple[Pattern, ...] = ()
    """each of these must be somewhere in the draft, too"""
    unless: Pattern | None = None
    """what, anywhere in the draft, makes it harmless"""
    raw: bool = False
    """whether the patterns are for the text as it was typed, not folded"""
    platforms: tuple[Platform, ...] = ()
    """of the draft's platforms those that it is for; none: it is for any"""
    authority: str = ""
    reference: str = ""
    source: str = ""
    date: str = ""


# --- what is judged ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule noticed. Policy turns `grade` into a severity and drops it where confidence is too low."""

    message: str
    """one sentence for the person posting"""
    why: str
    """the evidence, in one or two sentences"""
    suggestion: str
    """what to do instead"""
    spans: tuple[Span, ...] = ()
    confidence: float = 1.0
    grade: str = "default"
    """a key of the rule's `severity` table in the policy"""
    evidence: Mapping[str, Any] = field(default_factory=dict)
    platforms: tuple[Platform, ...] = ()
    """those of the draft's that it is about; none: all of them"""
    fallback: bool = False
    """shown only where no other rule of its category warns: the classifier's word, when no rule knows better"""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One rule's outcome on one draft."""

    rule: str
    status: CheckStatus
    reason: str | None = None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Warning_:
    """A finding that policy let through, with the severity it got."""

    rule: str
    category: Category
    severity: Severity
    threshold: float
    mode: Mode
    finding: Finding


@dataclass(frozen=True, slots=True)
class Verdict:
    name: VerdictName
    warnings: tuple[Warning_, ...]
    observed: tuple[Warning_, ...]
    """findings of rules in `observe` mode: recorded and counted, never shown"""
    results: tuple[CheckResult, ...]
    degraded: bool
    by_platform: Mapping[Platform, VerdictName] = field(default_factory=dict)
    """the verdict of the draft on each of its platforms alone"""


# --- what is said back ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a person says of a check once they have seen its verdict, and what is known of the check by itself."""

    check_id: str
    verdict_was: VerdictWas
    why: str
    by: str
    outcome: SentAs
    category: Category | None = None
    rule: str | None = None
    labels: Mapping[str, int] = field(default_factory=lambda: EMPTY)
    """classifier labels that the person says are 1 or 0; a label that is absent is unknown"""
    text: str | None = None
    """the draft's text, where the person gave it"""
    id: str | None = None
    at: datetime | None = None
    warned: tuple[str, ...] = ()
    """the rules that the check warned of"""
    model: str = ""
    """the version of the model that scored the check"""
    platform: str | None = None
    account_id: str | None = None
    """the account of the check, where it is a stored one: the feedback is erased with it"""
    account_kind: AccountKind | None = None
    country: str | None = None
