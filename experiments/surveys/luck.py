"""The luck of a survey: named draws for everybody, so that nobody's answer depends on who else was asked."""

from hashlib import blake2b

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

Column = npt.NDArray[np.float64]

_STEP, _HALF_STEP = 2.0**-53, 2.0**-54


def chances(seed: int, replication: int, name: str, count: int) -> Column:
    """A uniform draw in (0, 1) for each of `count` people, the same for the same seed, replication and name.

    Raw words of Philox [Salmon et al. 2011], whose stream is fixed, so that NumPy's version plays no part.
    """
    text = f"effectchain survey {seed} {replication} {name}".encode()
    key = int.from_bytes(blake2b(text, digest_size=16).digest(), "little")
    words = np.random.Philox(key=key).random_raw(count)
    return np.asarray((words >> np.uint64(11)).astype("f8") * _STEP + _HALF_STEP)


def bells(seed: int, replication: int, name: str, count: int) -> Column:
    """The same as standard normal draws."""
    return np.asarray(ndtri(chances(seed, replication, name, count)))
