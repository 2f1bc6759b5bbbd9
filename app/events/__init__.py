"""Events: what is happening, where, and how near it is to a draft and its audience."""
