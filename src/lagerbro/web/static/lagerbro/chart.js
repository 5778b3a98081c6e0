// The chart of the page Lagerværdi, drawn from the table that stands below it: the same figures, letter by letter.
(() => {
  const drawn = new Map();
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  // Later ones are drawn over earlier ones: where all agree, the widest still shows under the narrowest.
  const SERIES = [
    { name: "value", colour: "--chart-value", width: 3.5 },
    { name: "drafted", colour: "--chart-drafted", width: 2, dash: [5, 4] },
    { name: "booked", colour: "--chart-booked", width: 2 },
  ];

  function figures(table) {
    const heads = [...table.querySelectorAll("thead th")];
    const columns = SERIES.map((one) => heads.findIndex((head) => head.dataset.series === one.name));
    const rows = [...table.querySelectorAll("tbody tr")].reverse();
    return {
      day: heads[0].textContent,
      labels: columns.map((at) => heads[at].textContent),
      days: rows.map((row) => Date.parse(`${row.dataset.day}T00:00:00Z`) / 1000),
      words: rows.map((row) => row.cells[0].textContent),
      texts: columns.map((at) => rows.map((row) => row.cells[at].textContent)),
      points: columns.map((at) => rows.map((row) => (row.cells[at].dataset.n ? Number(row.cells[at].dataset.n) : null))),
    };
  }

  function options(place, found) {
    const locale = place.dataset.locale === "en" ? "en-GB" : "da-DK";
    const dates = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", timeZone: "UTC" });
    const amounts = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
    const axis = { stroke: colour("--muted"), grid: { stroke: colour("--line"), width: 1 }, ticks: { show: false }, font: "12px system-ui, sans-serif" };
    const written = (texts) => (_plot, _value, _series, index) => (index === null || index === undefined ? texts.at(-1) : texts[index]);
    return {
      width: place.clientWidth,
      height: place.clientWidth < 500 ? 220 : 280,
      padding: [12, 12, 0, 0],
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "UTC"),
      cursor: { drag: { x: false, y: false }, y: false, points: { size: 7 } },
      legend: { live: true },
      scales: { y: { range: (_plot, low, high) => padded(low, high) } },
      axes: [
        { ...axis, space: 70, values: (_plot, splits) => splits.map((at) => dates.format(new Date(at * 1000))) },
        { ...axis, size: 76, values: (_plot, splits) => splits.map((at) => amounts.format(at)) },
      ],
      series: [
        { label: found.day, value: written(found.words) },
        ...SERIES.map((one, index) => ({
          label: found.labels[index],
          stroke: colour(one.colour),
          width: one.width,
          dash: one.dash,
          spanGaps: true,
          paths: uPlot.paths.stepped({ align: 1 }),
          points: { show: found.points[index].filter((point) => point !== null).length === 1, size: 8 },
          value: written(found.texts[index]),
        })),
      ],
    };
  }

  // A line that never moves needs room above and below it, too.
  function padded(low, high) {
    const room = Math.max((high - low) * 0.1, Math.abs(high) * 0.005, 1);
    return [low - room, high + room];
  }

  function draw(place) {
    const table = document.getElementById("chart-figures");
    if (!table || !window.uPlot) return;
    drawn.get(place)?.destroy();
    place.hidden = false;
    const found = figures(table);
    drawn.set(place, new uPlot(options(place, found), [found.days, ...found.points], place));
  }

  function drawAll() {
    for (const place of drawn.keys()) if (!place.isConnected) drawn.delete(place);
    for (const place of document.querySelectorAll("[data-chart]")) if (!drawn.has(place)) draw(place);
  }

  const redraw = () => [...drawn.keys()].filter((place) => place.isConnected).forEach(draw);
  let width = 0;
  addEventListener("resize", () => {
    if (document.documentElement.clientWidth === width) return;
    width = document.documentElement.clientWidth;
    redraw();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  document.addEventListener("htmx:afterSettle", drawAll);
  drawAll();
})();
