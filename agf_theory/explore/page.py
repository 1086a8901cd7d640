"""The application behind the page: one address a system, and the files of answers."""

from __future__ import annotations

import io
import mimetypes
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath, PureWindowsPath
from typing import IO, Any, Final

import flask
from flask import Blueprint, Flask, Request, Response, abort, redirect, render_template, request
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from agf_theory.errors import AgfTheoryError
from agf_theory.explore.admission import Admission
from agf_theory.explore.answer import Answer, Shelf
from agf_theory.explore.defect import defect
from agf_theory.explore.form import SystemForm
from agf_theory.explore.given import MOST_BYTES, Given, Upload, too_large
from agf_theory.explore.guard import guard
from agf_theory.explore.inquiry import Inquiry, inquiry
from agf_theory.explore.moved_column import column_names
from agf_theory.explore.worker import Computer, Superseded

__all__ = ["WrittenOut", "page"]

WrittenOut = Callable[[str, str], Mapping[str, str]]
"""From a system and a problem of its zoo to the fields that hold its numbers."""

_FORM_BYTES: Final = 2 * MOST_BYTES + 2**16  # text may grow on its way: a line break becomes two characters
_LONGEST_TAB: Final = 40  # characters: a name that the script makes up
_SHOWN: Final = "result/figure.svg"  # all else is saved: what is the reader's own is no page of ours
_TYPES: Final = {".csv": "text/csv", ".tex": "application/x-tex", ".json": "application/json", ".txt": "text/plain"}


class _Asked(Request):
    """Keeps an uploaded file in memory: by default a large one would be written to the disk."""

    def _get_file_stream(self, *_: Any, **__: Any) -> IO[bytes]:
        return io.BytesIO()


class _Page(Flask):
    request_class = _Asked


def page(
    forms: Sequence[SystemForm],
    computer: Computer,
    written_out: WrittenOut,
    admission: Admission,
    *,
    port: int,
    say: Callable[[str], Any],
) -> Flask:
    """The application.

    Parameters
    ----------
    forms : sequence of SystemForm
    computer : Computer
        What answers.
    written_out : function of (system, problem of its zoo)
        The fields that hold the numbers of that problem, with the source they belong to; raises `AgfTheoryError`.
    admission : Admission
        Where the pages are: requests elsewhere are refused.
    port : int
        The one we listen on: requests to another are refused.
    say : function of a text
        Is told of defects, with their traceback.
    """
    application = _Page(__name__)
    application.config["MAX_CONTENT_LENGTH"] = 2 * _FORM_BYTES
    application.config["MAX_FORM_MEMORY_SIZE"] = _FORM_BYTES
    application.config["MAX_FORM_PARTS"] = 200
    guard(application, admission, port=port)
    _answer_complaints(application, admission, say)
    application.register_blueprint(_pages(forms, computer, written_out), url_prefix=admission.root.rstrip("/"))

    @application.get("/open/<code>", endpoint="open")
    def _open(code: str) -> Any:
        if request.method != "GET" or not admission.spend(code):
            abort(
                403,
                "this address leads to the page once, and has: if that was not you, start agf explore anew; "
                "the address that lasts stands in its terminal",
            )
        return redirect(admission.root, 303)

    return application


def _pages(forms: Sequence[SystemForm], computer: Computer, written_out: WrittenOut) -> Blueprint:
    pages = Blueprint("pages", __name__)
    by_name, shelf = {form.name: form for form in forms}, Shelf()

    def shown(form: SystemForm, given: Given, **more: Any) -> str:
        return render_template("page.html", forms=forms, form=form, given=given, columns=column_names, **more)

    @pages.get("/", endpoint="first")
    def _first() -> str:
        return shown(forms[0], Given.at_first(forms[0]))

    @pages.get("/<name>", endpoint="fresh")
    def _fresh(name: str) -> str:
        form = by_name.get(name) or abort(404)
        return shown(form, Given.at_first(form))

    @pages.post("/<name>", endpoint="answered")
    def _answered(name: str) -> str:
        form = by_name.get(name) or abort(404)
        sent = _sent(request)
        try:
            given = sent.with_uploads()
            if "change" in request.form:
                return shown(form, _with_numbers(form, given, written_out))
            asked = inquiry(form, given)
            answer = computer.answer(asked, given.text("tab")[:_LONGEST_TAB])
        except AgfTheoryError as error:
            return shown(form, sent, line=" ".join(str(error).split()))
        except Superseded:
            return shown(form, sent, line="given up: something else was asked meanwhile; press show to ask again")
        return shown(form, given, asked=asked, answer=answer, answer_name=shelf.put(_files(asked, answer)))

    @pages.get("/files/<name>/<path:file>", endpoint="file")
    def _file(name: str, file: str) -> Response:
        content = shelf.get(name, file)
        if content is None:
            abort(404, "this file is no more: only those of the last answers are kept; ask again")
        return _as_file(file, content, attached=file != _SHOWN or "shown" not in request.args)

    return pages


def _sent(asked: Request) -> Given:
    uploads = {
        key.removesuffix(".file"): Upload(PureWindowsPath(PurePosixPath(file.filename).name).name, file.read())
        for key, file in asked.files.items()
        if file.filename
    }
    values = {key: value for key, value in asked.form.items() if key != "method"}
    return Given(values, tuple(asked.form.getlist("method")), uploads)


def _with_numbers(form: SystemForm, given: Given, written_out: WrittenOut) -> Given:
    """The same page with the numbers of the zoo's problem where its reader can change them."""
    problem = given.text(f"{form.source('zoo').key}.problem")
    return replace(given, values={**given.values, **written_out(form.name, problem)})


def _files(asked: Inquiry, answer: Answer) -> dict[str, bytes]:
    """Results, and the data they are of: what a column was moved to is nowhere else."""
    results = {f"result/{name}": content for name, content in answer.files.items()}
    return results | {f"data/{name}": content for name, content in asked.files}


def _as_file(path: str, content: bytes, *, attached: bool) -> Response:
    file = PurePosixPath(path).name
    ending = PurePosixPath(file).suffix.lower()
    kind = _TYPES.get(ending) or mimetypes.guess_type(file)[0] or "application/octet-stream"
    response = flask.make_response(content)
    response.headers["Content-Type"] = kind if not kind.startswith("text/") else f"{kind}; charset=utf-8"
    if attached:
        response.headers.set("Content-Disposition", "attachment", filename=file)
    return response


def _answer_complaints(application: Flask, admission: Admission, say: Callable[[str], Any]) -> None:
    def complaint(line: str, status: int) -> tuple[str, int]:
        back = admission.root if admission.allows(request.path) else ""
        return render_template("complaint.html", line=line, back=back), status

    @application.errorhandler(RequestEntityTooLarge)
    def _too_large(_: RequestEntityTooLarge) -> tuple[str, int]:
        return complaint(str(too_large("data")), 413)

    @application.errorhandler(HTTPException)
    def _refused(error: HTTPException) -> tuple[str, int]:
        return complaint(error.description or "", error.code or 400)

    @application.errorhandler(Exception)
    def _defect(error: Exception) -> tuple[str, int]:
        say("".join(traceback.format_exception(error)).rstrip())
        return complaint(defect(error), 500)
