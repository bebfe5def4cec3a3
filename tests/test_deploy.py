"""What a host is given: pins of everything, units that systemd accepts, settings that exist."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from bot.main import cli
from bot.settings import VARIABLES
from corpus.vectors import FOLDER_VARIABLE

ROOT = Path(__file__).resolve().parent.parent
DEPLOY = ROOT / "deploy"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PINS = ("constraints.txt", "requirements.txt")
UNITS = ("onrecord.service", "onrecord-backup.service", "onrecord-backup.timer")


def wanted(*extras: str) -> list[Requirement]:
    """What pyproject.toml asks for, with some of its extras."""
    named = list(PROJECT["project"]["dependencies"])
    for extra in extras:
        named += PROJECT["project"]["optional-dependencies"][extra]
    named += PROJECT["build-system"]["requires"]
    return [each for each in map(Requirement, named) if each.name != PROJECT["project"]["name"]]


def pinned(file: str) -> dict[str, str]:
    """Name and version of each pin."""
    text = (DEPLOY / file).read_text(encoding="utf-8")
    return {
        canonicalize_name(name): version
        for name, version in re.findall(r"^([A-Za-z0-9._-]+)==([^\s;]+)", text, re.MULTILINE)
    }


EVERY_EXTRA = tuple(PROJECT["project"]["optional-dependencies"])


@pytest.mark.parametrize(
    ("file", "extras"), [(PINS[0], EVERY_EXTRA), (PINS[1], ("host", "postgres"))]
)
def test_every_dependency_is_pinned_within_what_is_asked_for(
    file: str, extras: tuple[str, ...]
) -> None:
    pins = pinned(file)
    unpinned = [each for each in wanted(*extras) if canonicalize_name(each.name) not in pins]
    assert unpinned == [], "run deploy/refresh-pins.sh"
    outside = [
        f"{each} but {pins[canonicalize_name(each.name)]}"
        for each in wanted(*extras)
        if not each.specifier.contains(pins[canonicalize_name(each.name)])
    ]
    assert outside == [], "run deploy/refresh-pins.sh"


def test_a_host_gets_the_versions_that_were_tested() -> None:
    tested = pinned("constraints.txt")
    assert {name: tested.get(name) for name in pinned("requirements.txt")} == pinned(
        "requirements.txt"
    )


def test_every_pin_of_a_host_has_its_hashes() -> None:
    text = (DEPLOY / "requirements.txt").read_text(encoding="utf-8")
    blocks = re.split(r"^(?=[A-Za-z])", text, flags=re.MULTILINE)[1:]
    assert len(blocks) >= len(pinned("requirements.txt"))
    assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []


@pytest.mark.parametrize("path", [p for p in DEPLOY.iterdir() if p.suffix != ".md"], ids=str)
def test_nothing_names_an_address_to_fetch_from(path: Path) -> None:
    assert not re.search(r"https?://|--(extra-)?index-url", path.read_text(encoding="utf-8"))


def test_the_example_names_the_settings_that_exist() -> None:
    text = (DEPLOY / "onrecord.env.example").read_text(encoding="utf-8")
    named = set(re.findall(r"^#?([A-Z_]+)=", text, re.MULTILINE))
    assert named == {*VARIABLES, "ONRECORD_RECORD", FOLDER_VARIABLE}


@pytest.mark.parametrize(
    "file", ["Dockerfile", "compose.yaml", "compose.hosts.yaml", "SEVERAL_HOSTS.md", *UNITS[:2]]
)
def test_what_is_deployed_sets_only_settings_that_exist(file: str) -> None:
    named = set(re.findall(r"\b((?:ONRECORD|DISCORD)_[A-Z_]+)=?", (DEPLOY / file).read_text()))
    assert named <= {*VARIABLES, "ONRECORD_RECORD", FOLDER_VARIABLE}


@pytest.mark.parametrize("name", ["onrecord", "backup"])
def test_each_container_is_sealed(name: str) -> None:
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    container = compose["services"][name]
    assert container["read_only"]
    assert container["cap_drop"] == ["ALL"]
    assert container["security_opt"] == ["no-new-privileges:true"]
    assert not {"ports", "privileged", "user", "cap_add"} & set(container)
    assert "DISCORD_TOKEN" not in container.get("environment", {})
    written = [volume.partition(":")[0] for volume in container["volumes"]]
    assert set(written) <= set(compose["volumes"])


def _read_hosts() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.hosts.yaml").read_text())
    return found


def test_several_hosts_are_set_up_as_one_is_but_for_shards_and_secrets() -> None:
    hosts = _read_hosts()
    bot, database = hosts["services"]["onrecord"], hosts["services"]["postgres"]
    assert bot["extends"] == {"file": "compose.yaml", "service": "onrecord"}
    assert bot["command"][:2] == ["run", "--shards"]
    assert bot["environment"].pop("ONRECORD_STATE") == "", "the image names a file"
    assert {path.removeprefix("/run/secrets/") for path in bot["environment"].values()} == {
        "state_address",
        "state_key",
    }
    assert database["read_only"]
    assert database["cap_drop"] == ["ALL"]
    assert "POSTGRES_PASSWORD" not in database["environment"]
    used = {*bot["secrets"], *database["secrets"]}
    assert used == set(hosts["secrets"])
    assert "127.0.0.1" in database["ports"][0], "nobody else reaches it unless told to"


def test_the_image_serves_as_nobody_special_and_tells_its_health() -> None:
    text = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    steps = re.findall(r"^([A-Z]+) (.*)", text, re.MULTILINE)
    (user,) = [words for step, words in steps if step == "USER"]
    assert int(user) >= 1000
    assert [words for step, words in steps if step == "VOLUME"] == ["/data"]
    (health,) = [words for step, words in steps if step == "HEALTHCHECK"]
    assert health.endswith('CMD ["onrecord", "health"]')
    assert sum(step == "RUN" and "install.sh" in words for step, words in steps) == 1


@pytest.mark.parametrize("file", ["README.md", "SEVERAL_HOSTS.md", "compose.yaml", *UNITS[:2]])
def test_every_command_that_is_named_exists(file: str) -> None:
    text = (DEPLOY / file).read_text(encoding="utf-8")
    named = set(re.findall(r"(?:bin/|'|; |do |`|exec )onrecord ([a-z]+)\b", text))
    assert named
    assert named <= {*cli.commands, "onrecord"}


@pytest.mark.parametrize("file", ["README.md", "SEVERAL_HOSTS.md", "compose.yaml", *UNITS[:2]])
def test_every_option_that_is_named_exists(file: str) -> None:
    text = (DEPLOY / file).read_text(encoding="utf-8")
    known = {
        name: {option for parameter in command.params for option in parameter.opts}
        for name, command in cli.commands.items()
    }
    for name, more in re.findall(r"\bonrecord ([a-z]+)\b([^`';\n]*)", text):
        if name in known:
            assert set(re.findall(r" (--[a-z-]+)", more)) <= known[name], name


def test_secrets_are_kept_out_of_the_repository_and_the_image() -> None:
    for file in (".gitignore", ".dockerignore"):
        ignored = (ROOT / file).read_text(encoding="utf-8").splitlines()
        secrets = {f"deploy/{each['file']}" for each in _read_hosts()["secrets"].values()}
        assert {"deploy/onrecord.env", "deploy/discord_token", *secrets} <= set(ignored)


@pytest.fixture
def units(tmp_path: Path) -> list[Path]:
    """The units, with a program that is there in place of the installed one."""
    if shutil.which("systemd-analyze") is None:
        pytest.skip("needs systemd-analyze, of Debian's package systemd")
    for name in UNITS:
        text = (DEPLOY / name).read_text(encoding="utf-8")
        text = text.replace("/opt/onrecord/current/bin/onrecord", sys.executable)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return [tmp_path / name for name in UNITS]


def test_systemd_accepts_the_units(units: list[Path]) -> None:
    command = ["systemd-analyze", "verify", "--man=no", *map(str, units)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    complaints = [line for line in done.stderr.splitlines() if "onrecord" in line]
    assert (done.returncode, complaints) == (0, [])


@pytest.mark.parametrize("name", UNITS[:2])
def test_systemd_finds_little_exposed(units: list[Path], name: str) -> None:
    unit = units[UNITS.index(name)]
    command = ["systemd-analyze", "security", "--offline=yes", "--threshold=13", str(unit)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if "unrecognized option" in done.stderr:
        pytest.skip("this systemd-analyze can't judge a unit offline")
    assert done.returncode == 0, done.stdout[-200:] + done.stderr


@pytest.mark.parametrize("script", ["install.sh", "refresh-pins.sh"])
def test_the_scripts_are_programs_of_a_plain_shell(script: str) -> None:
    assert (DEPLOY / script).stat().st_mode & 0o111
    command = ["/bin/sh", "-n", DEPLOY / script]
    done = subprocess.run(command, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
