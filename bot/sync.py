"""Tell Discord of the commands, only when they differ from those that it has."""

from __future__ import annotations

from typing import Any

from discord import app_commands

# What a person or a server would notice; the rest is Discord's own bookkeeping.
_COMPARED = frozenset(
    {
        "name",
        "description",
        "type",
        "options",
        "required",
        "autocomplete",
        "choices",
        "value",
        "min_length",
        "max_length",
        "min_value",
        "max_value",
        "channel_types",
        "default_member_permissions",
        "contexts",
        "integration_types",
        "nsfw",
    }
)


async def sync_commands(tree: app_commands.CommandTree[Any]) -> bool:
    """Bring Discord's commands in line with the tree's; returns whether they had to change.

    Raises:
        discord.HTTPException: Discord refuses.
    """
    if not await find_differences(tree):
        return False
    await tree.sync()
    return True


async def find_differences(tree: app_commands.CommandTree[Any]) -> list[str]:
    """The names of commands that Discord lacks, has too many, or has otherwise than the tree.

    Raises:
        discord.HTTPException: Discord refuses.
    """
    client = tree.client
    # As Discord sends them: discord.py 2.7.1's AppCommand loses the last of "contexts" and of
    # "integration_types", whose numbers begin with 0.
    fetched = await client.http.get_global_commands(client.application_id or 0)
    wanted = {_key(told): told for told in map(_essence, _told(tree))}
    held = {_key(told): told for told in map(_essence, fetched)}
    keys = sorted(wanted.keys() | held.keys(), key=str)
    return [str(key[0]) for key in keys if wanted.get(key) != held.get(key)]


def _told(tree: app_commands.CommandTree[Any]) -> list[dict[str, Any]]:
    return [command.to_dict(tree) for command in tree.get_commands()]


def _key(command: dict[str, Any]) -> tuple[Any, Any]:
    return command["name"], command.get("type", 1)


def _essence(told: Any) -> Any:  # noqa: ANN401 - any JSON value
    """A command as it counts: without ids, and without values that only repeat a default."""
    if isinstance(told, dict):
        kept = {key: _essence(value) for key, value in told.items() if key in _COMPARED}
        kept = {key: value for key, value in kept.items() if value not in (None, False, [], "")}
        if "default_member_permissions" in kept:  # a number here, a text from Discord
            kept["default_member_permissions"] = int(kept["default_member_permissions"])
        for unordered in ("contexts", "integration_types"):
            if unordered in kept:
                kept[unordered] = sorted(kept[unordered])
        return kept
    if isinstance(told, list | tuple):
        return [_essence(each) for each in told]
    return getattr(told, "value", told)
