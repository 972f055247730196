"""What htmx asks and is told. The same address answers a page or the fragment inside it."""

from flask import Flask, Response, request


def wants_fragment() -> bool:
    """Tell whether htmx asked for a part of the page it already shows."""
    return request.headers.get("HX-Request") == "true"


def init_app(app: Flask) -> None:
    """Tell caches that page and fragment differ; templates, whether a form stands in its place."""
    app.jinja_env.globals["in_place"] = wants_fragment

    @app.after_request
    def vary(response: Response) -> Response:
        response.vary.add("HX-Request")
        return response
