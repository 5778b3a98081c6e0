"""Validation errors as REST told them before: other names in the leaves, plain arrays (economic-api 5.1, shape 2)."""

from __future__ import annotations

from typing import Any, Final

from lagerbro_sandbox.economic.wire.errors import ApiError

_NAMES: Final = {"errorMessage": "message", "inputValue": "value"}


def older(error: ApiError) -> ApiError:
    """The same refusal in the older shape; one of another shape is left alone."""
    tree = error.content.get("errors")
    if not isinstance(tree, dict):
        return error
    content = {**error.content, "errors": _node(tree)}
    return ApiError(error.status, "Validation error.", error.hint, error.code, **content)


def _node(node: dict[str, Any]) -> Any:  # noqa: ANN401 - JSON
    """An array's complaints stand in an array, those about the whole of it first."""
    leaves = [{_NAMES.get(name, name): value for name, value in leaf.items()} for leaf in node.get("errors", ())]
    if "items" in node:
        return [*({"errors": [leaf]} for leaf in leaves), *(_item(item) for item in node["items"])]
    inner = {name: _node(value) for name, value in node.items() if name != "errors"}
    return {**({"errors": leaves} if leaves else {}), **inner}


def _item(item: dict[str, Any]) -> dict[str, Any]:
    rest = {name: value for name, value in item.items() if name != "arrayIndex"}
    return {"arrayIndex": item["arrayIndex"], **_node(rest)}
