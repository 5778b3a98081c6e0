"""On a narrow screen no line ends within the name e-conomic."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from playwright.sync_api import Page

WIDTHS_PX: Final = (390, 320)
_BROKEN: Final = """() => {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), broken = [];
  const range = document.createRange();
  for (let text = texts.nextNode(); text; text = texts.nextNode())
    for (const found of text.data.matchAll(/e-conomic/gi)) {
      range.setStart(text, found.index);
      range.setEnd(text, found.index + found[0].length);
      if (new Set([...range.getClientRects()].map((line) => line.top)).size > 1) broken.push(text.data.trim());
    }
  return broken;
}"""


def broken_names(page: Page) -> Iterator[str]:
    """The texts in which it is broken, at each width. The window has its size again afterwards."""
    size = page.viewport_size
    for width in WIDTHS_PX:
        page.set_viewport_size({"width": width, "height": 844})
        yield from (f"broken at {width} px: {text}" for text in page.evaluate(_BROKEN))
    if size is not None:
        page.set_viewport_size(size)
