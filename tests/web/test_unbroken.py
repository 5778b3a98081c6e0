"""The name e-conomic on one line: in what is read, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagerbro.web.unbroken import unbroken
from lagerbro_sandbox.kernel.pages import html
from tests.reading import plain

HELD = '<span class="nobr">e-conomic</span>'
TEXTS = st.text(alphabet=st.sampled_from("ab -&;\n"), max_size=5)
RUNS = st.lists(TEXTS | st.just("e-conomic"), max_size=5).map("".join)
ELEMENTS = st.builds(
    "<{0} title='{1}'>{2}</{0}>{3}".format, st.sampled_from(["p", "option", "title"]), RUNS, RUNS, RUNS
)
PAGES = st.lists(ELEMENTS, max_size=6).map("".join).map("<main>{}</main>".format)


def held(page: str) -> str:
    """As our own pages and the local systems' do it, each by itself."""
    ours = unbroken(page.encode()).decode()
    assert html(page).body.decode() == ours
    return ours


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<p>Gå til e-conomic nu</p>", f"<p><span>Gå til {HELD} nu</span></p>"),
        ("<p>e-conomic, e-conomic</p>", f"<p><span>{HELD}, {HELD}</span></p>"),
        ("<p>a <b>e-conomic</b> c</p>", f"<p>a <b><span>{HELD}</span></b> c</p>"),
        ('<a title="e-conomic">e-conomic</a>', f'<a title="e-conomic"><span>{HELD}</span></a>'),
        ('<td data-label="e-conomic">7</td>', '<td data-label="e-conomic">7</td>'),
        ("<option>e-conomic</option>", "<option>e-conomic</option>"),
        ("<title>e-conomic</title>", "<title>e-conomic</title>"),
        ("<textarea>e-conomic</textarea>", "<textarea>e-conomic</textarea>"),
        ("<p>Rackbeat</p>", "<p>Rackbeat</p>"),
        ("", ""),
    ],
)
def test_only_what_is_read(page: str, expected: str) -> None:
    assert held(page) == expected


@given(PAGES)
def test_nothing_that_is_read_changes(page: str) -> None:
    assert plain(held(page)) == page


def test_drawings_and_scripts_are_left_alone() -> None:
    page = b"<svg><desc>e-conomic</desc><text><tspan>e-conomic</tspan>e-conomic</text></svg><script>e-conomic</script>"
    assert unbroken(page) == page
