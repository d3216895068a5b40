"""The README's Python runs as it stands."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def test_the_readmes_python_runs_and_prints_what_it_promises(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    api, chroma = blocks
    exec(api, {})
    printed = capsys.readouterr().out
    assert "leaflets" in printed and "Sources:" in printed and "restored" in printed
    exec(chroma, {})
    records = capsys.readouterr().out.splitlines()
    assert len(records) == 3
    assert all(re.fullmatch(r"[0-9a-f]{16} \d+ \d+ (\d{8}|None)", record) for record in records)


def test_every_link_of_the_readme_leads_somewhere() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", (ROOT / "README.md").read_text())
    assert links
    assert all((ROOT / link).exists() for link in links)
