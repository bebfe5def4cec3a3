"""The command ``onrecord``."""

from __future__ import annotations

import subprocess
import sys

from click.testing import CliRunner

from bot.main import cli


def test_run_is_a_command_like_the_others() -> None:
    told = CliRunner().invoke(cli, ["--help"])
    assert told.exit_code == 0
    assert "run " in told.output
    assert "ask " in told.output


def test_the_command_line_does_not_wait_for_discord_to_be_imported() -> None:
    program = "import sys, bot.main; sys.exit('discord' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
