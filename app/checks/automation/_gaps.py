"""The forms of what a template leaves to be filled in: merge fields, brackets, words, letters and signs, empty values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from ahocorasick_rs import AhoCorasick

from app.checks.matching import find_raw
from app.checks.wordlists import load_patterns
from app.domain import Span, Text

_GAPS = (
    r"(?:name|vorname|nachname|anrede|pr[eé]nom|nom|nombre|apellido|nome|sobrenome|cognome|title|titel|company|firma|entreprise|empresa"
    r"|azienda|email|phone|link|url|date|datum|fecha|data|time|city|ort|ville|ciudad|location|address|venue|store|event|product|produkt"
    r"|producto|produit|brand|account|user(?:name)?|customer|client|recipient|contact|sender|agent|order|number|id|code|handle|price|amount"
    r"|first ?name|last ?name|full ?name|f_?name|l_?name)"
)
_FIELDS = {
    "{": re.compile(
        r"\{\{(?!\{? ?\(*hugs?)\{?[#/^&!>=~-]?\s*(?:[A-Za-z_]|\[)[^{}\n]{0,80}\}\}\}?|\{%-?\s*\w[^%\n]{0,60}%\}|[$#]\{[A-Za-z_][\w.]{0,40}\}|\{![$A-Za-z][\w.]{1,60}\}|\{(?i:insert|add|your|enter) [^{}\n]{2,40}\}"
        rf"|(?i:(?<![\w{{])\{{(?:(?:first|last|full|user|customer|company|brand|product|city|client|your|recipient|order|event|store|the)[_ .-]?)?{_GAPS}\}}(?![\w}}]))"
        r"|(?<![\w{])\{(?:[a-z]{2,20}(?:_[a-z]{2,20}){1,4}|[a-z]{2,20}(?:[A-Z][a-z]{1,20}){1,4}|[A-Z]{2,20}(?:_[A-Z]{2,20}){1,4}|\d)\}(?![\w}])"
    ),
    "|": re.compile(r"(?<![\w{$])\{[^{}|\n]{1,40}(?:\|[^{}|\n]{0,40}){1,8}\}"),
    "%": re.compile(
        r"(?<![\w%])%%?[A-Z]{2,30}(?:[_. ][A-Z]{2,30}){0,3}%%?(?!\w)|(?<![\w%])%%?[a-z]+(?:[_.][a-z]+|[A-Z][a-z]+){1,4}%%?(?!\w)"
        r"|(?<![\w%])(?<!\d )%(?:\d{1,2}\$)?[sd@](?![\w@])|%7B%7B|%7B\w{2,30}%7D|<%[=-]?[^%\n]{1,60}%>"
    ),
    "*|": re.compile(r"\*\|[A-Z_:0-9]{2,40}\|\*"),
    "<<": re.compile(rf"(?i:<<\s*(?:{_GAPS}|\w+_\w+)\s*>>)|<<\s*[A-Z][a-z]+(?:[A-Z][a-z]+)+\s*>>"),
    "«": re.compile(rf"(?i:«\s*(?:{_GAPS}|\w+_\w+)\s*»)"),
    "[[": re.compile(rf"(?i:\[\[\s*(?:{_GAPS}|\w+_\w+)\s*\]\])"),
    "@@": re.compile(r"@@[A-Za-z_]{3,30}@@"),
    "##": re.compile(r"##[A-Z_]{3,30}##"),
    "$": re.compile(
        r"(?<!\w)\$(?:[A-Z]{2,20}(?:_[A-Z]{2,20}){1,3}\$?|(?:first|last|user|customer|order|company)(?:_[a-z]+|[A-Z][a-z]+)|[A-Z]{4,20}\$)(?!\w)"
    ),
}
"""merge fields, each with a sign without which it can't be there"""
_BRACKET = re.compile(
    r"[\[<(](?:please )?(?:insert|add|enter|paste|put|your|customer'?s?|client|company|first|last|full|surname|salutation|title|forename|recipient'?s?|user'?s?|brand|product"
    r"|event|city|country|region|name|date|day|month|year|time|link|url|image|photo|picture|location|venue|handle|hashtags?|phone|placeholder"
    r"|number|amount|price|percentage|role|job title|job|department|speaker|topic|theme|store|school|partner|sponsor|organi[sz]ation|team"
    r"|guest|winner|artist|author|host|band|film|song|album|book|headline|tagline|cta|call to action|quote|emoji|logo|copy|caption|text|tbc|tbd|tba|tk|xx+|_{2,}"
    r"|vorname|nachname|datum|uhrzeit|ort|firma|firmenname|produkt|produktname|ihr|dein|bitte|hier|bild|foto|pr[eé]nom|nom|votre|ville|ins[eé]rer"
    r"|ajouter|lien|heure|lieu|nombre|tu|su|fecha|hora|lugar|enlace|insertar|a[nñ]adir|empresa|ciudad|producto|nome|cognome|inserire|inserisci|inserir"
    r"|seu|sua|cidade|citt[aà])\b"
    r"(?: (?:name|here|link|url|date|time|city|handle|company|brand|product|number|title|image|photo|picture|logo|hashtags?|details"
    r"|location|venue|text|copy|code|event|account|store|website|web ?site|phone|e-?mail|address|service|price|amount|offer|role|position|topic|team"
    r"|school|region|country|organi[sz]ation|quote|emoji|caption|headline|cta|x|to come|tbc|tbd|the|a|an|your|of|our|from|and|customer|client|speaker"
    r"|guest|partner|first|last|full|sponsor|winner|discount|percentage|einf[uü]gen|erg[aä]nzen|hier|den|das|die|name|bild|firma|produkt|le|la|l'|de"
    r"|du|nom|lien|ici|entreprise|ville|votre|el|aqu[ií]|tu|su|nombre|empresa|enlace|il|qui|nome|azienda|aqui|o|do|da)){0,4}[\])>]",
    re.IGNORECASE,
)
_NOUNS = (
    r"(?:names?|links?|urls?|dates?|times?|hours|titles?|locations?|venues?|codes?|numbers?|address|price|amounts?|handles?|hashtags?|logo|photo|image|quote|stat(?:istic)?s?"
    r"|company|brand|product|speaker|customer|client|city|town|sponsors?|partners?|department|position|role|topic|details|cta|emoji|nombre|enlace|fecha|producto|nom|lien|lieu|produit"
    r"|nome|prodotto|produto|vorname|nachname|datum|uhrzeit|ort|produkt)"
)
_NAMED_GAP = re.compile(
    rf"\[(?:[\w'’/-]+ ){{1,4}}{_NOUNS}\]|\[{_NOUNS} (?:of|for|del|de la|de|du|des|della?|do|da|der|des) [^\[\]\n]{{2,40}}\]|\[(?:hours|vorname nachname|winner'?s? name)\]"
    rf"|[\[<]insert [^\[\]<>\n]{{2,60}}[\]>]|[\[<](?:add|enter|paste|put) (?:an? |the |your |our )[^\[\]<>\n]{{2,60}}[\]>]|\[(?:donor|member|attendee|employee|volunteer|staff member|candidate)\]"
    rf"|<(?:[\w'’-]+ ){{0,3}}(?:name|link|url|date|code|title|company|product|city|venue|handle)>",
    re.IGNORECASE,
)
_CONSTANT = re.compile(
    r"(?<![\w#@/])(?:[A-Z]{3,20}_HERE|(?:[A-Z]{2,20}_){1,3}(?:NAME|LINK|URL|DATE|TITLE|CODE|HANDLE|CITY|TIME|PRICE))(?!\w)"
)
_PHRASES = load_patterns(Path(__file__).with_name("lists") / "placeholder.txt")
_GAP_WORDS, _SHOUTED = _PHRASES["gap"], _PHRASES["shouted"]
_TAGGED = re.compile(
    r"@(?:your|client|brand|company|partner|their|user)_?(?:handle|name|username)(?:_?here)?\b|@(?:xx+|tbc|tbd|tba|insert\w+)(?!\w)"
    r"|#(?:(?:insert|add|your|brand|campaign|client|event)_?hashtag(?:_?here)?|xxx?x?)(?!\w)",
    re.IGNORECASE,
)
_UNITS = (
    r"(?:am|pm|a\.m|p\.m|h|Uhr|o'clock|%|percent|per cent|Prozent|pour cent|por ciento|people|guests|members|customers|attendees|participants|places|spots|seats|tickets"
    r"|countries|cities|stores|hours?|minutes|mins|days|weeks|months|miles|km|kg|pounds|euros?|dollars|grand|million|billion|points|votes|entries|views|followers|employees"
    r"|Teilnehmer\w*|Personen|Euro|Stunden|Tage|Minuten|Pl[aä]tze|personnes|places|jours|heures|minutes|personas|plazas|d[ií]as|horas|entradas"
    r"|January|February|March|April|May|June|July|August|September|October|November|December|Januar|Februar|M[aä]rz|Mai|Juni|Juli|Oktober|Dezember"
    r"|janvier|f[eé]vrier|mars|avril|juin|juillet|ao[uû]t|septembre|octobre|novembre|d[eé]cembre|de (?:enero|febrero|marzo|abril|mayo|junio|julio|agosto"
    r"|septiembre|octubre|noviembre|diciembre))"
)
_LETTERS = re.compile(
    rf"(?<![\w.])(?:XX+|xx)(?=(?:\.|th)? ?{_UNITS}(?!\w))|(?<!Bowl )(?<!iglo )(?<![\w.])XX+(?= \d{{4}}(?!\w))|(?<!\w)[Xx]{{1,3}} ?%(?!\w)|(?<!\w)[£€]X{{1,4}}(?!\w)|[£€$] ?TB[CDA](?!\w)|(?<!\w)\$XX{{1,3}}(?!\w)"
    r"|\$X(?= (?:off|per|a month|million|billion)\b)|(?<!\w)X{1,3} ?(?:€|£|EUR|GBP|USD)(?!\w)|(?<!\w)[Xx]{2}[:./h][Xx]{2}(?:[./][Xx]{2,4})?(?!\w)"
    r"|(?<!\w)(?:DD|MM|TT|JJ|dd|tt)[./-](?:MM|DD|mm)(?:[./-](?:YYYY|YY|JJJJ|AAAA|yyyy|yy))?(?!\w)|(?<!\w)(?:HH:MM|hh:mm)(?!\w)"
    r"|(?<!\w)(?:[Nn]ame|[Nn]umber|[Pp]age|[Gg]ate|[Ss]tand|[Bb]ooth|[Hh]all) X{3}(?!\w)"
    r"|(?<!\w)(?:CEO|[Dd]irector|[Cc]hair(?:wo)?man|[Mm]inister|[Mm]ayor|[Pp]resident|[Ss]peaker|[Gg]uest|[Ss]ponsor|[Cc]oach|Mr|Mrs|Ms|Dr|Herr|Frau) X{2,4}(?!\w)"
)
_RULED = re.compile(
    r"\b(?:Dear|Hi|Hello|Hey|Hallo|Bonjour|Hola|on|at|by|call|until|from|before|in room|location:|venue:|date:|time:|where:|when:|link:|name:) ?_{3,}(?=[\s,.!:;)]|$)"
    r"|[£$€]_{2,}|(?<!\w)_{2,}(?= ?(?:%|am\b|pm\b|euros?\b))|\bTB[CDA]_{1,}|(?<!\w)_{2,}[/.]_{2,}(?:[/.]_{2,})?",
    re.IGNORECASE,
)
_NOUN = (
    r"(?:TITLE|AUTHOR|NAME|VENUE|SPEAKER|ARTIST|OPPONENT|HOME TEAM|AWAY TEAM|PLAYER|PRODUCT|CITY|COMPANY|BRAND|DATE|PRICE|AMOUNT|LOCATION|PLACE|DAY|TIME|TEAM|SCORE|EVENT|GUEST|HOST|SPONSOR"
    r"|TITEL|AUTOR(?:IN)?|ORT|DATUM|UHRZEIT|NOMBRE|FECHA|LUGAR|HORA|AUTEUR|LIEU|HEURE|TITOLO|AUTORE|LUOGO)"
)
_ANY_NOUN = AhoCorasick(re.findall(r"[A-Z]{3,}", _NOUN.replace("(?:IN)?", "")))
_NOUNS_IN_ROW = re.compile(
    rf"(?<![\w#@]){_NOUN},? (?:\d+[/–-]\d+ )?(?:by|at|with|vs?\.?|on|from|in|for|and|against|von|am|um|mit|de|por|en|par|à|di|da|il|alle)? ?{_NOUN}(?![\w!])"
)
"""`TITLE by AUTHOR`: two of a template's nouns, in a text that isn't all in capitals"""
_PUZZLE = re.compile(
    r"\b(?:fill|blanks?|complete|finish|guess|missing|hangman|caption this|lückentext|compl[eé]t\w+|complet\w+)\b", re.I
)
_VALUE = re.compile(
    r"\[object \w+\]|(?<!\w)#(?:REF!|N/A|VALUE!|NAME\?|DIV/0!|NUM!|NULL!)|(?<!\w)(?:[£$€]\s?(?:NaN|nan|undefined|null|None)|(?:NaN|undefined|null)\s?(?:%|€|£|USD|EUR))(?!\w)"
    r"|\bNaN(?= (?:days?|hours?|minutes|people|tickets|points|left|off|years?|miles|km|of)\b)"
    r"|\b(?i:hi|hello|hey|dear|hallo|liebe[rs]?|bonjour|cher|ch[eè]re|hola|querid[oa]|estimad[oa]|ciao|caro|cara|ol[aá]|welcome|thanks|thank you|happy birthday|congratulations|congrats|merci|danke|gracias|grazie|obrigad[oa]),? (?:undefined|null|NULL|NaN|None|Null|Undefined|nil)(?=\s*(?:[,.!?:;–-]|$|\n))"
    r"|\b(?:in|at|on|from|by|with|for|of|to|is|are|only|just|until|your|our|the|and|near|für|in|am|bei|chez|à|en|para|por) (?:undefined|null|NULL|NaN)"
    r"(?=\s*(?:[.,!?;:)]|$|\n)|\s+(?:off|at|on|by|from|until|and(?! void)|for|with|tickets|left|people|days|hours|points|am|um|et|y|le)\b)"
    r"|\b(?i:welcom(?:e|es|ed|ing)|meet|thank|thanks to|congratulat(?:e|es|ions to)|introduc(?:e|es|ing)|join(?:s|ed)?|celebrat(?:e|es|ing)|presents?|featur(?:es|ing)|starring|mit|von|avec|con) (?:undefined|null|NaN)"
    r"(?= (?:to|as|for|on|at|in|from|who|and|with|this|back|zu|als|auf|dans|comme|al?|como)\b)"
    r"|(?:\A|(?<=[.!?,:] )|(?<=\n))(?:[Uu]ndefined|NaN)(?= (?:is|was|has|will|brings|joins|joined|wins|won|scores|scored|says|said|plays|takes|leads|and)\b)"
    r"|\bundefined(?=\s(?:undefined|null|NaN|off|left|days|tickets|people)\b)|(?<=: )(?:undefined|null|NaN)(?=\s*(?:$|\n|[.,|]))"
)
_EMPTY = re.compile(
    r"(?:\A|\n)\s*(?:Hi|Hello|Hey|Dear|Hallo|Liebe[rs]?|Hola|Ciao|Welcome|Happy birthday|Thanks|Thank you|Congratulations) (?:,|!(?=\s*\w))(?!\w)"
)
_LINK = re.compile(
    r"\bhttps?://(?:www\.)?(?:(?:your|client|company)-?(?:site|website|domain|link|brand)(?:here)?\.|example\.(?:com|org|net)/(?:link|xxx|your)|link\.here|xxx+\.|tbc\b|insert)\S*"
    r"|\bhttps?://\s*(?=$|\n|[)\]])|\bbit\.ly/(?:xxx+|tbc|link)\b"
)
_BRACKETS = re.compile(r"[\[<(]")
_LETTER_SIGNS = (
    "xx",
    "x%",
    "x %",
    "x€",
    "x €",
    "£x",
    "€x",
    "$x",
    "tbc",
    "tbd",
    "tba",
    "dd/",
    "mm/",
    "dd.",
    "tt.",
    "dd-",
    "mm/dd",
    "hh:",
)
_VALUE_SIGNS = ("[object", "#ref", "#n/a", "#value", "#name", "#div", "#num", "#null")
_VALUE_BEGINNINGS = frozenset({"und", "nul", "nan", "non", "nil"})
_LABEL = re.compile(
    r"[\[<(](?:team|photo|image|picture|quote|link|url|school|store|job|topic|theme|region|event|price|text|copy|caption|headline|month|year|day|emoji|bild|foto)[\])>]",
    re.IGNORECASE,
)
"""one word in brackets that heads a line or a link as often as it stands for a gap"""
_GREETED = re.compile(r"(?:dear|hi|hello|hey|hallo|liebe[rs]?|bonjour|hola|ciao|ol[aá]) ", re.IGNORECASE)
_TO = re.compile(r"\b(?:of|to|by|for|from|with|dear|hi|hello|thank|thanks|meet|congratulate) \Z", re.IGNORECASE)
_ORDER = re.compile(r"\b(?:insert|add|enter|your|xx|tb[cda])", re.IGNORECASE)


