"""A service notices what another process ingested, and each answer rests on one generation."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from fastapi.testclient import TestClient

from service.app import build_app
from service.bootstrap import Bootstrap
from service.schemas import Answer
from service.settings import load_settings
from tests.unit.service.command_line import fake_embedder, run

PLAN = (
    "Barsham Community Safety Plan 2022-2025\n\nOur priorities\n\n1 Burglary\n\nWe will cut it.\n"
)


def test_an_ingest_is_served_without_a_restart(tmp_path: Path) -> None:
    data, plan = tmp_path / "data", tmp_path / "barsham.txt"
    plan.write_text(PLAN, encoding="utf-8")
    state = Bootstrap(fake_embedder).state(load_settings(data_dir=data))
    client = TestClient(build_app(state))
    before = client.get("/readyz").json()
    assert run("ingest", plan, "--data-dir", data).exit_code == 0
    after = client.get("/readyz").json()
    assert before["generation"] != after["generation"]
    assert (before["documents"], after["documents"]) == (1, 2)


def test_answers_while_generations_change_rest_on_one_each(tmp_path: Path) -> None:
    data, plan = tmp_path / "data", tmp_path / "barsham.txt"
    state = Bootstrap(fake_embedder).state(load_settings(data_dir=data))
    client = TestClient(build_app(state))

    def ask() -> Answer:
        response = client.post("/v1/ask", json={"question": "Which plans mention burglary?"})
        return Answer.model_validate_json(response.content)

    with ThreadPoolExecutor(4) as pool:
        asked = [pool.submit(ask) for _ in range(10)]
        for turn in range(3):
            plan.write_text(PLAN + f"\n{turn} more.\n", encoding="utf-8")
            run("ingest", plan, "--data-dir", data)
            asked += [pool.submit(ask) for _ in range(10)]
        answers = [each.result() for each in asked]
    held = {answer.generation: answer.scope.plans_held for answer in answers}
    assert all(answer.scope.plans_held == held[answer.generation] for answer in answers)
    assert all(len(answer.verdicts) == answer.scope.plans_in_scope for answer in answers)
    assert len(held) > 1
