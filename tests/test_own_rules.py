"""A house's own rules: what they find, and that a wrong one is refused by file, line and name before it serves."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.checks.base import Check
from app.checks.own import OwnRules
from app.domain import Account, CheckResult, Draft, Finding, Media, Moment, Prepared, Text, Verdict
from app.engine import decide, run_checks, run_own
from app.errors import BadPolicy
from app.policy import Policy
from app.policy.lines import line_of
from app.service.policies import load_policies
from app.text import read

BUILT_IN = "offensive/contempt"
TOP = f'name = "default"\nversion = 1\n[rules."{BUILT_IN}"]\n'
RIVALS = """
[own."platform_rule/rivals"]
title = "Competitor named"
message = "This names a competitor."
words = ["Initech", "Globex Corp"]
patterns = ['\\bfree\\s+shipping\\b']
except = ["Initech Arena"]
unless = ["in partnership with Initech"]
severity = "high"
mode = "warn"
flag = ["We beat Initech again", "GLOBEX  CORP", "free shipping for all"]
allow = ["See you at the Initech Arena", "Made in partnership with Initech", "initechs", "carefree shipping"]
"""
Load = Callable[..., dict[str, Policy]]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """Writes a default policy with these lines behind its usual ones, and others by name; reads them as a service."""

    def _load(own: str, **others: str) -> dict[str, Policy]:
        (tmp_path / "default.toml").write_text(TOP + own, encoding="utf-8")
        for name, text in others.items():
            (tmp_path / f"{name}.toml").write_text(f'name = "{name}"\nversion = 1\n{text}', encoding="utf-8")
        return load_policies(tmp_path, [BUILT_IN])

    return _load


def _prepared(*texts: Text, language: str = "en", **parts: object) -> Prepared:
    draft = Draft(texts[0].raw, platforms=parts.get("platforms", ("x",)))  # type: ignore[arg-type]
    account = Account(handle="@acme", kind=parts.get("kind", "brand"))  # type: ignore[arg-type]
    return Prepared(draft, account, Moment(datetime.now(UTC)), texts)


def _judge(policy: Policy, text: str, *, language: str = "en", **parts: object) -> Verdict:
    prepared = _prepared(read(text, language=language), **parts)
    return decide(run_own(prepared, OwnRules(policy)), prepared, policy)


def _found(verdict: Verdict, text: str) -> list[str]:
    return [text[span.start : span.end] for warning in verdict.warnings for span in warning.finding.spans]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("We like INITECH, and Globex\n Corp.", ["INITECH", "Globex\n Corp"]),
        (
            "Ｉｎｉｔｅｃｈ and Ínítech and Іnitech",
            ["Ｉｎｉｔｅｃｈ", "Ínítech", "Іnitech"],
        ),  # wide, accents, look-alikes
        ("👍🏽 #Initech 👍🏽 @initech_uk", ["Initech"]),
        ("Free  SHIPPING today", ["Free  SHIPPING"]),
        ("At the Initech Arena we beat Initech", ["Initech"]),
        ("Preinitech, initechs, Globexcorp", []),
        ("In Partnership with initech: Initech rules", []),
    ],
)
def test_words_and_patterns_are_found_however_they_are_spelt(load: Load, text: str, words: list[str]) -> None:
    """Whole words, in any case, width and look-alike letters; the spans are places in the raw text."""
    verdict = _judge(load(RIVALS)["default"], text)
    assert _found(verdict, text) == words
    assert verdict.name == ("warn" if words else "pass")


def test_a_finding_says_what_the_house_wrote_and_repeats_no_word_of_the_draft(load: Load) -> None:
    """Words stand under `spans` alone, where they are masked like any others."""
    (warning,) = _judge(load(RIVALS)["default"], "We beat Initech").warnings
    assert (warning.rule, warning.category, warning.severity) == ("platform_rule/rivals", "platform_rule", "high")
    assert (warning.threshold, warning.finding.confidence) == (1.0, 1.0)
    said = warning.finding
    assert said.message == "This names a competitor."
    assert "nitech" not in f"{said.message} {said.why} {said.suggestion} {dict(said.evidence)}"


def test_all_fields_of_the_draft_are_searched(load: Load) -> None:
    """A title, a tag or an alternative text names a competitor as well as the text does."""
    texts = (read("Hello"), read("Initech", "title"), read("A desk by Globex Corp", "media[0].alt_text"))
    draft = Draft("Hello", title="Initech", media=(Media("image", "A desk by Globex Corp"),))
    prepared = Prepared(draft, Account(), Moment(datetime.now(UTC)), texts)
    policy = load(RIVALS)["default"]
    (warning,) = decide(run_own(prepared, OwnRules(policy)), prepared, policy).warnings
    assert [span.field for span in warning.finding.spans] == ["title", "media[0].alt_text"]


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("C++", "we write c++."),
        ("#ad", "nice #ad"),
        ("🍆", "hot🍆🍆"),
        ("任天堂", "私は任天堂が好き"),
        ("ไทย", "เมืองไทยนี้"),
        ("हिन्दी", "यह हिन्दी है"),
        ("Яндекс", "это ЯНДЕКС!"),
        ("don’t", "we DON'T care"),
    ],
)
def test_words_of_any_script_and_signs_are_found(load: Load, word: str, text: str) -> None:
    """RE2 knows ASCII letters alone; a house need not."""
    rule = _rule(f'words = ["{word}"]\nflag = ["{text}"]\nallow = ["nothing of it"]')
    assert _judge(load(rule)["default"], text).warnings


def test_part_of_a_word_of_another_script_is_no_word(load: Load) -> None:
    """A vowel sign is no gap."""
    rule = _rule('words = ["हि"]\nflag = ["हि"]\nallow = ["हिन्दी"]')
    assert not _judge(load(rule)["default"], "यह हिन्दी है").warnings


def _rule(lines: str, *, name: str = "platform_rule/mine") -> str:
    return f'[own."{name}"]\ntitle = "Mine"\nmessage = "This is mine."\n{lines}\n'


CASES = 'words = ["mine"]\nflag = ["it is mine"]\nallow = ["it is yours"]\n'


def test_a_rule_keeps_to_its_scope(load: Load) -> None:
    """Platform, kind of account, language: elsewhere it finds nothing, and a language it does not know is listed."""
    own = OwnRules(load(_rule(f'{CASES}platforms = ["x"]\nkinds = ["brand"]\nlanguages = ["en"]'))["default"])

    def status(language: str = "en", **parts: object) -> tuple[str, int]:
        (result,) = run_own(_prepared(read("it is mine", language=language), **parts), own)
        return result.status, len(result.findings)

    assert status() == ("ok", 1)
    assert status(platforms=("linkedin", "x")) == ("ok", 1)
    assert status(platforms=("linkedin",)) == ("ok", 0)
    assert status(kind="personal") == ("ok", 0)
    assert status("de") == ("not_assessed", 0)
    assert status("und") == ("ok", 1)


def test_modes_and_allow_lists_count_as_for_any_rule(load: Load) -> None:
    """`observe` records without showing, `off` does not run, an allowed word never counts."""
    default = load(_rule(CASES + 'mode = "observe"'))["default"]
    verdict = _judge(default, "it is mine")
    assert (verdict.name, verdict.warnings, len(verdict.observed)) == ("pass", (), 1)
    off = load(_rule(CASES + 'mode = "off"'))["default"]
    assert _judge(off, "it is mine").results == ()
    allowed = load(_rule(CASES) + '[allow]\n"platform_rule/mine" = ["MINE"]\n')["default"]
    assert _judge(allowed, "it is mine").warnings == ()
    assert _judge(load(_rule(CASES + 'mode = "block"\nseverity = "critical"'))["default"], "mine").name == "block"


def test_another_policy_has_the_rules_of_the_default_and_may_change_them(load: Load) -> None:
    """Switched off, made graver, given other words with the cases they need, or left as they are."""
    studio = '[own."platform_rule/mine"]\nmode = "off"\n'
    house = '[own."platform_rule/mine"]\nseverity = "critical"\nwords = ["mine", "ours"]\n'
    policies = load(_rule(CASES), studio=studio, house=house, plain="")
    warned = {name: _judge(policy, "it is mine").name for name, policy in policies.items()}
    assert warned == {"default": "warn", "studio": "pass", "house": "hold", "plain": "warn"}
    assert _judge(policies["house"], "it is ours").warnings
    assert not _judge(policies["plain"], "it is ours").warnings


def test_a_change_below_changes_the_digest_of_every_policy_above(load: Load) -> None:
    """A check that is made again under the same version tells by its digest that the policy is another."""
    before = load(_rule(CASES), plain="")
    after = load(_rule(CASES.replace('"mine"', '"mine", "ours"')), plain="")
    assert before["default"].label == after["default"].label
    assert {policy.digest for policy in before.values()}.isdisjoint(policy.digest for policy in after.values())


def test_an_own_rule_silences_no_classifier(load: Load) -> None:
    """It knows its own words: what a score says of the rest of the draft is still said."""
    rule = _rule(CASES, name="offensive/mine")
    policy = load(rule)["default"]
    check = Check(BUILT_IN, "Contempt", lambda prepared: [Finding("Contempt.", "", "", fallback=True)])
    prepared = _prepared(read("it is mine"))
    results = run_checks(prepared, [check], policy) + run_own(prepared, OwnRules(policy))
    assert {warning.rule for warning in decide(results, prepared, policy).warnings} == {BUILT_IN, "offensive/mine"}


def test_a_rule_that_breaks_has_failed_and_never_passed(load: Load, monkeypatch: pytest.MonkeyPatch) -> None:
    """As any rule: the reply is degraded."""
    own = OwnRules(policy := load(_rule(CASES))["default"])
    prepared = _prepared(read("it is mine"))
    monkeypatch.setattr(OwnRules, "possible", lambda self, prepared: {}["nothing"])
    results = run_own(prepared, own)
    assert results == (CheckResult("platform_rule/mine", "failed", "KeyError in this rule"),)
    assert decide(results, prepared, policy).degraded


def test_half_a_surrogate_pair_breaks_nothing(load: Load) -> None:
    """RE2 reads UTF-8, where it has no place; spans stay where they are."""
    text = "\ud83d it is mine \ud83d"
    assert _found(_judge(load(_rule(CASES))["default"], text), text) == ["mine"]


# --- refusals ------------------------------------------------------------------------------------------------------

_START = TOP.count("\n")
_HEAD = '[own."platform_rule/mine"]\ntitle = "Mine"\nmessage = "This is mine."\n'
"""lines 4 to 6 of the file"""


@pytest.mark.parametrize(
    ("own", "line", "reason"),
    [
        (_HEAD + CASES + 'colour = "red"', 10, "own.platform_rule/mine.colour: unknown setting"),
        ('[own."gossip/mine"]\n' + CASES, 4, "'gossip' is no category"),
        ('[own."platform_rule"]\n' + CASES, 4, "needs a name behind its category"),
        ('[own."platform_rule/No Such"]\n' + CASES, 4, "needs a name behind its category"),
        (f'[own."{BUILT_IN}"]\n{CASES}', 4, "is the name of a rule that there is already"),
        (_HEAD + CASES + 'platforms = [\n  "x",\n  "myspace",\n]', 12, "platforms #2: 'myspace' is not one of x,"),
        (_HEAD + CASES + 'kinds = ["brand", "robot"]', 10, "kinds #2: 'robot' is not one of brand"),
        (_HEAD + CASES + "kinds = []", 10, "must be a list that names one or several"),
        (_HEAD + CASES + 'languages = ["English"]', 10, "must be a list of ISO 639 codes"),
        (_HEAD + CASES + "patterns = [\n 'fine',\n # bad:\n '(',\n]", 13, "patterns #2: does not compile: missing )"),
        (_HEAD + CASES + "patterns = ['(?=look)']", 10, "does not compile: invalid perl operator"),
        (_HEAD + CASES + "patterns = ['[\\p{L}]{100}x']", 10, "patterns #1: is too costly"),
        (_HEAD + CASES + f"patterns = ['{'x' * 2001}']", 10, "is longer than 2,000 characters"),
        (_HEAD + CASES + "patterns = ['x*']", 10, "matches the empty text, and so every draft"),
        (_HEAD + CASES + "patterns = ['.+']", 10, "matches ordinary words, and so every draft"),
        (_HEAD + CASES + r"patterns = ['\b']", 10, "matches ordinary words, and so every draft"),
        (_HEAD + CASES + "patterns = ['café']", 10, "holds 'é', which is read as 'e'"),
        (_HEAD + 'words = ["mine"]\nallow = ["yours"]', 4, "has no flag cases"),
        (_HEAD + 'words = ["mine"]\nflag = ["mine"]', 4, "has no allow cases"),
        (_HEAD + 'words = ["mine"]\nflag = ["mine"]\nallow = []', 9, "has no allow cases"),
        (_HEAD + 'flag = ["mine"]\nallow = ["yours"]', 4, "has neither words nor patterns"),
        (_HEAD + 'words = ["mine"]\nflag = [\n"mine",\n"yours"]\nallow = ["x"]', 10, "flag #2: finds nothing"),
        (_HEAD + 'words = ["mine"]\nflag = ["mine"]\nallow = ["x",\n\n"MINE"]', 11, "allow #2: flags this case"),
        (_HEAD + CASES + 'title = "Again"', 10, "Cannot overwrite a value"),
        (_HEAD + CASES + _HEAD + CASES, 10, "twice"),
        (_HEAD + 'words = ["mine\nflag = []', 7, "Illegal character"),
        (_HEAD + CASES + "mode", 10, "Expected '='"),
        (_HEAD + CASES + "[", 10, "Invalid"),
        (_HEAD + CASES + 'mode = "loud"', 10, "mode: 'loud' is not one of off"),
        (_HEAD + CASES + "severity = { default = 'high' }", 10, "severity: {'default': 'high'} is not one of low"),
        (_HEAD + 'words = "mine"\n', 7, "words: must be a list of words"),
        (_HEAD + 'words = ["mine",\n 7]\n', 8, "words #2: must be words in quotation marks"),
        (_HEAD + 'words = ["mine",\n " "]\n', 8, "words #2: must be words in quotation marks"),
        (_HEAD + CASES.replace('["mine"]', '["mine",\n"\u200b"]'), 8, "words #2: holds nothing that could stand"),
        (_HEAD + CASES + 'message = ""', 10, "Cannot overwrite a value"),
        ('[own."platform_rule/mine"]\ntitle = 5\n', 5, "title: must be words in quotation marks"),
        ('[own."platform_rule/mine"]\ntitle = "Mine"\n' + CASES, 4, "has no message"),
        ('[own]\n"platform_rule/mine" = 5', 5, "own.platform_rule/mine: must be a table"),
        ('[[own."platform_rule/mine"]]\n' + CASES, 4, "own.platform_rule/mine: must be a table"),
        (f"[own.\"platform_rule/mine\"]\nwords = {['w'] * 1001}", 5, "holds 1,001: at most 1,000 are taken"),
        (f"[own.\"platform_rule/mine\"]\npatterns = {['w'] * 51}", 5, "holds 51: at most 50 are taken"),
        (f'[own."platform_rule/mine"]\nwords = ["{"w" * 201}"]', 5, "is longer than 200 characters"),
        (_HEAD + CASES + '[allow]\n"platform_rule/mind" = ["x"]', 11, "allow.platform_rule/mind: no such rule"),
        (_HEAD + CASES + '[rules."platform_rule/mine"]\nmode = "off"', 10, "its mode stands under [own]"),
        (f'[rules."{BUILT_IN}x"]\nmode = "off"', 4, "no such rule"),
        (f'[rules."{BUILT_IN}".kinds.robot]\nmode = "off"', 4, "'robot' is not one of brand"),
        (f'[rules."{BUILT_IN}".kinds.brand]\nmode = 3', 5, "kinds.brand.mode: 3 is not one of off"),
        ("[[own]]", 4, "own: must be a table"),
    ],
)  # fmt: skip
def test_a_wrong_rule_is_refused_with_its_line(load: Load, own: str, line: int, reason: str) -> None:
    """Whoever wrote it finds the place without counting."""
    with pytest.raises(BadPolicy) as refused:
        load(own)
    assert refused.value.detail.startswith(f"default.toml:{line}: "), refused.value.detail
    assert reason in refused.value.detail


def test_a_case_that_another_policys_change_breaks_is_refused_there(load: Load) -> None:
    """The case stands in the default's file; what broke it, and its line, in the other one."""
    with pytest.raises(BadPolicy, match=r"studio\.toml:4: own\.platform_rule/mine\.flag #1: finds nothing"):
        load(_rule(CASES), studio='\n[own."platform_rule/mine"]\nwords = ["ours"]\n')


