"""The rounds themselves, over a scripted state; each kind of number has its own tests."""

from agf_theory.numeric.diagonal.saddle_path import SaddlePath, Undecidable


class Scripted(SaddlePath):
    def __init__(self, *, entering, blocked, ends=False):
        super().__init__()
        self.entering, self.blocked, self.ends = entering, blocked, ends
        self.calls = []

    def stationary(self):
        return self.ends

    def first_hit(self):
        return 2, {1: -1}

    def drift(self, duration, hits):
        self.calls.append(("drift", duration, dict(hits), dict(self.bound)))

    def steepest_bound(self):
        return self.entering.pop(0) if self.entering else None

    def enter(self, coordinate):
        self.calls.append(("enter", coordinate))

    def leave(self, coordinate):
        self.calls.append(("leave", coordinate))

    def restricted_minimiser(self):
        self.calls.append("solve")
        return "trial"

    def move_towards(self, trial):
        return self.blocked.pop(0) if self.blocked else None

    def accept(self, trial):
        self.calls.append(("accept", trial))

    def certify_minimum(self):
        self.calls.append("certify")


def test_a_round_drifts_binds_who_was_hit_and_minimises():
    path = Scripted(entering=[1], blocked=[])
    assert path.step()
    assert path.bound == {1: -1}
    assert path.calls == [("drift", 2, {1: -1}, {}), ("enter", 1), "solve", ("accept", "trial"), "certify"]


def test_whoever_blocks_leaves_and_the_rest_is_solved_again():
    path = Scripted(entering=[1, 2], blocked=[[3, 4], [5], None])
    path.minimise()
    assert path.calls[:8] == [
        ("enter", 1), "solve", ("leave", 3), ("leave", 4), "solve", ("leave", 5), "solve", ("accept", "trial"),
    ]  # fmt: skip
    assert path.calls[8:] == [("enter", 2), "solve", ("accept", "trial"), "certify"]


def test_at_a_stationary_point_nothing_happens():
    path = Scripted(entering=[1], blocked=[], ends=True)
    assert not path.step()
    assert (path.calls, path.bound) == ([], {})


def test_a_doubt_names_its_neurons_in_order():
    doubt = Undecidable((3, 1), "which")
    assert (doubt.neurons, doubt.reason, str(doubt)) == ((1, 3), "which", "which")
