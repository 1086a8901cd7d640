from dataclasses import replace

from agf_theory.tables import Scale, jump_table


def test_rows_number_the_jumps_of_the_reference(four_methods):
    rows = four_methods.blocks[0].rows
    assert [row.number for row in rows] == [1, 2, 3, None, None, None, 4]
    assert rows[-1].jumps == {"pf": 4, "agf": 4, "corrected": 4, "gf": 3}
    assert rows[-1].by_method["gf"].time == 40.9


def test_rows_in_a_difference_point_to_it(four_methods):
    (block,) = four_methods.blocks
    assert [row.differences for row in block.rows] == [(), (0, 1), (0, 1), (0,), (0,), (1,), ()]
    assert [difference.statement[:9] for difference in block.differences] == ["corrected", "gf: merge"]


def test_every_row_has_the_loss_of_the_saddle_it_leads_to(four_methods):
    for row in four_methods.blocks[0].rows:
        assert all(t.active == row.transition.active for t in row.by_method.values())


def test_a_remark_made_by_several_methods_is_printed_once(table_of, run_of, sequence_of):
    sequence = sequence_of([(1.0, [0], [])], notes=("a tie",))
    table = table_of(run_of("pf", sequence), run_of("agf", sequence))
    assert table.blocks[0].remarks == ("pf, agf: a tie",)


def test_another_clock_is_said(table_of, run_of, sequence_of):
    sequence = sequence_of([(1.0, [0], [])])
    table = table_of(run_of("pf", sequence), run_of("gf", replace(sequence, clock="seconds")))
    assert table.blocks[0].remarks == ("gf: its clock is seconds",)


def test_jumps_without_a_time_are_listed(table_of, run_of, sequence_of, trajectory_of):
    moves = [(1.0, [0], []), (2.0, [1], []), (3.0, [2], [])]
    flow = trajectory_of([(float("nan"), *who) for _, *who in moves[:2]] + moves[2:])
    table = table_of(run_of("pf", sequence_of(moves)), run_of("gf", flow))
    assert table.blocks[0].remarks == ("gf: no time could be read off for jumps 1, 2 (marked ?)",)


def test_one_block_a_scale(run_of, sequence_of):
    run = run_of("pf", sequence_of([(1.0, [0], [])]))
    scales = [Scale("1e-2", 4.6), Scale("1e-8", 18.4)]
    table = jump_table(
        system="s", title="t", facts={}, options={}, names=run.key, blocks=[(scale, [run]) for scale in scales]
    )
    assert [block.scale for block in table.blocks] == scales
