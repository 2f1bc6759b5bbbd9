"""prepost evaluate, compare, retrain and tune: what the analysts' loop prints and writes, and what it refuses."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Callable
from itertools import count, islice
from pathlib import Path
from typing import Any

import pytest

from app.training.promote import make_current
from app.training.split import is_held_out
from app.training.train import SEED
from tests.tiny_models import ENCODER, onnx, write_encoder, write_tiny

Run = Callable[..., Any]
_LABELLED = [
    ("Our boots are on sale, you walnut", {"insult": 1, "promotional": 1}),
    ("Our boots are on sale today", {"insult": 0, "promotional": 1}),
    ("You absolute walnut, go home", {"insult": 1, "promotional": 0}),
    ("Good morning to all of you", {"insult": 0, "promotional": 0}),
]


def _families(*, held_out: bool) -> list[str]:
    """Four names that the hash puts on one side of the split."""
    names = (f"family-{number}" for number in count())
    return list(islice((name for name in names if is_held_out(f"own:{name}", seed=SEED) == held_out), 4))


def _lines(rows: list[Any]) -> str:
    return "".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows)


@pytest.fixture(autouse=True)
def labels(tmp_path: Path) -> Path:
    """Where the commands look for our own drafts: four that are frozen, four to learn from."""
    folder = tmp_path / "data" / "labels"
    folder.mkdir(parents=True)
    rows = [
        {"text": f"{text}{ending}", "labels": said, "family": family}
        for held_out, ending in ((True, "."), (False, "!"))
        for (text, said), family in zip(_LABELLED, _families(held_out=held_out), strict=True)
    ]
    (folder / "drafts.jsonl").write_text(_lines(rows))
    return folder


@pytest.fixture(autouse=True)
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """`calm` serves; `loud` raises every label on every draft."""
    folder = tmp_path / "elsewhere"
    write_tiny(folder, "calm", bias=-4.0)
    write_tiny(folder, "loud", bias=4.0)
    make_current(folder, "calm")
    monkeypatch.setenv("PREPOST_MODELS_DIR", str(folder))
    return folder


@pytest.fixture
def corrections(tmp_path: Path) -> Callable[..., str]:
    """A file of corrections with the lines given."""

    def write(*rows: Any) -> str:
        (tmp_path / "june.jsonl").write_text(_lines(list(rows)))
        return "june.jsonl"

    return write


def _listing(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _metrics(models: Path, name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((models / name / "metrics.json").read_text())
    return found


def test_evaluate_measures_the_current_model_and_puts_the_figures_into_its_papers(prepost: Run, models: Path) -> None:
    """So that `promote` finds them; the model stays whole."""
    done = prepost("evaluate")

    lines = done.out.splitlines()
    assert (done.code, done.err, lines[:2]) == (0, "", ["calm", "4 frozen drafts"])
    assert "false alarms on harmless drafts: 0 of 2" in lines
    assert [line.split()[:2] for line in lines if line.startswith("insult")] == [["insult", "0/2"]]
    assert _metrics(models, "calm")["frozen"]["n"] == 4
    assert prepost("evaluate", "calm").out == done.out


def test_evaluate_measures_a_model_by_name_or_by_the_path_that_a_shell_completes(prepost: Run, models: Path) -> None:
    """And leaves the others alone."""
    before = _listing(models / "calm")

    assert prepost("evaluate", "elsewhere/loud/").out.startswith("loud\n4 frozen drafts\n")

    assert _metrics(models, "loud")["frozen"]["recall"]["insult"] == {"caught": 2, "positives": 2}
    assert _listing(models / "calm") == before


def test_each_command_works_on_another_folder_of_models_where_one_is_named(
    prepost: Run, models: Path, tmp_path: Path, corrections: Callable[..., str]
) -> None:
    """The option wins over PREPOST_MODELS_DIR, which the service reads."""
    write_tiny(tmp_path / "trial", "other", bias=-4.0)
    make_current(tmp_path / "trial", "other")
    before = _listing(models)
    path = corrections({"text": "You utter boots", "labels": {"insult": 1}})

    assert prepost("evaluate", "--models", "trial").out.startswith("other\n")
    assert prepost("compare", "other", "other", "--models", "trial").code == 0
    assert "wrote trial/ngram-" in prepost("retrain", "--corrections", path, "--out", "trial").out
    assert _listing(models) == before


def _entry(file: str, use: str, *, one: str, zero: str = "") -> str:
    """A corpus in the table."""
    return (
        f'[{file.removesuffix(".csv")}]\nuse = "{use}"\nlicence = "none"\nfile = "{file}"\n'
        f'text = "text"\ncolumn = "label"\nrows."1" = {{ {one} }}\nrows."0" = {{ {zero} }}\n'
    )


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """Corpora for evaluation, of a few lines each, and the table that names them."""
    folder = tmp_path / "corpora"
    (folder / "unintended_bias").mkdir(parents=True)
    sentences = [f"respect {number},{kind}\n" for number in range(45) for kind in ("BAD", "NOT_BAD")]
    (folder / "unintended_bias" / "bias_madlibs_77k.csv").write_text("Text,Label\n" + "".join(sentences))
    (folder / "talk.csv").write_text("text,label\nour boots,1\nhello,0\nsale,1\ngoodbye,0\nwho,unsure\n")
    (folder / "one.csv").write_text("text,label\nso sorry,1\n")
    (tmp_path / "data" / "sources.toml").write_text(
        _entry("talk.csv", "evaluation", one="insult = 1", zero="insult = 0")
        + _entry("one.csv", "evaluation", one="apology = 1")
        + _entry("is-not-there.csv", "ship", one="insult = 1")
    )
    return folder


def test_evaluate_judges_the_corpora_for_evaluation_and_identity_words(
    prepost: Run, models: Path, sources: Path
) -> None:
    """Every twentieth of the sentences that are not bad, and no corpus that is learnt from."""
    done = prepost("evaluate", "loud", "--sources", "corpora")

    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines()[-3:] == [
        "identity words in harmless sentences: 3 of 3 alarm",
        "corpora for evaluation, insult: 2 of 4, AUC 1.000, AP 1.000, recall 1.00 (0.34 to 1.00) at 1 % false alarms",
        "corpora for evaluation, apology: 1 of 1",
    ]
    assert _metrics(models, "loud")["identity_words"]["n"] == 3
    assert _metrics(models, "loud")["evaluation_corpora"]["insult"]["positives"] == 2


@pytest.mark.parametrize(
    ("file", "raw", "reason"),
    [
        ("talk.csv", None, "talk: talk.csv: FileNotFoundError"),
        ("talk.csv", b"words,label\nour boots,1\n", "talk: talk.csv: KeyError: 'text'"),
        ("unintended_bias/bias_madlibs_77k.csv", None, "bias_madlibs_77k.csv: FileNotFoundError"),
        ("unintended_bias/bias_madlibs_77k.csv", b"Text\nrespect all\n", "bias_madlibs_77k.csv: KeyError: 'Label'"),
    ],
)
def test_evaluate_refuses_a_corpus_that_cannot_be_read(
    refused: Run, models: Path, sources: Path, file: str, raw: bytes | None, reason: str
) -> None:
    """Before it measures; half of the figures would look like all of them."""
    (sources / file).unlink() if raw is None else (sources / file).write_bytes(raw)
    before = _listing(models)

    assert reason in refused(65, "evaluate", "--sources", "corpora")
    assert _listing(models) == before


def test_a_sentence_that_is_not_whole_stops_no_evaluation(prepost: Run, sources: Path) -> None:
    """Real corpora have short lines and bytes that are no UTF-8."""
    path = sources / "unintended_bias" / "bias_madlibs_77k.csv"
    path.write_bytes(b"Label,Text\nNOT_BAD\nNOT_BAD,caf\xe9 for all\n")

    assert (
        "identity words in harmless sentences: 1 of 1 alarm" in prepost("evaluate", "loud", "--sources", "corpora").out
    )


def test_compare_tells_what_changed_sides_and_writes_the_page(prepost: Run, models: Path, tmp_path: Path) -> None:
    """Of the four drafts each label is raised on by `loud` alone; neither model is written to."""
    before = _listing(models)

    done = prepost("compare", "calm", "elsewhere/loud", "--out", "page.html")

    assert (done.code, done.err) == (0, "")
    table = {line.split()[0]: line.split()[1:3] for line in done.out.splitlines()}
    assert (table["insult"], table["promotional"]) == (["0/2", "2/2"], ["0/2", "2/2"])
    assert done.out.splitlines()[-1] == "wrote page.html"
    assert "calm and loud" in (tmp_path / "page.html").read_text()
    assert _listing(models) == before


@pytest.mark.parametrize("command", [["evaluate"], ["compare", "calm"]], ids=lambda command: command[0])
@pytest.mark.parametrize("name", ["other", "", ".", "..", "/tmp", "../elsewhere/calm/weights.npz", "CURRENT"])
def test_what_is_no_model_is_refused_by_its_name(refused: Run, tmp_path: Path, command: list[str], name: str) -> None:
    """No page is written, and nothing outside the folder of models is looked at."""
    assert f"there is no model {name!r} in " in refused(65, *command, name)
    assert not (tmp_path / "compare.html").exists()


@pytest.mark.parametrize("command", [["evaluate"], ["compare", "calm"]], ids=lambda command: command[0])
def test_a_broken_model_is_refused_with_the_file_at_fault(refused: Run, models: Path, command: list[str]) -> None:
    """A changed byte, a manifest that is none, an encoder that gives nothing of use."""
    (models / "loud" / "weights.npz").write_bytes(b"x")
    (models / "empty").mkdir()
    write_encoder(models)
    write_tiny(models, "narrow", encoder=ENCODER)
    (models / ENCODER / "encoder.onnx").write_bytes(onnx(width=3))
    before = _listing(models)

    assert "loud/weights.npz is not the file that the manifest names" in refused(65, *command, "loud")
    assert "empty/manifest.json can't be read" in refused(65, *command, "empty")
    assert "encoder.onnx is not the file" in refused(65, *command, "narrow")
    assert _listing(models) == before


def test_an_encoder_that_cannot_score_is_refused(refused: Run, models: Path) -> None:
    """Its files are those that the manifest names, and still of no use."""
    write_encoder(models, width=3)
    write_tiny(models, "narrow", encoder=ENCODER)

    assert "narrow" in refused(65, "evaluate", "narrow")
    assert "narrow" in refused(65, "compare", "calm", "narrow")


def test_metrics_that_are_no_object_are_refused(refused: Run, models: Path) -> None:
    """Prevents a traceback after a minute of measuring."""
    write_tiny(models, "odd", metrics=[1])
    before = _listing(models)

    assert "odd/metrics.json can't be read" in refused(65, "evaluate", "odd")
    assert _listing(models) == before


def test_a_folder_of_models_without_a_current_one_is_refused(refused: Run, models: Path) -> None:
    """What to measure, or to go on from, is then unknown."""
    (models / "CURRENT").unlink()

    for command in ("evaluate", "retrain"):
        assert "CURRENT can't be read" in refused(65, command)
    assert "no-such-folder" in refused(65, "evaluate", "--models", "no-such-folder")


@pytest.mark.parametrize("command", [["evaluate"], ["compare", "calm", "loud"]], ids=lambda command: command[0])
def test_without_a_frozen_draft_nothing_is_measured(refused: Run, labels: Path, command: list[str]) -> None:
    """No drafts at all, and drafts that are all learnt from."""
    lines = (labels / "drafts.jsonl").read_text().splitlines()
    (labels / "drafts.jsonl").write_text("\n".join(lines[4:]))
    assert "data/labels holds no draft of a frozen family" in refused(65, *command)

    (labels / "drafts.jsonl").unlink()
    assert "data/labels holds no labelled drafts" in refused(65, *command)


def test_retrain_writes_a_new_model_and_promotes_nothing(
    prepost: Run, models: Path, corrections: Callable[..., str]
) -> None:
    """It says how many rows are new, where the model lies, and how it does beside its parent."""
    before = _listing(models)
    path = corrections({"text": "You utter boots", "labels": {"insult": 1}})

    done = prepost("retrain", "--corrections", path)

    rows, wrote, head, *table = done.out.splitlines()
    folder = Path(wrote.removeprefix("wrote "))
    assert (done.code, done.err) == (0, "")
    assert rows == "5 new rows, 0 that hold calm"
    assert (folder.parent, folder.name[:6]) == (models, "ngram-")
    assert head.split() == ["label", "caught", "before", "now", "AUC", "before", "now"]
    assert table[-1].split()[:2] == ["false", "alarms"]
    assert {name: raw for name, raw in _listing(models).items() if not name.startswith(folder.name)} == before
    assert prepost("evaluate", folder.name).code == 0
    assert prepost("compare", "calm", folder.name).code == 0


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([{"text": "a", "labels": {"insult": 1}}, {"text": "b", "labels": {"rude": 1}}], "june.jsonl:2: unknown label"),
        ([{"text": "a", "labels": {"insult": 1}}, "", "{"], "june.jsonl:3: not a labelled draft"),
        ([{"text": "a", "labels": {"insult": 2}}], "june.jsonl:1: label 'insult' must be 0 or 1"),
        ([{"text": "a", "labels": {}}], "june.jsonl:1: a correction must state a label"),
        (
            [{"text": "a b", "labels": {"insult": 1}}, {"text": "A  b", "labels": {"insult": 0}}],
            "june.jsonl:2: 'insult' is 0 here and 1 for the same text, june.jsonl:1",
        ),
        ([{"text": "a", "labels": {"threat": 1}}], "june.jsonl:1: label 'threat': both 0 and 1 are needed"),
        ([{"text": "Good morning to all of you.", "labels": {"insult": 1}}], "june.jsonl:1: this text is frozen"),
    ],
)
def test_retrain_refuses_what_cannot_be_learnt_with_file_and_line(
    refused: Run, models: Path, corrections: Callable[..., str], rows: list[Any], reason: str
) -> None:
    """Nothing is written then: the running model and CURRENT are what they were."""
    before = _listing(models)

    assert reason in refused(65, "retrain", "--corrections", corrections(*rows))
    assert _listing(models) == before


def test_retrain_refuses_a_file_that_is_not_there(refused: Run, models: Path) -> None:
    """And says which."""
    before = _listing(models)

    assert "july.jsonl" in refused(65, "retrain", "--corrections", "july.jsonl")
    assert _listing(models) == before


def test_retrain_refuses_a_parent_with_a_changed_byte(
    refused: Run, models: Path, corrections: Callable[..., str]
) -> None:
    """Nobody knows what such a model would hand on."""
    path = models / "calm" / "weights.npz"
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    before = _listing(models)

    reason = refused(65, "retrain", "--corrections", corrections({"text": "a", "labels": {"insult": 1}}))

    assert "calm/weights.npz is not the file that the manifest names" in reason
    assert _listing(models) == before


def test_where_only_serving_is_installed_each_command_says_what_is_missing(
    refused: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The container holds no scikit-learn, and hardly any machine torch."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)

    for command in (["train"], ["retrain"], ["evaluate"], ["compare", "calm", "loud"]):
        assert "install prepost[train]" in refused(65, *command)


def test_tune_without_torch_says_where_to_read_on(
    refused: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before it reads the corpora."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    for name in ("model.safetensors", "tokenizer.json"):
        (tmp_path / name).touch()
    files = ["--upstream", "model.safetensors", "--tokenizer", "tokenizer.json"]

    assert "needs torch: see docs/analysts.md" in refused(65, "tune", *files, "--sources", ".")
    assert "'--sources'" in refused(64, "tune", *files)
