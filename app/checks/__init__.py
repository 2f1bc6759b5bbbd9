"""Every rule, by hand, in the order they run. A test proves that disk, tuple, policy, cases and pages are one list."""

from __future__ import annotations

from app.checks.automation import (
    assistant_boilerplate,
    canned_reply,
    garbled_text,
    inserted_handle,
    instruction,
    placeholder,
    test_message,
)
from app.checks.base import Check
from app.checks.offensive import hashtag_reading, insult, profanity, sexual, slur, stereotype, threat, victim_blaming
from app.checks.platform_rule import (
    contest_mechanics,
    engagement_bait,
    entity_count,
    length,
    missing_disclosure,
    public_shaming,
    unsolicited_promotion,
)
from app.checks.private_information import (
    contact_details,
    credentials,
    home_address,
    patient_details,
    payment_details,
)
from app.checks.sombre_context import disrespect, levity, promotion, self_interest, violent_wording
from app.checks.unverified_claim import (
    accusation,
    breaking_news,
    death_report,
    financial_promise,
    health_claim,
    hearsay,
    quotation,
    statistic,
)
from app.checks.wrong_account import (
    language_mismatch,
    last_account,
    other_audience,
    other_signature,
    personal_voice,
    political_advocacy,
    stray_input,
)

CHECKS: tuple[Check, ...] = (
    personal_voice.CHECK,
    last_account.CHECK,
    other_signature.CHECK,
    other_audience.CHECK,
    language_mismatch.CHECK,
    political_advocacy.CHECK,
    stray_input.CHECK,
    threat.CHECK,
    slur.CHECK,
    insult.CHECK,
    stereotype.CHECK,
    victim_blaming.CHECK,
    profanity.CHECK,
    sexual.CHECK,
    hashtag_reading.CHECK,
    levity.CHECK,
    promotion.CHECK,
    violent_wording.CHECK,
    self_interest.CHECK,
    disrespect.CHECK,
    hearsay.CHECK,
    breaking_news.CHECK,
    death_report.CHECK,
    accusation.CHECK,
    statistic.CHECK,
    health_claim.CHECK,
    quotation.CHECK,
    financial_promise.CHECK,
    length.CHECK,
    entity_count.CHECK,
    contest_mechanics.CHECK,
    engagement_bait.CHECK,
    missing_disclosure.CHECK,
    unsolicited_promotion.CHECK,
    public_shaming.CHECK,
    placeholder.CHECK,
    test_message.CHECK,
    assistant_boilerplate.CHECK,
    instruction.CHECK,
    canned_reply.CHECK,
    inserted_handle.CHECK,
    garbled_text.CHECK,
    credentials.CHECK,
    payment_details.CHECK,
    contact_details.CHECK,
    home_address.CHECK,
    patient_details.CHECK,
)
