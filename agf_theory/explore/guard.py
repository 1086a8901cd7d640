"""Who may ask: the one who was told the address, from a page of ours. And what a page of ours may do."""

from __future__ import annotations

from typing import Final

from flask import Flask, Request, Response, abort, request

from agf_theory.explore.admission import Admission

__all__ = ["PUBLIC", "guard"]

PUBLIC: Final = ("static", "open")
"""Endpoints that ask for no token: script and style, which are those of every installation, and the way in."""

_STRANGER: Final = (
    "this page is for whoever started agf explore, and its address holds a token that others do not know: "
    "the whole address stands in the terminal where agf explore runs"
)

_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# A figure has styles of its own, and needs nothing else.
_POLICY_OF_FIGURES: Final = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
_HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # with none at all, a browser does not say where a form was sent from
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_METHODS: Final = ("GET", "HEAD", "POST")
_OWN_SITE: Final = ("same-origin", "none")


def guard(application: Flask, admission: Admission, *, port: int) -> None:
    """Refuse what is not ours, before anything is computed.

    A page elsewhere can make a browser send requests to this machine, under a name that its owner lets point here. Such
    a request carries that name as its host, and the address of that page as its origin: either is refused. Another user
    of this machine can send whatever they like, and does not know the token that every path begins with.

    Parameters
    ----------
    application : Flask
    admission : Admission
    port : int
        The one we listen on.
    """
    names = ("127.0.0.1", "localhost", "[::1]")
    hosts = {f"{name}:{port}" for name in names} | ({*names} if port == 80 else set())

    @application.before_request
    def _require_own() -> None:
        if request.method not in _METHODS:
            abort(405, description=f"GET and POST are known here, got {request.method[:20]}")
        host = request.headers.get("Host", "").lower()
        if host not in hosts:
            abort(421, f"the host of a request must be 127.0.0.1:{port} or localhost:{port}, got {host[:60]!a}")
        if not _from_own_page(request, host):
            abort(403, "a request must come from this page itself, got one from another")
        if request.endpoint not in PUBLIC and not admission.allows(request.path):
            abort(403, _STRANGER)

    @application.after_request
    def _say_what_is_allowed(response: Response) -> Response:
        response.headers.update(_HEADERS)
        figure = response.mimetype == "image/svg+xml"
        response.headers["Content-Security-Policy"] = _POLICY_OF_FIGURES if figure else _POLICY
        return response


def _from_own_page(sent: Request, host: str) -> bool:
    origin = sent.headers.get("Origin")
    if origin is not None and origin.lower() != f"http://{host}":
        return False
    return sent.headers.get("Sec-Fetch-Site", "none") in _OWN_SITE
