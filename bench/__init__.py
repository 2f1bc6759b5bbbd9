"""Benchmarks: run by `make bench`, never as timed tests. Ratios within one run are the figures; seconds are noise."""
