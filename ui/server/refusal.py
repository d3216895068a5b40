"""How a request is refused: a status, and in words what is wrong and what mends it."""

from collections.abc import Mapping

from starlette.responses import JSONResponse

from index.errors import DatelineError


def refusal(
    status: int, problem: str, cure: str = "", headers: Mapping[str, str] | None = None
) -> JSONResponse:
    """`{"error": …, "cure": …}`, and both in one line as "detail", which Gradio's page shows."""
    detail = str(DatelineError(problem, cure))
    return JSONResponse({"error": problem, "cure": cure, "detail": detail}, status, headers)
