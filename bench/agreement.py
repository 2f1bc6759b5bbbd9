"""`python -m bench.agreement`: how far two readers of data/natural agree, by label, on the texts that both have read.

Cohen's kappa ("A coefficient of agreement for nominal scales", 1960); what either was unsure of is left out.
"""

from __future__ import annotations

from pathlib import Path

from sklearn.metrics import cohen_kappa_score

from app.classifier import LABELS
from app.training.natural import load_known

FOLDER = Path(__file__).parent.parent / "data" / "natural"


def main() -> None:
    first, second = (load_known(FOLDER / name) for name in ("labels.csv", "second_reading.csv"))
    print(f"{len(second)} texts read twice\n| label | ones, first | second | kappa |\n|---|---|---|---|")
    for label in LABELS:
        pairs = [
            (first[key][1][label], labels[label])
            for key, (_, labels) in second.items()
            if label in labels and label in first[key][1]
        ]
        if not pairs:
            continue  # a label that came later, which nobody has read twice for
        ones, again = (sum(each) for each in zip(*pairs, strict=True))
        kappa = f"{cohen_kappa_score(*zip(*pairs, strict=True)):.2f}" if ones and again else ""
        print(f"| {label} | {ones} | {again} | {kappa} |")


if __name__ == "__main__":
    main()
