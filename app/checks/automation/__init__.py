"""Automation slips: what a tool, a template or a script left in the draft."""
