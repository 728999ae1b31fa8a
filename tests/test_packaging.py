# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a user gets who installs publisher: the wheel, the locks, the set-up script, the workflows."""

from __future__ import annotations

import ast
import importlib.metadata
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


def run(*command: str | Path, cwd: Path = ROOT) -> str:
    """What a command prints on stdout; where it fails, the test does, with its stderr."""
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


# The wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The commands of an environment where publisher comes from the wheel and its dependencies from this one."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, symlinks=True)
    variables = {"base": str(folder), "platbase": str(folder)}
    packages = Path(sysconfig.get_path("purelib", "venv", variables))
    # A path read from a .pth file does not have its own .pth files read: the checkout stays out of sight.
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    commands = Path(sysconfig.get_path("scripts", "venv", variables))
    run(sys.executable, "-m", "pip", "--python", commands / "python", "install", "--no-deps", "--no-index", wheel)
    return commands


def files(folder: Path) -> set[str]:
    paths = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(folder).as_posix() for path in paths}


@pytest.mark.slow
def test_the_wheel_holds_the_package_and_the_styles(wheel: Path) -> None:
    expected = {f"publisher/{name}" for name in files(ROOT / "publisher")}
    expected |= {f"publisher/styles/{name}" for name in files(ROOT / "styles")}
    with ZipFile(wheel) as archive:
        found = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert found == expected
    assert any(name.startswith("publisher/licences/texts/") for name in found)
    assert any(name.startswith("publisher/templates/") for name in found)
    assert any(name.startswith("publisher/schemas/") for name in found)


@pytest.mark.slow
def test_the_installed_command_builds_a_book(installed: Path, tmp_path: Path) -> None:
    module = run(installed / "python", "-c", "import publisher; print(publisher.__file__)", cwd=tmp_path)
    assert Path(module.strip()).is_relative_to(installed.parent)
    shutil.copy(ROOT / "content" / "petrograd.txt", tmp_path)
    run(installed / "publisher", "build", "petrograd.txt", "--no-cache", cwd=tmp_path)
    assert files(tmp_path / "dist") == {
        "petrograd.epub",
        "petrograd.fidelity.json",
        "petrograd.pdf",
        "petrograd.booklet.pdf",
    }


@pytest.mark.slow
def test_command_and_module_are_the_same(installed: Path, tmp_path: Path) -> None:
    version = run(installed / "publisher", "--version", cwd=tmp_path)
    assert re.fullmatch(r"publisher \d+\.\d+\.\d+\n", version)
    assert run(installed / "python", "-m", "publisher", "--version", cwd=tmp_path) == version


# The locks


