"""Prepost: the second look before a post goes out."""
