"""A way into somebody's meeting: links that carry a passcode, meeting ids with their passcodes, dial-ins with PINs.

Why: whoever has the link is in the room; meetings whose access was posted have been flooded with strangers and abuse.
Flag: "https://zoom.us/j/81234567890?pwd=…", a Teams `meetup-join` link, "Meeting ID: 812 3456 7890, passcode 443322", "dial in on
+44 20 ... PIN 55667#", "our team call: meet.google.com/abc-defg-hij", a FaceTime or WhatsApp call's link; the link of a room without passcode (Meet,
Whereby, Jitsi) where nothing asks the public to come.
Allow: a webinar's registration page, "join us on meet.google.com/...", a Zoom link without passcode that says nothing of a closed circle. A link with a passcode in
a draft that asks everybody to come ("open to all", "free webinar") is a note only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from app.checks.base import Check
from app.checks.private_information._meeting import MEETING
from app.checks.wordlists import load_patterns
from app.domain import Finding, Prepared, Span, Text

_PHRASES = load_patterns(Path(__file__).with_name("lists") / "meeting_access.txt")
_LINK = re.compile(
    r"(?:https?://)?(?:[\w-]+\.)*(?:zoom\.us|zoomgov\.com)/(?:j|my|s|wc(?:/join)?)/(?P<zoom>[\w.-]{3,40}(?:/join)?\?(?:[^\s&]{1,60}&){0,6}?(?:pwd|tk|zak)=[\w.%-]{4,200})"
    r"|(?:https?://)?teams\.(?:microsoft|live)\.com/(?P<teams>(?:l/meetup-join|meet)/[^\s\"'<>)]{8,600})"
    r"|(?:https?://)?[\w-]+\.webex\.com/(?P<webex>(?:[\w-]+/){0,5}(?:j\.php\?(?:[^\s&]{1,60}&){0,4}?MTID=\w{8,80}|meet/[\w.-]{2,60}\S{0,80}))"
    r"|(?:https?://)?(?:global\.)?(?:gotomeeting\.com/join|meet\.goto\.com|gotomeet\.me|bluejeans\.com|v\.ringcentral\.com/join|chime\.aws|app\.chime\.aws/meetings)/(?P<other>\d[\d-]{5,14}\S{0,80})"
    r"|(?:https?://)?facetime\.apple\.com/join(?P<facetime>[#?]\S{8,300})|(?:https?://)?call\.whatsapp\.com/(?P<whatsapp>(?:voice|video)/\w{8,60})|(?:https?://)?signal\.link/call/(?P<signal>#key=\S{8,200})"
    r"|(?:https?://)?app\.slack\.com/huddle/(?P<slack>\w{6,20}/\w{6,20})|(?:https?://)?(?:[\w-]+\.)?whereby\.com/(?P<key>[\w-]{2,80}\?(?:roomkey|metadata)=[\w.-]{8,300})|(?:https?://)?riverside\.fm/studio/(?P<riverside>[\w-]{2,80}\?t=\w{6,80})"
    r"|(?:https?://)?[\w.-]{4,60}/[^\s\"'<>]{0,120}[?&](?:pwd|passcode|meeting_?password|pw|pin)=(?P<query>[\w.%-]{3,80})",
    re.IGNORECASE,
)
_BARE_LINK = re.compile(
    r"(?:https?://)?(?:meet\.google\.com/(?P<meet>[a-z]{3}-[a-z]{4}-[a-z]{3})|(?:[\w-]+\.)*zoom\.us/(?:j|my|s)/(?P<room>[\w.]{5,40})|meet\.jit\.si/(?P<jitsi>[\w%-]{4,80})"
    r"|whereby\.com/(?P<whereby>[\w-]{3,60})|discord\.gg/(?P<discord>\w{5,20})|join\.skype\.com/(?P<skype>\w{6,30})|(?:[\w-]+\.)?doxy\.me/(?P<doxy>[\w-]{3,60}))(?![\w/])",
    re.IGNORECASE,
)
"""tells nothing by itself: many rooms are open"""
_UNLOCKED = frozenset({"meet", "jitsi", "whereby", "doxy"})
"""rooms that have no passcode, so that whoever knows the link stands at the door"""
_PASS = re.compile(
    r"(?i:\b(?:pass(?:word|code|wort|phrase)?s?|pwd|pw|pin|puk|kenn?code|kennung|kennwort|zugangscode|meeting[ -]?passwor[dt]|(?:access|participant|attendee|host|security|entry|guest|moderator|chairperson|conference|conf|meeting|dial-?in) ?(?:code|pin|key|passcode|id)"
    r"|mot de passe|code (?:secret|d['’]acc[eè]s|de la r[eé]union|pin|participant|confidentiel)|contrase[nñ]a|clave(?: de acceso)?|c[oó]digo(?: de)?(?: acc?eso| acesso| participante| secreto)?|senha|palavra-passe|codice(?: di)?(?: accesso| d['’]accesso| segreto)?|passcode|toegangscode|wachtwoord|vergadercode|deelnemerscode|code(?=\W{1,3}\d{4})))"
    r"(?:[ \t](?:conf[eé]rence|conferencia|konferenz|r[eé]union|reuni[oó]n|riunione|zoom|teams|webex|for|to|für|pour|para|per|voor|is|ist|est|es|è|é|the|de|la|das|number|nr\.?|no\.?|code|meeting|call)){0,4}"
    r"\s{0,2}(?:[:=#>(\-–—]|is|ist|est|es|è|é)?\s{0,2}[\"'“„«`]?(?P<secret>\d{2,4}(?: \d{2,4}){1,3}[#*]?|[#*]?(?=[^\s]{0,20}[\d!$%&*_#@A-Z])[\w!$%&*+=@#-]{3,30})"
)
_ID = re.compile(
    r"(?i:\b(?:meeting|webinar|conference|conf|webex|zoom|teams|besprechungs|r[eé]union|reuni[oó]n|riunione|reuni[aã]o|vergader|conferencia|konferenz|access)[ -]?(?:id|nummer|number|nr|no|code|kennung|kennnummer)?|\bid(?: de| della| da| du| der)?(?: la)?(?: r[eé]union| reuni[oó]n| riunione| reuni[aã]o| besprechung)?)"
    r"\W{1,4}(?P<id>\d{3}[ -]?\d{3,4}[ -]?\d{3,4}(?:[ -]?\d{3})?)(?!\d)"
)


_DIALLED = re.compile(r"\d{4},{1,3}(?P<secret>\d{4,12}#?)")
"""a number to dial with the conference's behind it"""
_DIGIT = re.compile(r"\d\d")
_HOSTS = (
    "zoom",
    "teams.",
    "webex",
    "goto",
    "bluejeans",
    "ringcentral",
    "chime",
    "jit.si",
    "whereby",
    "discord.gg",
    "skype",
    "meet.",
    "facetime",
    "call.whatsapp",
    "signal.link",
    "slack.com/huddle",
    "riverside",
    "doxy.me",
    "pwd=",
    "passcode=",
    "pin=",
    "password=",
    "pw=",
)
"""a link without one of these leads into no meeting that is known"""


