"""Reviews apologies: after a mistake, before the second one."""
