"""Platform rules: what the platform, or the law that applies there, refuses or punishes."""
