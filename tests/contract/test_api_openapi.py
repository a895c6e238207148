"""The OpenAPI document is true: what it allows is served, what is served it declares."""

from __future__ import annotations

import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import CHECKS

from service.app import build_app
from service.schemas import Problem
from tests.unit.service.stand_ins import state

APP = build_app(state())
SCHEMA = schemathesis.openapi.from_asgi("/openapi.json", APP)


@SCHEMA.parametrize()
@settings(max_examples=25, suppress_health_check=list(HealthCheck))
def test_the_api_does_what_its_description_says(case: schemathesis.Case) -> None:
    # A cursor's meaning and a blank text are beyond what a schema can say: 422 is right for them.
    case.call_and_validate(excluded_checks=CHECKS.get_by_names(["positive_data_acceptance"]))


def test_every_error_is_described_as_a_problem() -> None:
    described = APP.openapi()
    for path, operations in described["paths"].items():
        for operation in operations.values():
            for status, response in operation["responses"].items():
                if status >= "400":
                    assert list(response["content"]) == ["application/problem+json"], path
    assert described["components"]["schemas"]["Problem"] == Problem.model_json_schema()
    assert "HTTPValidationError" not in described["components"]["schemas"]
