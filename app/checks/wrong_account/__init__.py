"""Signs that a draft was meant for another account: the author's own, or another of a client's."""
