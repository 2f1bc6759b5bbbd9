"""A bounded memory."""

from __future__ import annotations

from app.service.memory import Recent


def test_what_is_asked_for_stays_and_the_rest_goes() -> None:
    """Two requests pushed each other out at every turn where the oldest went first."""
    made: list[int] = []

    def make(number: int) -> int:
        made.append(number)
        return number

    memory: Recent[int, int] = Recent(2)
    for number in (1, 2, 1, 3, 1):
        assert memory.get(number, lambda number=number: make(number)) == number
    assert made == [1, 2, 3]
    assert 1 in memory
    assert 2 not in memory
