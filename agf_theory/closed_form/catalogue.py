"""Everything the symbolic route can show, by name: formulas and derivations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from functools import cache
from types import MappingProxyType, ModuleType
from typing import Any

from sympy import Basic

from agf_theory.closed_form import attention, diagonal, finite_width, framework, linear, modular, neuron
from agf_theory.closed_form.attention import derivations as of_attention
from agf_theory.closed_form.derivation import Derivation
from agf_theory.closed_form.diagonal import derivations as of_diagonal
from agf_theory.closed_form.finite_width import derivations as of_finite_width
from agf_theory.closed_form.framework import derivations as of_framework
from agf_theory.closed_form.linear import derivations as of_linear
from agf_theory.closed_form.modular import derivations as of_modular
from agf_theory.closed_form.neuron import derivations as of_neuron
from agf_theory.errors import UnknownName
from agf_theory.problems.number_parser import quoted

__all__ = ["derivation", "derivations", "formula_names", "lookup", "names"]

_LONGEST_NAME = 200  # looked at for what was meant; difflib takes minutes over a name of a million letters
_MOST_LISTED = 20  # names in a message: one that fills the screen hides what it says

_DERIVATIONS: Mapping[str, Callable[..., Derivation]] = MappingProxyType(
    {
        "FRM-01": of_framework.frm_01,
        "FRM-02": of_framework.frm_02,
        "FRM-03": of_framework.frm_03,
        "FRM-04": of_framework.frm_04,
        "FRM-05": of_framework.frm_05,
        "FRM-06": of_framework.frm_06,
        "FRM-07": of_framework.frm_07,
        "DIAG-01": of_diagonal.diag_01,
        "DIAG-02": of_diagonal.diag_02,
        "DIAG-03": of_diagonal.diag_03,
        "DIAG-04": of_diagonal.diag_04,
        "DIAG-08": of_diagonal.diag_08,
        "DIAG-10": of_diagonal.diag_10,
        "LIN-01": of_linear.lin_01,
        "LIN-02": of_linear.lin_02,
        "LIN-03": of_linear.lin_03,
        "LIN-04": of_linear.lin_04,
        "LIN-05": of_linear.lin_05,
        "LIN-06": of_linear.lin_06,
        "LIN-07": of_linear.lin_07,
        "LIN-08": of_linear.lin_08,
        "LIN-09": of_linear.lin_09,
        "LIN-10": of_linear.lin_10,
        "LIN-11": of_linear.lin_11,
        "LIN-12": of_linear.lin_12,
        "LIN-14": of_linear.lin_14,
        "LIN-15": of_linear.lin_15,
        "LIN-18": of_linear.lin_18,
        "LIN-19": of_linear.lin_19,
        "LIN-20": of_linear.lin_20,
        "LIN-21": of_linear.lin_21,
        "LIN-22": of_linear.lin_22,
        "LIN-23": of_linear.lin_23,
        "MOD-01": of_modular.mod_01,
        "MOD-02": of_modular.mod_02,
        "MOD-03": of_modular.mod_03,
        "MOD-04": of_modular.mod_04,
        "MOD-05": of_modular.mod_05,
        "MOD-06": of_modular.mod_06,
        "MOD-07": of_modular.mod_07,
        "MOD-08": of_modular.mod_08,
        "MOD-09": of_modular.mod_09,
        "MOD-10": of_modular.mod_10,
        "MOD-11": of_modular.mod_11,
        "MOD-12": of_modular.mod_12,
        "MOD-13": of_modular.mod_13,
        "MOD-14": of_modular.mod_14,
        "MOD-15": of_modular.mod_15,
        "MOD-16": of_modular.mod_16,
        "MOD-17": of_modular.mod_17,
        "MOD-20": of_modular.mod_20,
        "MOD-21": of_modular.mod_21,
        "ATT-01": of_attention.att_01,
        "ATT-02": of_attention.att_02,
        "ATT-03": of_attention.att_03,
        "ATT-04": of_attention.att_04,
        "ATT-05": of_attention.att_05,
        "ATT-06": of_attention.att_06,
        "ATT-07": of_attention.att_07,
        "ATT-08": of_attention.att_08,
        "ATT-09": of_attention.att_09,
        "ATT-11": of_attention.att_11,
        "ATT-12": of_attention.att_12,
        "ATT-13": of_attention.att_13,
        "ATT-14": of_attention.att_14,
        "ATT-15": of_attention.att_15,
        "SN-01": of_neuron.sn_01,
        "SN-02": of_neuron.sn_02,
        "SN-03": of_neuron.sn_03,
        "SN-04": of_neuron.sn_04,
        "SN-05": of_neuron.sn_05,
        "SN-06": of_neuron.sn_06,
        "SN-07": of_neuron.sn_07,
        "SN-08": of_neuron.sn_08,
        "SN-09": of_neuron.sn_09,
        "SN-10": of_neuron.sn_10,
        "SN-11": of_neuron.sn_11,
        "SN-12": of_neuron.sn_12,
        "SN-13": of_neuron.sn_13,
        "SN-14": of_neuron.sn_14,
        "SN-15": of_neuron.sn_15,
        "SN-16": of_neuron.sn_16,
        "SN-17": of_neuron.sn_17,
        "SN-18": of_neuron.sn_18,
        "SN-19": of_neuron.sn_19,
        "SN-20": of_neuron.sn_20,
        "TM-01": of_finite_width.tm_01,
        "TM-02": of_finite_width.tm_02,
        "TM-03": of_finite_width.tm_03,
        "TM-04": of_finite_width.tm_04,
        "TM-05": of_finite_width.tm_05,
        "TM-06": of_finite_width.tm_06,
        "TM-07": of_finite_width.tm_07,
        "TM-08": of_finite_width.tm_08,
        "TM-09": of_finite_width.tm_09,
        "TM-10": of_finite_width.tm_10,
        "TM-11": of_finite_width.tm_11,
        "TM-12": of_finite_width.tm_12,
        "TM-13": of_finite_width.tm_13,
        "diagonal.one_coordinate": of_diagonal.one_coordinate,
    }
)
_ROOMS: Mapping[str, ModuleType] = MappingProxyType(
    {
        "framework": framework,
        "diagonal": diagonal,
        "linear": linear,
        "modular": modular,
        "attention": attention,
        "neuron": neuron,
        "finite_width": finite_width,
    }
)
_FORMULAS: Mapping[str, Callable[..., Basic]] = MappingProxyType(
    {
        f"{name}.{formula}": getattr(system, formula)
        for name, system in _ROOMS.items()
        for formula in system.__all__
        if formula[0].islower()
    }
)


def names() -> tuple[str, ...]:
    """All names `lookup` knows: derivations first, then formulas.

    Examples
    --------
    >>> names()[:2], "modular.vanishing_form" in names()
    (('FRM-01', 'FRM-02'), True)
    """
    return (*_DERIVATIONS, *_FORMULAS)


def formula_names() -> tuple[str, ...]:
    """The names of formulas alone, each with its system; no derivation is built to tell them apart.

    Examples
    --------
    >>> formula_names()[0], "FRM-01" in formula_names()
    ('framework.accumulated_utility', False)
    """
    return tuple(_FORMULAS)


def derivations() -> tuple[Derivation, ...]:
    """All derivations, in the order of the claims."""
    return tuple(map(_as_it_stands, _DERIVATIONS))


@cache
def _as_it_stands(name: str) -> Derivation:
    """Built once: a derivation does not change."""
    return _DERIVATIONS[name]()


def derivation(name: str, **formulas: Any) -> Derivation:
    """The derivation of a claim.

    Parameters
    ----------
    name : str
        The claim's id, or the name of a derived result; case does not matter.
    **formulas : function
        Another formula in the place of the one derived, by the name of the argument of the derivation's own function:
        ``derivation("DIAG-02", accumulated_utility=mutant)``. A wrong one is caught by `Derivation.check`.

    Raises
    ------
    UnknownName
        If there is no such derivation.

    Examples
    --------
    >>> derivation("DIAG-03").check().proved
    True
    """
    known = _found(name, _DERIVATIONS, "derivation")
    return _DERIVATIONS[known](**formulas) if formulas else _as_it_stands(known)


def lookup(name: str) -> Derivation | Callable[..., Basic]:
    """A derivation, or the function that gives a formula.

    Parameters
    ----------
    name : str
        A claim's id ("DIAG-04"), a formula with its system ("diagonal.accumulated_utility"), or a formula alone where
        only one system has it ("jump_time"). Case does not matter.

    Returns
    -------
    Derivation, or a function that returns a SymPy expression when called without arguments

    Raises
    ------
    UnknownName
        If nothing has this name, or several formulas do.

    Examples
    --------
    >>> lookup("diagonal.maximal_normalised_utility")()
    Abs(g)/2
    """
    full = [known for known in _FORMULAS if known.split(".")[1] == name.lower()]
    if len(full) > 1:
        raise UnknownName(f"formula must be named with its system, got {name!r}; it is one of {', '.join(full)}")
    known = full[0] if full else _found(name, names(), "formula or derivation")
    return _FORMULAS[known] if known in _FORMULAS else _as_it_stands(known)


def _found(name: str, known: Iterable[str], kind: str) -> str:
    by_lower_case = {key.lower(): key for key in known}
    if name.lower() in by_lower_case:
        return by_lower_case[name.lower()]
    close = [by_lower_case[key] for key in get_close_matches(name.lower()[:_LONGEST_NAME], by_lower_case, n=3)]
    listed = list(by_lower_case.values())
    more = f" and {len(listed) - _MOST_LISTED} more, in closed_form.names()" if len(listed) > _MOST_LISTED else ""
    hint = f"; did you mean {' or '.join(close)}?" if close else f"; known are {', '.join(listed[:_MOST_LISTED])}{more}"
    raise UnknownName(f"{kind} must be one that is known, got {quoted(name)}{hint}")
