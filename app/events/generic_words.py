"""Words in the names of events that tell nothing about which event is meant."""

from __future__ import annotations

_WORDS = """
    a after against an and anniversary annual are area around as at attack attacks bad before between big bomb bombing
    bombings by case central city civil collapse community condition conditions continuing country county court crash
    crisis current damage date day days dead death deaths declared del der des deadly derailment died disaster
    disasters district due during east eastern elections emergency event events explosion families famous fatal fire
    fires first following for former from general global government great high in incident international is islands
    its killed killing killings la las law le local los loss major man march mass massacre may members memorial memory
    minister minute moment month mourning murder mourn national near new news night north northern not of office old
    on one online open or our outbreak over pandemic part passing people period persons place police post president
    prime protest protests public region regional remembrance report response riot riots royal school second
    service services severe shooting shootings silence singer sinking site sites social south southern stabbing star
    state states storm storms street strike summer team terror terrorist that the their third this three time to
    today town tragedy trial two under united unrest us van vehicle verdict victims village violence von war warning
    watch weather week weekend west western white who winter with women world year young
    january february april june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday
"""
GENERIC: frozenset[str] = frozenset(_WORDS.split())
