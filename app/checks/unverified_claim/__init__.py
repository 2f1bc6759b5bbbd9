"""Unverified claims: which words claim something, why that is shaky, and what would settle it."""
