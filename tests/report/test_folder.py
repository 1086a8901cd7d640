import pytest

from agf_theory.errors import InputError, MissingInput
from agf_theory.report.folder import DATA, PAGE, require_report_folder, write_report
from agf_theory.report.page import page_of


def test_a_new_folder_is_made_when_the_report_is_written(tmp_path):
    folder = require_report_folder(str(tmp_path / "new"))
    assert not folder.exists()
    write_report(folder, "<p>", "{}")
    assert sorted(path.name for path in folder.iterdir()) == [PAGE, DATA]
    assert (folder / PAGE).stat().st_mode & 0o444 == 0o444


def test_an_earlier_report_is_written_over(tmp_path, every_text_is):
    page = page_of(every_text_is("first"))
    write_report(require_report_folder(str(tmp_path)), page, "{}")
    write_report(require_report_folder(str(tmp_path)), page.replace("first", "second"), "{}")
    assert "second" in (tmp_path / PAGE).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("notes.txt", "mine", "holds 'notes.txt'"),
        (PAGE, "<html>a page of somebody else", "is no report of agf, and is not written over"),
    ],
)
def test_a_folder_with_something_else_is_refused(tmp_path, name, content, said):
    (tmp_path / name).write_text(content)
    with pytest.raises(InputError, match=said):
        require_report_folder(str(tmp_path))
    assert (tmp_path / name).read_text() == content


def test_a_file_a_missing_parent_and_no_name_are_refused(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="a folder is required, got a file"):
        require_report_folder(str(tmp_path / "file"))
    with pytest.raises(MissingInput, match="does not exist; create it first"):
        require_report_folder(str(tmp_path / "a" / "b"))
    with pytest.raises(InputError, match="the name of a folder is required"):
        require_report_folder("")
    with pytest.raises(InputError, match="File name too long"):
        require_report_folder(str(tmp_path / ("x" * 300)))
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    with pytest.raises(InputError, match="a link that leads nowhere"):
        require_report_folder(str(tmp_path / "link"))


def test_what_cannot_be_written_leaves_the_old_report(tmp_path, monkeypatch):
    write_report(tmp_path, "old", "{}")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_report(tmp_path, "new", "{}")
    assert (tmp_path / PAGE).read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == [PAGE, DATA]
