"""Ids in paths that have words of their own beside them: `/v1/queue/batch` is no draft called batch."""

from __future__ import annotations

from starlette.convertors import StringConvertor, register_url_convertor

RESERVED = ("batch", "deliveries", "pauses")


class _Id(StringConvertor):
    regex = rf"(?!(?:{'|'.join(RESERVED)})$)[^/]+"


register_url_convertor("own_id", _Id())
OWN_ID = "/{id:own_id}"
"""the path of one thing, in a router with other words on the same level"""
