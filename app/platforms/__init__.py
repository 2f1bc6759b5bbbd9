"""What platforms take and what they and the law forbid: tables of `data/platforms`, read and refused row by row."""
