"""A user's handle that a script puts into the account's own sentence, where the handle says something vile.

Why: the automatic thank-you repeats what the handle says to everybody who follows the account.
Flag: a welcome or thank-you that opens with a handle made of a slur or an obscenity.
Allow: ordinary handles, handles that contain a rude letter sequence inside an innocent word (@scunthorpe_fc).
"""

from __future__ import annotations

from collections.abc import Iterable

from app.checks.base import Check
from app.checks.matching import words
from app.domain import Entity, Finding, Prepared, Span

# Stems that keep their meaning when glued to other letters; milder or ambiguous ones need word borders (hashtag_reading).
_STEMS = words(
    r"\w*(?:n[i1]+g+[e3a4]+r*|f[a4]gg+[o0]t|k[i1]k[e3]s(?!t)|sp[i1]cs(?!y)|ch[i1]nks?(?!y)|wetback|tr[a4]nny|r[e3]t[a4]rd|c[o0]ons(?!ult|ol|erv|ider|ist|um|tr|tab|pir|ci)|"
    r"fuck|(?<!s)cunt(?!er)|(?<!dic)whore|rap(?:e|ist)(?:s|u|r|my|yo|wo|her|day)|nazi|hitler|kkk(?!k)|gas(?:the)?(?:jews)|(?:kill|hate|gas)\w*(?:jews|blacks|gays|muslims|women|whites)|"
    r"(?:hate|kill|gas|rape)[a-z]*(?:nig+|fag+|jew|muslim|black|gay|women)s?)\w*"
)


def judge(prepared: Prepared) -> Iterable[Finding]:
    bad = [entity for entity in prepared.text.entities_of("mention") if _vile(entity)]
    if bad:
        yield Finding(
            message="A handle in this draft says something vile, and the draft repeats it in your name.",
            why="The marked handle contains a slur or an obscenity.",
            suggestion="Don't address this account; report it, and filter handles before the script uses them.",
            spans=tuple(Span(entity.start, entity.end) for entity in bad),
            confidence=0.95,
        )


def _vile(entity: Entity) -> bool:
    name = entity.text.casefold().lstrip("@").replace("_", "")
    return _STEMS.fullmatch(name) is not None


CHECK = Check(id="automation/inserted_handle", title="Vile handle in the account's own sentence", judge=judge)
