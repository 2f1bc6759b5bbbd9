"""Training: one step, one file. Serving imports nothing from here."""
