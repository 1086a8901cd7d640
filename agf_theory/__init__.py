"""A theory of feature learning, checked: alternating gradient flows in two-layer networks.

The floors, from the ground up: `problems` (what is trained), `closed_form` and `numeric` (two routes to each number
that share no code), `proofs_check` (claims and their evidence), `tables`, `figures` and `cli` (what people read).
"""