_WHY = {
    "closed": "The marked characters lead to it, and the words around them say that it is not for everybody.",
    "room": "The marked characters lead to a room without a passcode, and nothing asks the public to come.",
}


def judge(prepared: Prepared) -> Iterable[Finding]:
    for text in prepared.written:
        found = list(_ways_in(text))
        if not found:
            continue
        open_to_all = _PHRASES["public"].is_in(text) and not _PHRASES["closed"].is_in(text)
        spans = tuple(Span(*place, text.field) for place in dict.fromkeys(place for place, _ in found))
        yield _finding(spans, "public" if open_to_all else found[0][1], open_to_all=open_to_all)


def _ways_in(text: Text) -> Iterator[tuple[tuple[int, int], str]]:
    """Where each secret stands, and the grade."""
    raw = text.raw
    links = [
        link for link in text.entities if link.kind == "link" and any(host in link.text.casefold() for host in _HOSTS)
    ]
    for link in links:
        if (match := _LINK.match(raw, link.start)) and "regist" not in link.text.casefold():
            yield match.span(str(match.lastgroup)), "link"
    if not links and not (_PHRASES["meeting"].is_in(text) and _DIGIT.search(raw)):
        return
    if MEETING.search(raw):
        numbers = [match.span("id") for match in _ID.finditer(raw)]
        yield from ((number, "passcode") for number in numbers if raw[number[1] : number[1] + 1] == "#")
        taken = bytearray(len(raw))
        for first, last in numbers:
            taken[first:last] = b"\x01" * (last - first)
        secrets = [match.span("secret") for match in _PASS.finditer(raw)]
        secrets = [secret for secret in secrets if taken.find(1, *secret) < 0]
        yield from ((place, "passcode") for place in (*secrets, *(numbers if secrets else ())))
    yield from ((match.span("secret"), "passcode") for match in _DIALLED.finditer(raw))
    bare = [match for link in links if (match := _BARE_LINK.match(raw, link.start))]
    if _PHRASES["closed"].is_in(text):
        yield from ((match.span(str(match.lastgroup)), "closed") for match in bare)
        if MEETING.search(raw):
            yield from ((match.span("id"), "closed") for match in _ID.finditer(raw))
    elif bare and not _PHRASES["public"].is_in(text) and not _PHRASES["invites"].is_in(text):
        yield from ((match.span(str(match.lastgroup)), "room") for match in bare if match.lastgroup in _UNLOCKED)


def _finding(spans: tuple[Span, ...], grade: str, *, open_to_all: bool) -> Finding:
    return Finding(
        message="This lets everybody into a meeting.",
        why=_WHY.get(grade, "The marked characters open it: whoever has them needs nothing else."),
        suggestion="If everybody may come, post a registration page instead, and let people in from a waiting room."
        if open_to_all
        else "Take it out, send it to those who are invited, and change the passcode.",
        spans=spans,
        confidence=0.9,
        grade=grade,
    )


CHECK = Check(
    id="private_information/meeting_access",
    title="Way into a meeting",
    judge=judge,
    default_grades=("link", "passcode", "closed", "room", "public"),
    sources=(
        "Zoom, best practices for securing your meetings: https://www.zoom.com/en/products/virtual-meetings/resources/securing-your-meetings/",
        "FBI Boston, warning of teleconferencing hijacking, 30 March 2020",
    ),
)
