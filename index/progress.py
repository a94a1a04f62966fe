"""What a build tells while it runs: the stage ("embed", "store"), how many are done, of how many."""

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
