"""Schema revisions, run by Alembic from the package: no configuration file is needed."""