def found(text: Text) -> Iterator[tuple[str, Span, float]]:
    """Grade, place and confidence of what was never filled in; each search is made only where its sign occurs."""
    raw, folded = text.raw, text.folded.text
    for sign, pattern in _FIELDS.items():
        if sign in raw:
            yield from (("field", span, 0.95) for span, _ in find_raw(pattern, [text]))
    if _BRACKETS.search(raw):
        yield from (("bracket", span, _sure(span, raw)) for span, _ in find_raw(_BRACKET, [text]))
    if "[" in raw or "<" in raw:
        named = ((span, match[0]) for span, match in find_raw(_NAMED_GAP, [text]) if not _BRACKET.match(match[0]))
        yield from (
            ("bracket", span, 0.6 if _heads(span, raw) and not _ORDER.search(words) else 0.9) for span, words in named
        )
    if "_" in raw:
        yield from (("words", span, 0.95) for span, _ in find_raw(_CONSTANT, [text]))
    yield from (("words", span, 0.95) for span in _in_words(text))
    if _ANY_NOUN.find_matches_as_indexes(raw) and (rows := _nouns_in_row(raw)):
        yield from (("words", Span(*row, text.field), 0.85) for row in rows)
    if any(sign in folded for sign in _LETTER_SIGNS):
        yield from (("words", span, 0.9) for span, _ in find_raw(_LETTERS, [text]))
    if "__" in raw and not _PUZZLE.search(raw):
        yield from (("words", span, 0.85) for span, _ in find_raw(_RULED, [text]))
    if "://" in raw or "bit.ly" in raw:
        yield from (("words", span, 0.9) for span, _ in find_raw(_LINK, [text]))
    yield from (("value", span, sure) for span, sure in _values(text))


