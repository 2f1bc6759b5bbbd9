"""Published fact checks: read from ClaimReview files, kept in one file, found for a draft that makes the same claim."""
