"""What Discord demands of a request: its own API description, and the limits that it leaves out.

The limits are those of https://discord.com/developers/docs (message resource, components,
interactions, application commands). Widths are counted in UTF-16 units, the strictest reading.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

COMPONENTS_V2 = 1 << 15
CHAT_INPUT_NAME = re.compile(r"[-_\w]{1,32}")
MESSAGE_CALLBACKS = {4, 7}


def width(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


class DiscordRules:
    """Finds what Discord would refuse in a request."""

    def __init__(self, description: Path | None) -> None:
        """``description`` is Discord's openapi.json; without it only the unstated limits count."""
        api = json.loads(description.read_text(encoding="utf-8")) if description else {}
        self.paths: dict[str, Any] = api.get("paths", {})
        self.root = {"components": api.get("components", {})}

    def problems(self, method: str, path: str, body: Any) -> list[str]:
        """Every breach, with where it is; empty for a request that Discord takes."""
        if body is None:
            return []
        return [*self._stated(method, path, body), *_unstated(method, path, body)]

    def _stated(self, method: str, path: str, body: Any) -> Iterator[str]:
        if self.paths:
            body = _with_text_ids(body)
            for error in self._schema(method, path, body).iter_errors(body):
                yield f"{_place(error.absolute_path)}: {error.message[:300]}"

    def _schema(self, method: str, path: str, body: Any) -> Draft202012Validator:
        template = self._template(path)
        content = self.paths[template][method.lower()]["requestBody"]["content"]
        schema = content["application/json"]["schema"]
        if template.endswith("/callback"):
            schema = self._by_type(schema["anyOf"], body["type"])
        elif "anyOf" in schema:  # a webhook's two bodies differ only in what is required
            schema = schema["anyOf"][0]
        return Draft202012Validator({**self.root, **schema})

    def _template(self, path: str) -> str:
        parts = path.strip("/").split("/")
        fitting = []
        for template in self.paths:
            wanted = template.strip("/").split("/")
            if len(wanted) == len(parts) and all(
                want.startswith("{") or want == part
                for want, part in zip(wanted, parts, strict=True)
            ):
                fitting.append(template)
        return min(fitting, key=lambda template: template.count("{"))

    def _by_type(self, choices: list[Any], wanted: int) -> Any:
        for choice in choices:
            name = choice["$ref"].rpartition("/")[2]
            schema = self.root["components"]["schemas"][name]
            if wanted in schema["properties"]["type"]["enum"]:
                return choice
        raise AssertionError(f"no callback of type {wanted}")


@cache
def discord_rules(description: Path | None) -> DiscordRules:
    return DiscordRules(description)


def _with_text_ids(body: Any) -> Any:
    """New attachments as described; Discord's own guide, and discord.py, number them instead."""
    if not isinstance(body, dict) or not body.get("attachments"):
        return body
    return {**body, "attachments": [{**a, "id": str(a["id"])} for a in body["attachments"]]}


def _place(path: Any) -> str:
    return "/".join(map(str, path)) or "body"


def _unstated(method: str, path: str, body: Any) -> Iterator[str]:
    if path.endswith("/commands") and method == "PUT":
        for command in body:
            yield from _command(command)
    elif path.endswith("/callback"):
        sent = body.get("data") or {}
        if body["type"] == 8:
            yield from _choices(sent.get("choices", []))
        elif body["type"] in MESSAGE_CALLBACKS:
            yield from _message(sent, new=body["type"] == 4)
    elif "/webhooks/" in path:
        yield from _message(body, new=method == "POST")


def _message(sent: Mapping[str, Any], *, new: bool) -> Iterator[str]:
    mentions = sent.get("allowed_mentions")
    if mentions is None or mentions.get("parse") != []:
        yield f"allowed_mentions does not forbid all pings: {mentions}"
    elif mentions.get("users") or mentions.get("roles") or mentions.get("replied_user"):
        yield f"allowed_mentions names somebody: {mentions}"
    embeds = sent.get("embeds") or []
    shown = (sent.get("content"), embeds, sent.get("attachments"), sent.get("components"))
    if new and not any(shown):
        yield "empty message"
    if int(sent.get("flags") or 0) & COMPONENTS_V2 and (sent.get("content") or embeds):
        yield "components v2 go without content and embeds"
    if width(sent.get("content") or "") > 2000:
        yield "content over 2,000"
    yield from _embeds(embeds)
    yield from _rows(sent.get("components") or [])


