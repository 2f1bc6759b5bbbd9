"""The classifier: calibrated probabilities for eleven labels from n-gram features; numpy only."""

LABELS: tuple[str, ...] = (
    "profanity",
    "insult",
    "identity_attack",
    "threat",
    "sexual",
    "levity",
    "promotional",
    "condolence",
    "factual_claim",
    "hearsay",
    "personal_voice",
    "canned_reply",
    "apology",
    "service_information",
)
