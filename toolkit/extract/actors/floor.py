"""Who has the floor in which paragraph, where nothing labels it: the likeliest speakers of a whole text at once.

A chain of turns, each with one speaker: of those who are called by name or name themselves, or one of two others
without a name. What a turn holds, and the turns beside it, speak for a speaker or against; so does who spoke in the two
turns before, since talk goes to and fro. The weights stand in codebook/floor.csv; tests/bench/floor.py measures them.
"""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
OTHERS = 2  # speakers without a name who are told apart
SIGNS = (
    "introduces",  # somebody gives their own name in the turn
    "addresses",  # the turn calls them
    "addresses_perhaps",  # the turn ends a sentence with their name
    "names",  # the turn tells of them
    "name_alone",  # the turn is nothing but their name
    "name_alone_before",
    "called_before",  # at the end of the turn before
    "addressed_before",
    "perhaps_before",
    "called_behind",  # at the beginning of the next turn
    "addressed_behind",
    "perhaps_behind",
    "floor_says",  # they are interviewed, announced or called by a chair
    "floor_asks",
    "times_addressed",  # as a logarithm, like all numbers here
    "times_named",
    "introduced",  # somewhere in the text
    "has_name",
)
SAME = ("same", "same_words", "same_behind_question", "same_in_long_turns")
WEIGHTS = (*SIGNS, *SAME, "back")
_NEVER = -1e9


class Chain(NamedTuple):
    """What a text gives away of its turns: turns x speakers x SIGNS, turns x SAME."""

    signs: Array
    same: Array


class Beliefs(NamedTuple):
    """How likely each speaker has each turn, has it as the one before, and comes back to it; the logarithm of all."""

    speaks: Array
    stays: Array
    returns: Array
    total: float


def beliefs(chain: Chain, weights: Mapping[str, float], allowed: npt.NDArray[np.bool_] | None = None) -> Beliefs:
    """Return what the signs make likely, by going through the turns forth and back; turns x speakers.

    allowed: turns x speakers that may be, where some are known.
    """
    one = chain.signs @ np.array([weights[name] for name in SIGNS])
    if allowed is not None:
        one = np.where(allowed, one, _NEVER)
    stay = chain.same @ np.array([weights[name] for name in SAME])
    turns, speakers = one.shape
    if turns == 1:
        total = float(np.logaddexp.reduce(one[0]))
        none = np.zeros_like(one)
        return Beliefs(np.exp(one - total), none, none, total)
    each = np.arange(speakers)
    ahead = [np.empty(0), _pair(one[1], stay[1]) + one[0][:, None]]
    for t in range(2, turns):
        ahead.append(_log_sum(ahead[-1][:, :, None] + _step(one[t], stay[t], weights["back"]), 0))
    total = float(np.logaddexp.reduce(ahead[-1].ravel()))
    speaks, stays, returns = np.zeros_like(one), np.zeros_like(one), np.zeros_like(one)
    behind = np.zeros((speakers, speakers))
    for t in range(turns - 1, 0, -1):
        pairs = np.exp(ahead[t] + behind - total)
        speaks[t], stays[t] = pairs.sum(0), pairs.diagonal()
        if t == 1:
            speaks[0] = pairs.sum(1)
            break
        step = _step(one[t], stay[t], weights["back"]) + behind
        triples = np.exp(ahead[t - 1][:, :, None] + step - total)
        returns[t] = triples[each, :, each].sum(1) - triples[each, each, each]
        behind = _log_sum(step, 2)
    return Beliefs(speaks, stays, returns, total)


def _step(now: Array, stay: float, back: float) -> Array:
    """Return speaker before last x last speaker x speaker now."""
    each = np.arange(len(now))
    step = np.broadcast_to(_pair(now, stay), (len(now),) * 3).copy()
    step[each, :, each] += back
    step[each, each, each] -= back
    return step


def _pair(now: Array, stay: float) -> Array:
    """Return last speaker x speaker now."""
    return stay * np.eye(len(now)) + now


def _log_sum(values: Array, axis: int) -> Array:
    top = values.max(axis, keepdims=True)
    total: Array = np.squeeze(top, axis) + np.log(np.exp(values - top).sum(axis))
    return total