def _embeds(embeds: list[Any]) -> Iterator[str]:
    whole = sum(width(text) for embed in embeds for _, text, _ in _embed_texts(embed))
    if whole > 6000:
        yield f"embeds hold {whole} characters of 6,000"
    addresses = [embed["url"] for embed in embeds if embed.get("url")]
    if len(addresses) != len(set(addresses)):
        yield "embeds with one url are merged"
    for embed in embeds:
        for name, text, most in _embed_texts(embed):
            if not text.strip():
                yield f"embed {name} is empty"
            if width(text) > most:
                yield f"embed {name} holds {width(text)} characters of {most}"


def _embed_texts(embed: Mapping[str, Any]) -> Iterator[tuple[str, str, int]]:
    for name, most in (("title", 256), ("description", 4096)):
        if embed.get(name) is not None:
            yield name, embed[name], most
    if embed.get("footer"):
        yield "footer", embed["footer"]["text"], 2048
    if embed.get("author"):
        yield "author", embed["author"]["name"], 256
    for field in embed.get("fields", []):
        yield "field name", field["name"], 256
        yield "field value", field["value"], 1024


def _rows(rows: list[Any]) -> Iterator[str]:
    if len(rows) > 5:
        yield f"{len(rows)} rows of 5"
    names = []
    for row in rows:
        held = row["components"]
        if not 1 <= len(held) <= 5:
            yield f"{len(held)} components in a row of 5"
        if any(each["type"] != 2 for each in held) and len(held) > 1:
            yield "a select shares its row"
        for each in held:
            yield from _button(each) if each["type"] == 2 else _select(each)
            names.append(each.get("custom_id") or each.get("url"))
    ids = [name for name in names if name and not name.startswith("http")]
    if len(ids) != len(set(ids)):
        yield f"custom ids are not unique: {ids}"


def _button(button: Mapping[str, Any]) -> Iterator[str]:
    if (button.get("custom_id") is None) == (button.get("url") is None):
        yield "a button has either a custom id or an address"
    if not 1 <= width(button.get("label") or "") <= 80:
        yield f"button label {button.get('label')!r}"
    if width(button.get("custom_id") or "") > 100:
        yield "custom id over 100"
    address = button.get("url")
    if address and (width(address) > 512 or not re.match(r"https?://[^\s]+$", address)):
        yield f"button address {address!r}"


def _select(select: Mapping[str, Any]) -> Iterator[str]:
    if not 1 <= len(select.get("options", [])) <= 25:
        yield "a select has 1 to 25 options"
    for option in select.get("options", []):
        if max(width(option["label"]), width(option["value"])) > 100:
            yield f"option over 100: {option}"


def _choices(choices: list[Any]) -> Iterator[str]:
    if len(choices) > 25:
        yield f"{len(choices)} choices of 25"
    for choice in choices:
        if not 1 <= width(choice["name"]) <= 100 or not 1 <= width(str(choice["value"])) <= 100:
            yield f"choice {choice}"
    if len({choice["name"] for choice in choices}) != len(choices):
        yield "two choices of one name"


def _command(command: Mapping[str, Any]) -> Iterator[str]:
    if not command.get("contexts") or not command.get("integration_types"):
        yield f"{command['name']}: contexts and integration types are not stated"
    if sum(map(width, _command_texts(command))) > 8000:
        yield f"{command['name']}: over 8,000 characters"
    if command.get("type", 1) == 1:
        yield from _command_names(command)


def _command_names(command: Mapping[str, Any]) -> Iterator[str]:
    name = command["name"]
    if not CHAT_INPUT_NAME.fullmatch(name) or name != name.lower():
        yield f"name {name!r}"
    if not 1 <= width(command.get("description") or "") <= 100:
        yield f"{name}: description of 1 to 100 characters"
    seen_optional = False
    for option in command.get("options") or []:
        yield from _command_names(option)
        if option.get("required") and seen_optional:
            yield f"{name}: required option after an optional one"
        seen_optional |= not option.get("required")


def _command_texts(command: Mapping[str, Any]) -> Iterator[str]:
    yield command["name"]
    yield command.get("description") or ""
    for option in command.get("options") or []:
        yield from _command_texts(option)
    for choice in command.get("choices") or []:
        yield choice["name"]
        yield str(choice["value"])
