"""After the mistake: triage, steps with a clock, drafts and drills. The rules are tables in `data/recovery`."""
