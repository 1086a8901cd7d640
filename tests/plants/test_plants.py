"""The plants fit the sources as they stand, and every module of the symbolic route has one; `run.py` runs them."""

import json
from pathlib import Path

import pytest

import agf_theory
from agf_theory.proofs_check import all_claims

PLANTS = json.loads(Path(__file__).with_name("plants.json").read_text(encoding="utf-8"))
CHECKOUT = Path(__file__).parents[2]
PACKAGE = Path(agf_theory.__file__).parent
WITHOUT_FORMULAS = {"__init__"}


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: plant["name"])
def test_a_plant_changes_one_place_of_its_module_and_names_a_claim_or_a_test(plant):
    assert (PACKAGE / (plant["module"] + ".py")).read_text(encoding="utf-8").count(plant["old"]) == 1
    assert plant["new"] != plant["old"]
    assert plant.get("claims") or plant["tests"]
    assert set(plant.get("claims", [])) <= {claim.id for claim in all_claims()}
    assert all((CHECKOUT / test).is_file() for test in plant.get("tests", []))


@pytest.mark.parametrize("room", ["framework", "diagonal", "linear", "modular", "attention", "neuron", "finite_width"])
def test_every_module_of_closed_forms_has_a_plant(room):
    folder = PACKAGE / "closed_form" / room
    modules = {str(path.relative_to(PACKAGE).with_suffix("")) for path in folder.rglob("*.py")}
    formulas = {module for module in modules if module.rsplit("/", 1)[1] not in WITHOUT_FORMULAS}
    assert formulas == {plant["module"] for plant in PLANTS if plant["module"] in formulas}


def test_names_of_plants_are_distinct():
    names = [plant["name"] for plant in PLANTS]
    assert len(set(names)) == len(names) >= 20
