"""The classifier: calibrated probabilities for the labels below, from n-grams and an encoder's features."""

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
    "check_worthy",
    "quotation",
    "unsupported",
)