def pins(lock: Path) -> dict[str, list[Requirement]]:
    """The requirements of a lock by name; a package may have a version each for several Pythons."""
    found: dict[str, list[Requirement]] = {}
    for line in lock.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith(("#", " ")):
            requirement = Requirement(line.removesuffix("\\"))
            found.setdefault(canonicalize_name(requirement.name), []).append(requirement)
    return found


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_pins_versions_and_hashes_and_names_no_index(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    assert "://" not in text
    assert set(re.findall(r"--[a-z-]+", text)) == {"--hash"}
    for entry in re.split(r"\n(?=[a-z])", text)[1:]:
        assert re.match(r"[a-z0-9.-]+==\S+", entry)
        assert "--hash=sha256:" in entry


def test_the_tests_run_with_the_versions_that_a_build_has() -> None:
    published, development = pins(ROOT / "requirements/publisher.txt"), pins(ROOT / "requirements/dev.txt")
    assert {name: development.get(name) for name in published} == published


def test_the_locks_fit_what_the_project_asks_for() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        settings = tomllib.load(file)
    groups = settings["dependency-groups"]
    wanted = {
        "publisher": settings["project"]["dependencies"] + groups["build"],
        "dev": settings["project"]["dependencies"] + groups["build"] + groups["dev"],
        "bench": groups["bench"],
        "lock": groups["lock"],
    }
    for name, requirements in wanted.items():
        locked = pins(ROOT / f"requirements/{name}.txt")
        for requirement in map(Requirement, requirements):
            for pin in locked[canonicalize_name(requirement.name)]:
                (specifier,) = pin.specifier
                assert specifier.version in requirement.specifier, f"{name}: {requirement}"


@pytest.mark.parametrize(("folder", "groups"), [("publisher", ()), ("tests", ("dev",))])
def test_what_the_code_imports_is_asked_for(folder: str, groups: tuple[str, ...]) -> None:
    nodes = (node for file in (ROOT / folder).rglob("*.py") for node in ast.walk(ast.parse(file.read_bytes())))
    imported = set[str]()
    for node in nodes:
        match node:
            case ast.Import(names):
                imported |= {alias.name.partition(".")[0] for alias in names}
            case ast.ImportFrom(str(module)):
                imported.add(module.partition(".")[0])
    foreign = imported - sys.stdlib_module_names - {"publisher", "tests"}
    with (ROOT / "pyproject.toml").open("rb") as file:
        settings = tomllib.load(file)
    lines = [*settings["project"]["dependencies"], *(line for g in groups for line in settings["dependency-groups"][g])]
    asked = {canonicalize_name(Requirement(line).name) for line in lines}
    distributions = importlib.metadata.packages_distributions()
    assert {name for name in foreign if asked.isdisjoint(map(canonicalize_name, distributions[name]))} == set()


# The set-up script


def executable(path: Path, lines: str) -> None:
    path.write_text(f"#!/bin/sh\n{lines}\n", encoding="utf-8")
    path.chmod(0o755)


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A checkout in a folder with a space in its name, on a Debian with a Python that has neither venv nor Pango."""
    checkout, commands = tmp_path / "a checkout", tmp_path / "bin"
    (checkout / "scripts").mkdir(parents=True)
    shutil.copy(ROOT / "scripts/setup", checkout / "scripts")
    commands.mkdir()
    for name in ("sh", "dirname", "touch"):
        (commands / name).symlink_to(shutil.which(name) or name)
    executable(
        commands / "python3", f'case "$*" in *ensurepip* | "-I -") exit 1 ;; *) exec "{sys.executable}" "$@" ;; esac'
    )
    executable(commands / "id", "echo 1000")
    executable(commands / "sudo", "exit 1")
    executable(commands / "apt-get", f"touch '{tmp_path}/called'")
    return checkout


@pytest.mark.parametrize(
    ("purpose", "packages"),
    [
        ("books", "python3-venv libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"),
        (
            "test",
            (
                "python3-venv libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 default-jre-headless poppler-utils"
                " qpdf chromium nodejs npm"
            ),
        ),
    ],
)
def test_who_may_not_install_is_told_what_to_run(bare: Path, purpose: str, packages: str) -> None:
    done = subprocess.run(
        ["scripts/setup", purpose],
        cwd=bare,
        env={"PATH": str(bare.parent / "bin")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "System packages are missing. Run this line as root, then the command again:\n"
        f"    sudo apt-get update && sudo apt-get install --yes --no-install-recommends {packages}\n"
    )
    assert not (bare.parent / "called").exists()
    assert not (bare / ".venv").exists()


# The workflows


def check_workflow(text: str) -> None:
    command = [str(Path(sys.executable).with_name("actionlint")), "-no-color", "-"]
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")
    for action in re.findall(r"uses: (\S+.*)", text):
        assert re.fullmatch(r"[\w/-]+@[0-9a-f]{40} # v[\d.]+", action), action


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda workflow: workflow.name)
def test_workflows_are_sound(workflow: Path) -> None:
    check_workflow(workflow.read_text(encoding="utf-8"))


def test_the_workflow_in_the_readme_is_sound() -> None:
    (workflow,) = re.findall(r"```yaml\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    check_workflow(workflow)
