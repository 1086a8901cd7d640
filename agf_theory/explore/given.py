"""What the page sent: values of its fields, checked for size before anything else looks at them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from agf_theory.errors import InputError
from agf_theory.explore.form import SystemForm

__all__ = ["FIRST_SCALE", "MOST_BYTES", "Given", "Upload"]

MOST_BYTES = 2**20  # of data: an answer within seconds is what the page is for
FIRST_SCALE = "1e-8"

_LONGEST_TEXT = 100_000  # what a shell takes in one word, about; the largest covariance of the zoo has 63356


@dataclass(frozen=True)
class Upload:
    """A file that the page's reader chose."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Given:
    """What was sent.

    Attributes
    ----------
    values : mapping from key to text
        Of fields, file names and movements; a flag that is set is "on".
    methods : tuple of str
        Keys of the methods that are ticked.
    uploads : mapping from key of a field to Upload
    """

    values: Mapping[str, str]
    methods: tuple[str, ...] = ()
    uploads: Mapping[str, Upload] = field(default_factory=dict)

    @classmethod
    def at_first(cls, form: SystemForm) -> Given:
        """What stands on the page before anything was sent."""
        values = {each.key: each.value for each in form.all_fields()}
        values |= {f"{each.key}.name": first_name(each.kind) for each in form.all_fields() if each.is_file}
        values |= {"source": form.sources[0].key, "alpha": FIRST_SCALE, "more": ""}
        return cls(values, tuple(method.key for method in form.methods if method.ticked))

    def require_small(self) -> None:
        """Raise `InputError` if something is too long to be meant."""
        for key, upload in self.uploads.items():
            if len(upload.content) > MOST_BYTES:
                raise too_large(f"{upload.name or key}")
        for key, text in self.values.items():
            if len(text.encode(errors="surrogatepass")) > MOST_BYTES:
                raise too_large(self.values.get(f"{key}.name", key))

    def with_uploads(self) -> Given:
        """A chosen file takes the place of the text beside it.

        Raises
        ------
        InputError
            If one is not UTF-8 text.
        """
        values = dict(self.values)
        for key, upload in self.uploads.items():
            try:
                values[key] = upload.content.decode("utf-8-sig")
            except UnicodeDecodeError:
                raise InputError(f"{upload.name}: UTF-8 text is required, got other bytes; save it as UTF-8") from None
            values[f"{key}.name"] = upload.name
        return replace(self, values=values, uploads={})

    def text(self, key: str) -> str:
        """The value of a field in one line; empty if there is none. A name may have two spaces in a row."""
        value = " ".join(self.values.get(key, "").splitlines()).strip()
        if len(value) > _LONGEST_TEXT:
            raise InputError(f"{key}: at most {_LONGEST_TEXT} characters are allowed, got {len(value)}")
        return value


def first_name(kind: str) -> str:
    """How a file is called until its owner says otherwise."""
    return "data.csv" if kind == "csv" else "template.txt"


def too_large(what: str) -> InputError:
    """What is said of data beyond the limit."""
    return InputError(
        f"{what}: at most {MOST_BYTES // 2**20} MiB of data are allowed on this page, got more; "
        "the command line takes larger files"
    )
