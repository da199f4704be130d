"""What builds, checks and runs the shop elsewhere is what those tools understand."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[3]
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
SERVER = ROOT / "deploy/server"
UNITS = sorted(
    path for path in SERVER.iterdir() if path.suffix in {".service", ".socket", ".timer"}
)


def tool(name: str) -> str | None:
    """Return where a tool is, beside this Python or on the path."""
    beside = Path(sys.executable).parent / name
    return str(beside) if beside.exists() else shutil.which(name)


def needs(name: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(tool(name) is None, reason=f"{name} is absent")


def run(*command: object, **options: Any) -> subprocess.CompletedProcess[str]:
    words = [str(word) for word in command]
    return subprocess.run(words, capture_output=True, text=True, timeout=60, **options)


def read(path: Path) -> dict[str, Any]:
    return yaml.safe_load(path.read_text())


@needs("check-jsonschema")
@pytest.mark.parametrize(
    ("schema", "files"),
    [
        ("vendor.github-workflows", WORKFLOWS),
        ("vendor.dependabot", [ROOT / ".github/dependabot.yml"]),
        ("vendor.compose-spec", [ROOT / "docker-compose.yml"]),
    ],
    ids=["workflows", "dependabot", "compose"],
)
def test_a_file_is_what_its_schema_says(schema: str, files: list[Path]) -> None:
    checked = run(tool("check-jsonschema"), "--builtin-schema", schema, *files)
    assert checked.returncode == 0, checked.stdout


@needs("hadolint")
def test_the_dockerfile_has_no_known_fault() -> None:
    checked = run(tool("hadolint"), ROOT / "Dockerfile")
    assert checked.returncode == 0, checked.stdout


@needs("docker-compose")
@pytest.mark.parametrize("profile", ["keycloak", "opensearch", "minio"])
def test_compose_understands_its_file(profile: str, tmp_path: Path) -> None:
    copy = shutil.copy(ROOT / "docker-compose.yml", tmp_path)
    words = ("SECRET_KEY", "POSTGRES_PASSWORD", "REDIS_PASSWORD", "KEYCLOAK_PASSWORD")
    lines = [f"{name}=of-a-test" for name in (*words, "MINIO_PASSWORD")]
    (tmp_path / ".env").write_text("\n".join(lines))
    asked = run(tool("docker-compose"), "-f", copy, "--profile", profile, "config", cwd=tmp_path)
    assert asked.returncode == 0, asked.stderr


def test_every_container_of_the_shop_is_read_only_and_powerless() -> None:
    services = read(ROOT / "docker-compose.yml")["services"]
    own = [one for one in services.values() if one["image"] == "duka"]
    assert len(own) == 3
    for service in own:
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert [volume.split(":")[0] for volume in service["volumes"]] == ["files"]
    published = [port for one in services.values() for port in one.get("ports", [])]
    assert all(port.startswith("127.0.0.1:") for port in published)


def test_what_a_bigger_shop_stands_on_is_asked_for_by_name() -> None:
    services = read(ROOT / "docker-compose.yml")["services"]
    asked = {profile for one in services.values() for profile in one.get("profiles", [])}
    assert asked == {"keycloak", "opensearch", "minio"}
    always = {name for name, one in services.items() if "profiles" not in one}
    assert always == {"web", "worker", "release", "postgres", "redis", "mail"}


def test_keycloaks_client_leads_back_to_the_shop() -> None:
    realm = json.loads((ROOT / "deploy/compose/keycloak-realm.json").read_text())
    (client,) = realm["clients"]
    assert client["redirectUris"] == ["http://localhost:8000/account/oidc/oidc/login/callback/"]
    assert client["attributes"]["pkce.code.challenge.method"] == "S256"


def test_the_image_runs_as_nobody_in_particular() -> None:
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    assert [line for line in lines if line.startswith("USER")] == ["USER 10001:10001"]
    assert not [line for line in lines if re.match(r"(ENV|ARG).*(SECRET|PASSWORD|TOKEN)", line)]


def test_the_suite_runs_on_every_python_and_both_databases() -> None:
    jobs = read(WORKFLOWS[[path.stem for path in WORKFLOWS].index("ci")])["jobs"]
    assert jobs["test"]["strategy"]["matrix"] == {
        "python": ["3.11", "3.12", "3.13"],
        "database": ["sqlite", "postgres"],
    }
    assert {"lint", "coverage", "migrations", "image"} <= jobs.keys()
    assert "fail_under = 90" in (ROOT / "pyproject.toml").read_text()


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_may_do_little_and_runs_no_words_of_strangers(path: Path) -> None:
    workflow = read(path)
    assert workflow["permissions"] == {"contents": "read"}
    for job in workflow["jobs"].values():
        for step in job.get("steps", []):
            assert "${{" not in step.get("run", ""), "say it by env:, or a title runs as a command"
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False


def test_a_deployment_without_secrets_does_nothing() -> None:
    job = read(ROOT / ".github/workflows/deploy.yml")["jobs"]["deploy"]
    assert job["environment"] == "${{ inputs.environment }}"
    first, *rest = job["steps"]
    assert first["env"] == {"KUBECONFIG_DATA": "${{ secrets.KUBECONFIG }}"}
    careful = {"steps.may.outputs.go == 'yes'", "always()"}
    assert {step["if"] for step in rest} == careful


def test_every_workflow_calls_commands_that_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.M))
    text = "\n".join(path.read_text() for path in WORKFLOWS)
    called = set(re.findall(r"run: make ([a-z]+)", text))
    assert {"lint", "test", "cover", "audit", "migrations"} <= called <= targets


@needs("systemd-analyze")
def test_systemd_understands_the_units(tmp_path: Path) -> None:
    for unit in UNITS:
        # The code is not in its place here, but a command must be there.
        text = unit.read_text().replace("/srv/duka/.venv/bin/python", sys.executable)
        (tmp_path / unit.name).write_text(text)
    checked = run(
        tool("systemd-analyze"), "verify", "--man=no", *(tmp_path / unit.name for unit in UNITS)
    )
    about_ours = [line for line in checked.stderr.splitlines() if "duka-" in line]
    assert about_ours == []


@pytest.mark.parametrize(
    "unit", [unit for unit in UNITS if unit.suffix == ".service"], ids=lambda unit: unit.stem
)
def test_a_service_gives_up_what_it_does_not_need(unit: Path) -> None:
    lines = unit.read_text().splitlines()
    for given_up in (
        "User=duka",
        "NoNewPrivileges=true",
        "CapabilityBoundingSet=",
        "ProtectSystem=strict",
        "ProtectHome=true",
        "PrivateTmp=true",
        "PrivateDevices=true",
        "RestrictNamespaces=true",
        "SystemCallFilter=@system-service",
    ):
        assert given_up in lines


def test_no_blank_setting_of_a_server_hides_what_a_unit_says() -> None:
    # In systemd a line of EnvironmentFile wins over Environment, a blank one too.
    blank = set(re.findall(r"^(\w+)=$", (ROOT / ".env.example").read_text(), re.MULTILINE))
    said = {
        name
        for unit in UNITS
        for line in re.findall(r"^Environment=(.*)$", unit.read_text(), re.MULTILINE)
        for name in re.findall(r"(\w+)=", line)
    }
    install = (SERVER / "install").read_text()
    assert blank & said == {"VAR_DIR"}
    assert "sed -i 's|^VAR_DIR=$|VAR_DIR=/var/lib/duka|' /etc/duka/env" in install


@needs("shellcheck")
def test_the_scripts_have_no_known_fault() -> None:
    scripts = [
        SERVER / "install",
        SERVER / "manage",
        ROOT / "deploy/kubernetes/overlays/minikube/make-secret",
    ]
    checked = run(tool("shellcheck"), *scripts)
    assert checked.returncode == 0, checked.stdout


def test_a_worker_that_stops_is_given_the_time_of_its_longest_task(settings: Any) -> None:
    unit = (SERVER / "duka-worker.service").read_text()
    assert "KillMode=mixed" in unit
    seconds = int(re.findall(r"TimeoutStopSec=(\d+)", unit)[0])
    assert seconds > settings.Q_CLUSTER["timeout"]
