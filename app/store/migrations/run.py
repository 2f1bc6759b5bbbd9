"""Run the revisions on a database."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app.errors import StoreUnavailable

if TYPE_CHECKING:
    from app.store.session import Database


def upgrade(database: Database) -> None:
    """Upgrade to head inside one transaction; two processes that start at once wait for each other."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    try:
        with database.engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(7305220611)"))
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except SQLAlchemyError as error:
        if database.revision() is None:
            raise StoreUnavailable("the store's schema could not be made: is it writable, and not locked?") from error
