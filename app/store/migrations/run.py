"""Run the revisions on a database."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy.exc import SQLAlchemyError

from app.errors import StoreUnavailable

if TYPE_CHECKING:
    from app.store.session import Database


def upgrade(database: Database) -> None:
    """Upgrade to head in one transaction, all or nothing; of two processes that start at once, one waits.

    Raises StoreUnavailable where the schema can't be brought to head, or was made by a newer release.
    """
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    try:
        with database.migration() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except CommandError as error:
        raise StoreUnavailable(f"the store's schema is of another release: {error}") from error
    except SQLAlchemyError as error:
        raise StoreUnavailable("the store's schema could not be made: is it writable, and not locked?") from error
