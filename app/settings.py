"""Settings: one frozen value, read from PREPOST_* variables. Only main and cli import it; values are passed down."""

from __future__ import annotations

import ipaddress
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

_ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """What an operator may set. `PREPOST_HOST=0.0.0.0` sets `host`, and so on."""

    model_config = SettingsConfigDict(env_prefix="PREPOST_", frozen=True, extra="ignore")

    data_dir: Path = Field(default=Path("prepost-data"), description="where the default SQLite file lies")
    database_url: str = Field(default="", description="SQLAlchemy URL; empty: SQLite in `data_dir`")
    models_dir: Path = Field(default=_ROOT / "models", description="model folders, with CURRENT naming one")
    policy_dir: Path = Field(default=_ROOT / "data" / "policy", description="policy files; default.toml is required")
    calendar_dir: Path = Field(
        default=_ROOT / "data" / "calendar", description="CSV files of recurring days of mourning and remembrance"
    )
    platforms_dir: Path = Field(
        default=_ROOT / "data" / "platforms", description="tables of the platforms' limits and rules"
    )
    recovery_dir: Path = Field(
        default=_ROOT / "data" / "recovery", description="tables and texts for what comes after a mistake"
    )
    drills_dir: Annotated[Path | None, BeforeValidator(lambda given: given or None)] = Field(
        default=None, description="a folder of your own drills beside Prepost's"
    )
    host: str = Field(default="127.0.0.1", description="address to listen on; beyond loopback an API key is required")
    port: int = Field(default=8000, ge=0, le=65535)
    feeds: Annotated[Path | None, BeforeValidator(lambda given: given or None)] = Field(
        default=None, description="the feeds file; none: no feed is asked, and nothing leaves this machine"
    )
    webhook_networks: str = Field(
        default="", description="networks (CIDR, by comma) that webhooks may go to beside public addresses"
    )
    webhook_retry_seconds: str = Field(
        default="5,30,120,900,3600,21600,86400", description="waits between attempts of a webhook, by comma"
    )
    webhook_timeout: float = Field(default=10.0, gt=0, le=60, description="seconds that one attempt may take")
    claims_index: Annotated[Path | None, BeforeValidator(lambda given: given or None)] = Field(
        default=None, description="the local index of fact checks that `prepost claims index` made; none: none is read"
    )
    google_fact_check_key: Annotated[SecretStr | None, BeforeValidator(lambda given: given or None)] = Field(
        default=None, description="API key of Google Fact Check Tools; none: nothing is asked there"
    )
    google_fact_check_url: str = Field(
        default="https://factchecktools.googleapis.com/v1alpha1/claims:search",
        description="where to ask in its place: https, or an address of this house",
    )
    fact_check_wait: float = Field(
        default=0.0, ge=0, le=5, description="seconds that a check may wait for an answer from there"
    )
    fact_check_timeout: float = Field(default=3.0, gt=0, le=30, description="seconds that one question may take there")
    fact_check_per_day: int = Field(default=1_000, ge=0, le=1_000_000, description="questions in any 24 hours")
    require_key: bool = Field(default=False, description="ask for an API key even where none exists yet")

    @property
    def store_url(self) -> str:
        return self.database_url or f"sqlite:///{(self.data_dir / 'prepost.db').resolve()}"

    @property
    def is_loopback(self) -> bool:
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False
