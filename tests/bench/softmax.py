"""Softmax regression: weights that make the right one of several the likeliest."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

STIFFNESS = 0.02  # ridge on weights of features scaled to a spread of one
STEPS = 400


def fit_softmax(
    choices: Sequence[tuple[NDArray[np.float64], NDArray[np.bool_]]],
) -> NDArray[np.float64]:
    """A weight for each feature; plain descent, the loss is convex.

    Args:
        choices: for each of them the features, a row an option, and which options are right; those
            without a right one teach nothing.
    """
    useful = [(features, right) for features, right in choices if right.any()]
    spread = np.vstack([features for features, _ in useful]).std(axis=0) + 1e-9
    most = max(len(right) for _, right in useful)
    features = np.zeros((len(useful), most, len(spread)))
    right, real = np.zeros(features.shape[:2], bool), np.zeros(features.shape[:2], bool)
    for at, (each, wanted) in enumerate(useful):
        features[at, : len(each)], right[at, : len(each)] = each / spread, wanted
        real[at, : len(each)] = True
    weights = np.zeros(len(spread))
    for step in range(STEPS):
        scores = np.where(real, features @ weights, -np.inf)
        chances = np.exp(scores - scores.max(axis=1, keepdims=True))
        chances /= chances.sum(axis=1, keepdims=True)
        share = np.where(right, chances, 0)
        share /= share.sum(axis=1, keepdims=True)
        slope = np.einsum("ij,ijk->k", chances - share, features) / len(useful)
        weights = weights - 2.0 / (1 + step / 100) * (slope + STIFFNESS * weights)
    fitted: NDArray[np.float64] = weights / spread
    return fitted