def _nouns_in_row(raw: str) -> list[tuple[int, int]]:
    found = [match.span() for match in _NOUNS_IN_ROW.finditer(raw)]
    return found if found and sum(map(str.islower, raw)) > 2 * sum(map(str.isupper, raw)) else []


def _in_words(text: Text) -> Iterator[Span]:
    yield from _GAP_WORDS.find(text)
    for span in _SHOUTED.find(text):
        words = text.raw[span.start : span.end]
        if (words.endswith("TODO") and _is_set_off(span, text)) or (words != "TODO" and _is_shouted(words, text)):
            yield span
    if "@" in text.raw or "#" in text.raw:
        yield from (span for span, _ in find_raw(_TAGGED, [text]))


def _is_shouted(words: str, text: Text) -> bool:
    """In capitals behind a greeting; longer gaps are as a whole, in a text that isn't."""
    if _GREETED.match(words) or "_" in words:
        return words.rpartition(" ")[2].isupper()
    return words.isupper() and sum(map(str.islower, text.raw)) > len(words)


def _is_set_off(todo: Span, text: Text) -> bool:
    """In Spanish the word is “everything”, in capitals too: a note begins a line or a bracket."""
    return not text.raw[: todo.start].rstrip(" ") or text.raw[: todo.start].rstrip(" ")[-1] in "\n[(/#"


def _values(text: Text) -> Iterator[tuple[Span, float]]:
    raw, folded = text.raw, text.folded.text
    if " ," in raw or " !" in raw:
        yield from ((span, 0.75) for span, _ in find_raw(_EMPTY, [text]))
    begun = text.openings is None or not _VALUE_BEGINNINGS.isdisjoint(text.openings)
    if begun or any(sign in folded for sign in _VALUE_SIGNS):
        for span, match in find_raw(_VALUE, [text]):
            if text.language != "de" or "null" not in match[0].lower():  # in German it is a number
                yield span, 0.9


def _sure(span: Span, raw: str) -> float:
    """Round brackets hold real asides as well, `(link)`, and one word may head a line, `[Team]`."""
    words = raw[span.start : span.end]
    if words.startswith("("):
        named = words.casefold() == "(name)" and _TO.search(raw[: span.start]) is not None
        return 0.8 if named or _ORDER.search(words) else 0.6
    return 0.6 if _heads(span, raw) and _LABEL.fullmatch(words) else 0.95


def _heads(span: Span, raw: str) -> bool:
    """Whether it begins a line, as the label of a link or a picture does."""
    before = raw[: span.start].rstrip(" ")
    return not before or before.endswith("\n")
