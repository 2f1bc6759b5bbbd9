"""Formats of keys and tokens that their vendors document, and secrets inside of addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

FORMATS: tuple[tuple[str, str], ...] = (
    ("AWS access key", r"(?:AKIA|ASIA)[0-9A-Z]{16}(?![0-9A-Za-z])"),
    ("GitHub token", r"gh[pousr]_\w{30,255}|github_pat_\w{30,255}"),
    ("GitLab token", r"gl(?:pat|dt|rt|cbt|ptt|ft|imt|agent|soat)-[\w.-]{20,255}"),
    ("Slack token", r"xox[abeprs]-[\w-]{10,255}|xapp-\d-[\w-]{10,255}"),
    ("OpenAI, Anthropic or similar key", r"sk-(?:ant-|proj-|svcacct-|or-|admin-)?[\w-]{20,255}"),
    ("Stripe key", r"[srp]k_(?:live|test)_\w{16,255}|whsec_[\w+/=]{24,255}"),
    ("Google key", r"AIza[\w-]{35}|GOCSPX-[\w-]{20,60}|ya29\.[\w-]{20,255}"),
    ("SendGrid key", r"SG\.[\w-]{16,64}\.[\w-]{16,64}"),
    ("Mailgun key", r"key-[0-9a-z]{32}|[0-9a-f]{32}-[0-9a-f]{8}-[0-9a-f]{8}"),
    ("Mailchimp key", r"[0-9a-f]{32}-us\d{1,2}"),
    ("Brevo key", r"xkeysib-[0-9a-f]{40,}-\w{10,}"),
    ("Twilio key", r"(?:SK|AC)[0-9a-f]{32}"),
    ("Shopify token", r"shp(?:at|ca|pa|ss)_[0-9a-fA-F]{24,64}"),
    ("Square token", r"sq0(?:atp|csp|idp)-[\w-]{22,60}|EAAA[\w-]{56,80}"),
    ("DigitalOcean token", r"do[opr]_v1_[0-9a-f]{40,80}"),
    ("Hugging Face token", r"hf_[A-Za-z0-9]{30,60}"),
    ("npm token", r"npm_\w{36}"),
    ("PyPI token", r"pypi-[\w-]{40,255}"),
    ("RubyGems, Docker or crates.io token", r"rubygems_[0-9a-f]{40,}|dckr_pat_[\w-]{20,}|cio[A-Za-z0-9]{32}"),
    ("Telegram bot token", r"\d{8,10}:[\w-]{35}"),
    ("Discord bot token", r"[MNO][\w-]{23,27}\.[\w-]{6}\.[\w-]{27,45}"),
    ("Meta token", r"EAA[A-Za-z0-9]{60,255}|IGQV[\w-]{60,255}"),
    ("X bearer token", r"AAAAAAAAAAAAAAAAAAAA[\w%]{30,255}"),
    ("Notion token", r"(?:secret|ntn)_[A-Za-z0-9]{40,50}"),
    ("Linear, Figma or Airtable token", r"lin_api_\w{30,}|figd_[\w-]{30,}|pat\w{14}\.[0-9a-f]{64}"),
    ("HubSpot token", r"pat-(?:na|eu|ap)\d-[0-9a-f]{8}-[0-9a-f-]{20,30}"),
    ("Databricks token", r"dapi[0-9a-f]{32}(?:-\d)?"),
    ("Vault token", r"hv[sbr]\.[\w-]{24,255}"),
    ("Grafana, Sentry or Supabase token", r"gl(?:sa|c)_[\w=+/]{30,255}|sntry[su]_[\w=+/-]{30,255}|sb[p]_[0-9a-f]{40}"),
    ("New Relic or Postman key", r"NRAK-[A-Z0-9]{27}|PMAK-[0-9a-f]{24}-[0-9a-f]{34}"),
    ("Atlassian token", r"ATATT3[\w=-]{50,255}"),
    ("Groq, Replicate, xAI or Perplexity key", r"(?:gsk|r8)_\w{30,80}|xai-\w{40,100}|pplx-\w{40,60}"),
    ("Razorpay key", r"rzp_(?:live|test)_\w{14,}"),
    ("Azure key", r"(?:AccountKey|SharedAccessKey|SharedSecret)=[A-Za-z0-9+/%]{20,}={0,2}"),
    ("age key", r"AGE-SECRET-KEY-1[0-9A-Z]{50,}"),
    ("private key of a wallet", r"xprv[1-9A-HJ-NP-Za-km-z]{90,}|[5KL][1-9A-HJ-NP-Za-km-z]{50,51}(?![0-9A-Za-z])"),
    ("signed token (JWT)", r"eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{6,}"),
    ("webhook", r"hooks\.slack\.com/(?:services|workflows|triggers)/[\w/]{20,}|discord(?:app)?\.com/api/webhooks/\d+/[\w-]{20,}"
                r"|[\w.-]{1,80}\.webhook\.office\.com/\w+/[\w@/-]{20,}|hooks\.zapier\.com/hooks/catch/[\w/]{8,}|chat\.googleapis\.com/v1/spaces/\S{20,}"),
)  # fmt: skip
_KEY = re.compile("|".join(f"(?P<f{number}>{pattern})" for number, (_, pattern) in enumerate(FORMATS)))
_LONG = re.compile(r"[^\s\"'“”<>,;()]{18,}")
"""no key is shorter"""
_MAYBE = re.compile(r"[\w-]{16}|[=@]|/token|hooks?\.|webhook|\.\w{10}")
_BEGINS = re.compile(r"(?<![A-Za-z0-9-])[A-Za-z0-9]")
_PEM = re.compile(
    r"-----BEGIN [A-Z ]{0,30}PRIVATE KEY(?: BLOCK)?-----(?:\s{0,3}[\w+/=\\]{20,80}){0,100}|PuTTY-User-Key-File-\d"
)
_USER_IN_ADDRESS = re.compile(
    r"(?<![\w])[a-z][\w+.-]{1,20}://[^\s:/@]{0,80}:(?P<secret>[^\s@/]{3,120})@[\w.-]{2,}", re.IGNORECASE
)
_PARAMETER = re.compile(
    r"[?&;](?:access_token|auth_token|api[_-]?key|client_secret|secret|password|passwd|x-amz-signature|sig(?==[\w%+/-]{30}))=(?P<secret>[\w%.~+/-]{6,255})"
    r"|/(?:reset|verify|activate|invite|magic|login|password|sso)[\w/-]{0,40}[?&/](?:token|code|t|key|ticket)[=/](?P<token>[\w%.~-]{12,255})",
    re.IGNORECASE,
)
_HEADER = re.compile(
    r"\bauthorization\W{1,4}(?:bearer|basic|token|digest|apikey)\s{1,3}(?P<secret>[\w.~+/=-]{8,512})|\bbearer\s{1,3}(?P<token>(?=\S{0,60}\d)[\w.~+/=-]{20,512})"
    r"|\bcurl\b[^\n]{0,80}? -u\s{1,3}[\"']?[^\s:]{1,60}:(?P<user>[^\s\"']{3,80})|\bx-api-key\W{1,4}(?P<api>[\w.~+/=-]{8,255})",
    re.IGNORECASE,
)
_WIFI_CODE = re.compile(r"\bWIFI:(?:[^\s;]{0,60};){0,4}?P:(?P<secret>[^;\s]{4,80})")
_PLACEHOLDERS = frozenset(
    ["password", "passwd", "pass", "pw", "pwd", "secret", "token", "changeme", "your_password", "yourpassword", "key"]
)
"""what manuals write where a secret stands"""


def find_keys(raw: str) -> Iterator[tuple[str, int, int]]:
    """What kind of key, start and end, of each that its format or its place in an address gives away."""
    if "-----BEGIN" in raw or "PuTTY" in raw:
        yield from (("private key", *match.span()) for match in _PEM.finditer(raw))
    for token in _LONG.finditer(raw):
        if _MAYBE.search(raw, *token.span()):
            yield from _in_token(raw, token.start(), token.end())
    if "uthorization" in raw or "earer" in raw or "curl" in raw or "-api-key" in raw.lower():
        yield from (("request header", *_named(match)) for match in _HEADER.finditer(raw))
    if "WIFI:" in raw:
        yield from (("wi-fi code", *_named(match)) for match in _WIFI_CODE.finditer(raw))


def _in_token(raw: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    for begin in _BEGINS.finditer(raw, start, end - 12):
        if match := _KEY.match(raw, begin.start(), end):
            yield FORMATS[int(str(match.lastgroup)[1:])][0], *match.span()
            break
    if "://" in raw[start:end]:
        for match in _USER_IN_ADDRESS.finditer(raw, start, end):
            if not _is_placeholder(match["secret"]):
                yield "password in an address", *match.span("secret")
    if "=" in raw[start:end] or "/token" in raw[start:end]:
        for match in _PARAMETER.finditer(raw, start, end):
            if not _is_placeholder(raw[slice(*_named(match))]):
                yield "secret in an address", *_named(match)


def _named(match: re.Match[str]) -> tuple[int, int]:
    """Where the group stands that took part in the match."""
    return match.span(str(match.lastgroup))


def _is_placeholder(secret: str) -> bool:
    bare = secret.strip("<>{}[]$%*.").casefold()
    return bare in _PLACEHOLDERS or len(set(bare)) < 2 or bare.startswith(("your", "example", "xxx"))
