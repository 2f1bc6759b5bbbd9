"""Reviews apologies: after a mistake, before the second one."""

from app.checks.apology._reading import is_one

__all__ = ["is_one"]