def test_too_many_rules_or_patterns_are_refused_with_the_line_of_the_first_too_many(load: Load) -> None:
    """Those of the policy below count."""
    own = "".join(_rule(CASES, name=f"platform_rule/r{number}") for number in range(500))
    lines = _rule(CASES).count("\n")
    with pytest.raises(BadPolicy, match=rf"default\.toml:{_START + 1 + 500 * lines}: .*one too many: at most 500"):
        load(own + _rule(CASES))
    with pytest.raises(BadPolicy, match=r"studio\.toml:3: .*one too many"):
        load(own, studio=_rule(CASES))
    many = "".join(_rule(f"{CASES}patterns = {['w'] * 50}", name=f"platform_rule/r{number}") for number in range(21))
    with pytest.raises(BadPolicy, match=rf"default\.toml:{_START + 1 + 20 * lines}: .*one pattern too many"):
        load(many)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b'name = "d"\nversion = 1\nallow = "\xff"', r"default\.toml:3: is not UTF-8"),
        (b"x = " + b"[" * 20_000, r"default\.toml: can't be read"),
        (b"version = 1" + b"0" * 5_000, r"default\.toml: can't be read"),
        (b"#" * 1_000_001, "is longer than 1,000,000 bytes"),
        (b"", "default.toml: has no name"),
        (b'name = "d"', "default.toml: has no version"),
        (b'name = "d"\nversion = true', r"default\.toml:2: version: must be a whole number"),
        (b'name = "d"\nversion = 1', f"default.toml: rules.{BUILT_IN}: no entry for this rule"),
        (b'name = "d"\nversion = 1\nrules = 1979-05-27', r"default\.toml:3: rules: must be a table"),
    ],
)
def test_a_file_that_is_no_policy_is_refused(tmp_path: Path, raw: bytes, reason: str) -> None:
    """Half of one, a picture, a bomb."""
    (tmp_path / "default.toml").write_bytes(raw)
    with pytest.raises(BadPolicy, match=reason):
        load_policies(tmp_path, [BUILT_IN])


