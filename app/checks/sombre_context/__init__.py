"""Sombre context: what does not fit the moment it goes out in, or the grief it speaks of."""
