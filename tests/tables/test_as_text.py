import pytest

from agf_theory.tables.as_text import as_text
from agf_theory.tables.characters import cell_len


def test_the_table_reads_as_meant(four_methods):
    assert as_text(four_methods).splitlines()[9:] == [
        "jump        pf       agf  corrected      gf      loss  who",
        "-" * 80,
        "   0                                          1.00000",
        "   1  0.500000  0.500000   0.520000   0.520  0.500000  +bmi",
        "   2   1.00000   1.00000          —       —  0.333333  +s5 [a] [b]",
        "   3   1.25000   1.25000          —       —  0.250000  +age [a] [b]",
        "   —         —         —    1.10000       —  0.333333  +age [a]",
        "   —         —         —    1.20000       —  0.250000  +s5 [a]",
        "   —         —         —          —   1.150  0.333333  +age +s5 [b]",
        "   4   40.0000   40.0000    41.0000  40.900  0.200000  +bp −bmi",
        "[a] corrected: takes jumps 2–3 of pf in another order: +age, then +s5",
        "[b] gf: merges jumps 2–3 of pf: +age +s5",
        "- gf: digits beyond the estimated error are not shown",
    ]


def test_the_head_says_problem_clock_methods_and_scale(four_methods):
    assert as_text(four_methods).splitlines()[:8] == [
        "diagonal linear network: A problem made by hand",
        "n = 20, d = 5",
        "clock: flow time for the loss ‖Xβ − y‖²/(2n), divided by log(1/α)",
        "pf         what pf means",
        "agf        what agf means",
        "corrected  what corrected means",
        "gf         what gf means",
        "",
    ]
    assert "α = 1e-8, log(1/α) = 18.4207, paper convention" in as_text(four_methods)


@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "latin-1"])
@pytest.mark.parametrize("width", [60, 80, 100])
def test_no_line_is_wider_than_asked_whatever_the_names(hostile, width, encoding):
    text = as_text(hostile, width=width, encoding=encoding)
    text.encode(encoding)
    assert max(cell_len(line) for line in text.splitlines()) <= width
    assert all(line.isprintable() for line in text.splitlines())


def test_ascii_spelling_keeps_signs_and_dashes(four_methods):
    text = as_text(four_methods, encoding="ascii")
    assert text.isascii()
    assert "+bp -bmi" in text
    assert "||Xbeta - y||^2/(2n), divided by log(1/alpha)" in text


def test_many_coordinates_at_once_are_counted(hostile):
    assert "… and 88 more" in as_text(hostile)


def test_long_rationals_are_abbreviated_and_the_reader_is_told_where_they_are_whole(hostile):
    text = as_text(hostile)
    assert "≈0.333333" in text
    assert "exact rational of up to 303 characters: complete in csv and json" in " ".join(text.split())
    assert " 1/3 " in text


def test_balls_show_their_radius(hostile):
    assert "0.3333…±" in as_text(hostile).replace("0.333333…±", "0.3333…±")
    assert "balls that enclose the value" in as_text(hostile)


def test_digits_give_way_to_names_when_columns_are_wide(table_of, run_of, sequence_of):
    moves = [(1.2345678e-100, [0], []), (2.3456789e-100, [1], [])]
    runs = [run_of(key, sequence_of(moves)) for key in ("pf", "agf", "corrected", "gf")]
    text = as_text(table_of(*runs), width=70)
    assert "1.235e-100" in text
    assert max(map(len, text.splitlines())) <= 70


def test_the_limit_alone_has_no_scale(table_of, run_of, sequence_of):
    text = as_text(table_of(run_of("pf", sequence_of([])), alpha=None))
    assert "\nα → 0\n" in text
    assert text.rstrip().endswith("1.00000")


def test_a_very_long_scale_is_cut(table_of, run_of, sequence_of):
    assert "α = 0.1111" in (text := as_text(table_of(run_of("pf", sequence_of([])), alpha="0." + "1" * 500)))
    assert "1" * 60 not in text


def test_facts_of_every_kind_read_well(run_of, sequence_of):
    from agf_theory.tables import jump_table

    table = jump_table(
        system="s",
        title="t",
        facts={"n": 2, "standardised": True, "weighted": False, "source": "a file", "none": ""},
        options={},
        names=("a",),
        blocks=[(None, [run_of("pf", sequence_of([]))])],
    )
    assert as_text(table).splitlines()[1] == "n = 2, standardised, source: a file"


@pytest.mark.parametrize(
    ("notes", "said"),
    [
        (
            ("plateau before jump 2 reaches 7e+02", "a tie", "plateau before jump 4 reaches 0.5"),
            ["- pf: plateau before jump 2 reaches 7e+02; likewise jump 4", "- pf: a tie"],
        ),
        (
            ("jump 1: 3", "jump 2: 4", "jump 5: 6"),
            ["- pf: jump 1: 3; likewise jumps 2, 5"],
        ),
        (("seen 3", "seen 4"), ["- pf: seen 3; likewise 1 more"]),
    ],
)
def test_notes_that_differ_in_their_numbers_alone_are_said_once(table_of, run_of, sequence_of, notes, said):
    text = as_text(table_of(run_of("pf", sequence_of([(1.0, [0], [])], notes=notes))))
    assert [line for line in text.splitlines() if line.startswith("- ")] == said


def test_a_method_without_times_says_which_jumps_it_takes(sequence_of, run_of, table_of):
    moves = [(1.0, [0], []), (2.0, [1], [])]
    timeless = run_of("glrl", sequence_of([(float("nan"), *who) for _, *who in moves[:1]]))
    text = as_text(table_of(run_of("pf", sequence_of(moves)), timeless))
    assert "1.00000  taken" in text
    assert "2.00000      —" in text
    assert "no time could be read off" not in text