def test_what_an_editor_leaves_beside_a_file_is_no_policy(load: Load, tmp_path: Path) -> None:
    """Emacs makes a link to nowhere, under a hidden name, while a file is open."""
    (tmp_path / ".#default.toml").symlink_to("me@host:1")
    assert list(load("")) == ["default"]
    (tmp_path / "folder.toml").mkdir()
    with pytest.raises(BadPolicy, match=r"folder\.toml: can't be read: Is a directory"):
        load("")


def test_a_mark_of_byte_order_is_no_mistake(tmp_path: Path) -> None:
    """Windows editors write one."""
    (tmp_path / "default.toml").write_text(TOP, encoding="utf-8-sig")
    assert load_policies(tmp_path, [BUILT_IN])["default"].version == 1


_NAMES = st.sampled_from(["name", "own", "rules", "allow", "platform_rule/mine", BUILT_IN, "words", "flag", "kinds",
                          "mode", "severity", "threshold", "terms", "title", "languages", "patterns"])  # fmt: skip
_VALUES = st.recursive(
    st.one_of(st.text(max_size=4), st.integers(-2, 2), st.booleans(), st.floats(), st.just("2020-01-01")),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_NAMES, inner, max_size=3),
    max_leaves=12,
)


def _written(value: object) -> str:
    """As TOML, on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f'"{key}" = {_written(item)}' for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_written, value)) + "]"
    if isinstance(value, str):
        return '"' + "".join(f"\\U{ord(char):08X}" for char in value if not "\ud800" <= char <= "\udfff") + '"'
    return str(value).lower()


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.sampled_from(["own", "rules", "allow", "unassessed", "store_text"]), _VALUES))
def test_whatever_stands_in_a_policy_it_is_taken_or_refused(tmp_path_factory: pytest.TempPathFactory, table) -> None:
    """Nothing else may come of a wrong file: a running service reads it."""
    folder = tmp_path_factory.mktemp("policy")
    lines = 'name = "default"\nversion = 1\n' + "\n".join(f"{key} = {_written(table[key])}" for key in table)
    (folder / "default.toml").write_text(lines, encoding="utf-8")
    with suppress(BadPolicy):
        load_policies(folder, [BUILT_IN])


_DOCUMENT = '''# a comment with [own] and a = 1
a = "x # no comment" # one
"b.c" = [ 1, # one
  "]", """two
