"""The two kinds of document that feeds send, opened without trust: XML and GeoJSON."""

from __future__ import annotations

import json
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException, ElementTree

from app.events.feeds.report import FeedRefused


def xml(data: bytes) -> Element:
    """The root. Raises FeedRefused for what is not whole XML, and for any DTD: entities would come with one."""
    try:
        root: Element = ElementTree.fromstring(data, forbid_dtd=True)
    except DefusedXmlException as error:
        raise FeedRefused("a document type or entities, which no feed needs: it may be a web page or a bomb") from error
    except (ParseError, ValueError, LookupError, RecursionError) as error:
        raise FeedRefused("not XML, or half a document") from error
    return root


def features(data: bytes) -> list[dict[str, Any]]:
    """The features of a GeoJSON collection. Raises FeedRefused for anything else."""
    try:
        document = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise FeedRefused("not JSON, or half a document") from error
    found = document.get("features") if isinstance(document, dict) else None
    if not isinstance(found, list):
        raise FeedRefused("JSON, but no GeoJSON collection")
    return [feature if isinstance(feature, dict) else {} for feature in found]


def properties(feature: dict[str, Any]) -> dict[str, Any]:
    """A feature's properties; none where they are not an object."""
    found = feature.get("properties")
    return found if isinstance(found, dict) else {}
