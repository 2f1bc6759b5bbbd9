"""Private information: what must not go out to everybody. Warnings point at it and never repeat it."""