lines ] # [""",
  \'\'\'three \'\' [
\'\'\' , { d = [ "}" ], e = 2 } ]
f.g = { h = { i = 1 }, j = [
    [ 2 ],
] }

  [ k . "l\\"m" ]
n = 1_000
o = \'C:\\[\'
[[p]]
q = 1979-05-27T07:32:00Z
r = """\\"""" # "
[p.s]
t = inf'''
_PLACES = [
    (("a",), 2), (("b.c",), 3), (("b.c", 0), 3), (("b.c", 1), 4), (("b.c", 2), 4), (("b.c", 3), 6), (("b.c", 4), 7),
    (("b.c", 4, "d", 0), 7), (("b.c", 4, "e"), 7), (("f",), 8), (("f", "g", "h", "i"), 8), (("f", "g", "j"), 8),
    (("f", "g", "j", 0, 0), 9), (("k", 'l"m'), 12), (("k", 'l"m', "n"), 13), (("k", 'l"m', "o"), 14), (("p",), 15),
    (("p", "q"), 16), (("p", "r"), 17), (("p", "s", "t"), 19), (("k", 'l"m', "absent", 3), 12), (("absent",), None),
]  # fmt: skip


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_line_is_told_whatever_stands_around_it(newline: str) -> None:
    """Brackets and signs in strings and comments mislead nobody."""
    document = _DOCUMENT.replace("\n", newline)
    assert [(path, line_of(document, path)) for path, _ in _PLACES] == _PLACES


# --- cost ----------------------------------------------------------------------------------------------------------


def _many(count: int) -> Iterator[str]:
    for number in range(count):
        lines = f'words = ["zyx{number}", "two words{number}"]\npatterns = [\'\\bab{number}\\s+cd\\b\']\n'
        yield _rule(f'{lines}flag = ["zyx{number}"]\nallow = ["x"]', name=f"platform_rule/r{number}")


def test_hundreds_of_rules_cost_an_ordinary_draft_next_to_nothing(load: Load) -> None:
    """0.13 ms were measured for three hundred; the limit leaves room for a slow machine."""
    own = OwnRules(load("".join(_many(300)))["default"])
    prepared = _prepared(read("Our new boots are here, come and see them in Leeds on Saturday from nine. " * 3))
    run_own(prepared, own)
    best = min(_seconds(lambda: run_own(prepared, own)) for _ in range(20))
    assert best < 0.001


def test_a_draft_of_nothing_but_their_words_ends_soon(load: Load) -> None:
    """The longest draft there may be, in which every rule finds as much as it may."""
    own = OwnRules(load("".join(_many(300)))["default"])
    words = " ".join(f"zyx{number}" for number in range(300))
    prepared = _prepared(read((words + " é ") * (100_000 // len(words))))
    assert _seconds(lambda: run_own(prepared, own)) < 10


@pytest.mark.parametrize("pattern", [r"(x+x+)+y", r"(a|aa)+$", r"a.{600}c", r"(.*)(.*)(.*)z"])
def test_no_pattern_hangs_a_check(load: Load, pattern: str) -> None:
    """Where another engine would try until the end of days."""
    rule = _rule(f"patterns = ['{pattern}']\nwords = ['mine']\nflag = ['mine']\nallow = ['b']")
    own = OwnRules(load(rule)["default"])
    prepared = _prepared(read("ax" * 50_000))
    assert _seconds(lambda: run_own(prepared, own)) < 5


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def test_the_example_of_the_operating_guide_holds(tmp_path: Path) -> None:
    """Prevents an example that is refused when it is pasted."""
    guide = (Path(__file__).parents[1] / "docs" / "operating.md").read_text(encoding="utf-8")
    section = guide[guide.index("### Own rules") :]
    example = re.search(r"```toml\n(.+?)```", section, re.DOTALL)
    assert example
    (tmp_path / "default.toml").write_text(TOP + example[1], encoding="utf-8")
    policy = load_policies(tmp_path, [BUILT_IN])["default"]
    assert _judge(policy, "We beat Initech again").warnings
