"""Answers in parts that a learning net does not change, kept as far as they have come."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar, cast

Part = TypeVar("Part")
_MOST = 4  # a search for a hundred digits is 2 MB


@dataclass(slots=True)
class _Begun:
    rest: Iterator[Any]
    last: Any = None


class Kept:
    """Answers begun, of which the one that was asked for longest ago goes first.

    While the sketch GAN learns, each of its rounds ends the answer in parts. What is searched for
    with another net, one that stays as it is, would begin anew every time and never get anywhere.
    """

    def __init__(self) -> None:
        self._begun: OrderedDict[Hashable, _Begun] = OrderedDict()

    def parts(self, request: Hashable, begin: Callable[[], Iterator[Part]]) -> Iterator[Part]:
        """Yield the parts that are still to come; of an answer that is whole the last.

        Parameters
        ----------
        request : Hashable
            Decides the answer, alone.
        begin : callable
            Returns the parts from the first on.
        """
        begun = self._begun.get(request)
        if begun is None:
            begun = self._begun[request] = _Begun(begin())
            if len(self._begun) > _MOST:
                self._begun.popitem(last=False)
        self._begun.move_to_end(request)
        seen = None
        try:
            while (part := next(begun.rest, None)) is not None:
                seen = begun.last = part
                yield part
        except Exception:
            self._begun.pop(request, None)  # what failed once may be mended
            raise
        if seen is not begun.last:
            yield cast("Part", begun.last)
