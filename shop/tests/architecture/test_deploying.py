"""The files of deploy/ describe one and the same shop, whichever tool reads them."""

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml

ROOT = Path(__file__).resolve().parents[3]
DEPLOY = ROOT / "deploy"
HELM = Path(sys.executable).parent / "helm"
KUBECTL = shutil.which("kubectl")
needs_kubectl = pytest.mark.skipif(KUBECTL is None, reason="kubectl is absent")

Objects = dict[tuple[str, str], dict[str, Any]]


def objects(text: str) -> Objects:
    return {
        (thing["kind"], thing["metadata"]["name"]): thing
        for thing in yaml.safe_load_all(text)
        if thing
    }


def said(*command: str | Path) -> str:
    answer = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert answer.returncode == 0, answer.stderr
    return answer.stdout


def chart(*options: str | Path) -> Objects:
    return objects(said(HELM, "template", "duka", DEPLOY / "helm/duka", "-n", "duka", *options))


def overlay(name: str) -> Objects:
    return objects(said(str(KUBECTL), "kustomize", DEPLOY / "kubernetes/overlays" / name))


@needs_kubectl
def test_chart_and_overlay_make_the_same_objects() -> None:
    by_kustomize = overlay("production")
    del by_kustomize["Namespace", "duka"]
    assert chart() == by_kustomize


def test_the_chart_takes_its_example() -> None:
    made = chart("-f", DEPLOY / "helm/duka/values.example.yaml")
    settings = made["ConfigMap", "duka"]["data"]
    assert settings["ALLOWED_HOSTS"] == "duka.example.co.ke"
    assert settings["BASE_URL"] == "https://duka.example.co.ke"
    assert settings["LOG_FORMAT"] == "json"
    assert made["HorizontalPodAutoscaler", "duka-web"]["spec"]["minReplicas"] == 3
    # Said here, each new version would undo what the scaler did.
    assert "replicas" not in made["Deployment", "duka-web"]["spec"]
    assert "replicas" not in made["Deployment", "duka-worker"]["spec"]
    assert "shop.example" not in yaml.safe_dump_all(made.values())


def test_every_object_is_what_kubernetes_knows() -> None:
    for thing in chart().values():
        kubernetes_validate.validate(thing, "1.31", strict=True)


@needs_kubectl
def test_a_shop_on_ones_own_machine_is_whole(tmp_path: Path) -> None:
    copy = shutil.copytree(DEPLOY / "kubernetes", tmp_path / "kubernetes")
    said(copy / "overlays/minikube/make-secret")
    made = objects(said(str(KUBECTL), "kustomize", copy / "overlays/minikube"))
    for thing in made.values():
        kubernetes_validate.validate(thing, "1.31", strict=True)
    assert {"postgres", "redis", "mail"} <= {name for kind, name in made if kind == "Service"}
    assert not {"Ingress", "HorizontalPodAutoscaler"} & {kind for kind, _ in made}


@pytest.mark.parametrize("name", ["duka-web", "duka-worker", "duka-release"])
def test_a_container_may_do_nothing_it_need_not(name: str) -> None:
    kind = "Job" if name == "duka-release" else "Deployment"
    pod = chart()[kind, name]["spec"]["template"]["spec"]
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["automountServiceAccountToken"] is False
    for container in [*pod["containers"], *pod.get("initContainers", [])]:
        rights = container["securityContext"]
        assert rights["readOnlyRootFilesystem"] is True
        assert rights["allowPrivilegeEscalation"] is False
        assert rights["capabilities"] == {"drop": ["ALL"]}
        assert container["resources"]["limits"]["memory"]


def test_every_setting_of_the_chart_is_one_that_the_shop_reads() -> None:
    known = (ROOT / ".env.example").read_text()
    for name in chart()["ConfigMap", "duka"]["data"]:
        assert name == "DJANGO_SETTINGS_MODULE" or f"\n{name}=" in known
