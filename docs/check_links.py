"""Links of the built documentation: each leads somewhere, and no page needs a network to open.

    python docs/check_links.py docs/_build/html             every link and anchor within; what is loaded from outside
    python docs/check_links.py docs/_build/html --external  the same, and a list of the links that lead outside

Links that lead outside are for readers to follow: they are listed, and never fetched. A page that loads a script, a
style, a font or a picture from outside is an error, and so is a link to a file or an anchor that is not there.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

_IN_STYLE = re.compile(r"""url\(\s*["']?([^"')]+)|@import\s+["']([^"']+)""")
# Attributes by which an element loads something with the page; what an <a> names is loaded when a reader follows it.
_LOADED = {"src", "srcset", "poster", "data", "background"}
_LOADING_LINKS = {
    "stylesheet",
    "icon",
    "preload",
    "modulepreload",
    "prefetch",
    "preconnect",
    "dns-prefetch",
    "manifest",
}


class Reference(NamedTuple):
    """A reference from a page: where to, and whether the page loads it by itself."""

    page: Path
    target: str
    loaded: bool


class _Page(HTMLParser):
    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path, self.anchors, self.references, self._style = path, set[str](), list[Reference](), False
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = {name: value for name, value in attributes if value}
        self.anchors |= {found[name] for name in ("id", "name") if name in found}
        self._style = tag == "style"
        for name, value in found.items():
            if name in {"href", "xlink:href"}:
                loaded = tag not in {"a", "area"} and bool(set(found.get("rel", "stylesheet").split()) & _LOADING_LINKS)
                self.references.append(Reference(self.path, value, loaded))
            elif name in _LOADED:
                self.references.append(Reference(self.path, value.split()[0] if name == "srcset" else value, True))
            elif name == "style":
                self._read_style(value)

    def handle_data(self, data: str) -> None:
        if self._style:
            self._read_style(data)

    def _read_style(self, text: str) -> None:
        self.references.extend(Reference(self.path, target, True) for target in targets_in_style(text))


def targets_in_style(text: str) -> list[str]:
    """What a style sheet loads."""
    return [first or second for first, second in _IN_STYLE.findall(text)]


def problems(folder: Path) -> list[str]:
    """One line for each link that leads nowhere, and for each thing that is loaded from outside."""
    pages = {path.resolve(): _Page(path) for path in sorted(folder.rglob("*.html"))}
    found = []
    for reference in _references(folder, pages.values()):
        reason = _fault(reference, folder, {path: page.anchors for path, page in pages.items()})
        if reason:
            found.append(f"{reference.page.relative_to(folder)}: {reference.target}: {reason}")
    return found


def external_links(folder: Path) -> list[str]:
    """The links that lead outside, each once."""
    pages = [_Page(path) for path in folder.rglob("*.html")]
    return sorted({link.target for page in pages for link in page.references if _is_outside(link.target)})


def _references(folder: Path, pages: object) -> Iterator[Reference]:
    for page in pages:  # type: ignore[attr-defined]
        yield from page.references
    for sheet in sorted(folder.rglob("*.css")):
        for target in targets_in_style(sheet.read_text(encoding="utf-8")):
            yield Reference(sheet, target, True)


def _is_outside(target: str) -> bool:
    return bool(urlsplit(target).netloc) or urlsplit(target).scheme in {"http", "https", "ftp"}


def _fault(reference: Reference, folder: Path, anchors: dict[Path, set[str]]) -> str | None:
    address = urlsplit(reference.target)
    if _is_outside(reference.target):
        return "loaded from outside" if reference.loaded else None
    if address.scheme:
        return None if address.scheme in {"data", "mailto", "javascript"} else f"scheme {address.scheme}"
    if address.path.startswith("/"):
        return "absolute: it leads elsewhere when the page is opened from disk"
    file = (reference.page.parent / unquote(address.path)).resolve() if address.path else reference.page.resolve()
    if not file.is_relative_to(folder.resolve()) or not file.is_file():
        return "no such file"
    if address.fragment and file in anchors and unquote(address.fragment) not in anchors[file]:
        return "no such anchor"
    return None


def main(arguments: list[str]) -> int:
    """Exit status 1 if a link leads nowhere or a page loads something from outside."""
    folder = Path(arguments[0])
    pages = len(list(folder.rglob("*.html")))
    if not pages:
        print(f"{folder}: no pages here; build them first: make docs", file=sys.stderr)
        return 2
    faults = problems(folder)
    for fault in faults:
        print(fault, file=sys.stderr)
    outside = external_links(folder)
    if "--external" in arguments:
        print(*outside, sep="\n")
    print(f"{pages} pages, {len(faults)} faults; {len(outside)} links lead outside and are not fetched")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
