"use strict";
/* Request rate, failures and latency by endpoint, on the axis of the lanes. Drawn by uPlot. */
failover.charts = (() => {
  const { html } = failover.elements;
  const { parse, clock, span } = failover.times;
  const MOST_SHOWN = 4;
  const KINDS = { REFUSED: ["refused", "failed"], RESET: ["reset", "reset"], TIMEOUT: ["timed out", "timeout"], READ_ONLY: ["read-only", "readonly"],
    SERVER_ERROR: ["5xx", "failed5"], OTHER: ["other", "dim"] };
  const colour = name => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();

  /** Seconds without requests between two with some are zeros in rates and gaps in latencies. */
  function series(plot) {
    const begin = parse(plot.from) / 1000;
    const kinds = Object.keys(plot.failedByKind || {});
    const columns = { time: [], requests: [], failed: [], median: [], p99: [], slowest: [] };
    kinds.forEach(kind => { columns[kind] = []; });
    const add = (second, i) => {
      const none = i === undefined || !plot.requests[i];
      columns.time.push(begin + second);
      columns.requests.push(none ? 0 : plot.requests[i]);
      columns.failed.push(none ? 0 : plot.failedRequests[i]);
      kinds.forEach(kind => columns[kind].push(none ? 0 : plot.failedByKind[kind][i]));
      for (const [name, values] of [["median", plot.servedMedianMs], ["p99", plot.servedP99Ms], ["slowest", plot.slowestMs]]) {
        columns[name].push(none || !values || values[i] === null ? null : Math.max(0.1, values[i]));
      }
    };
    plot.second.forEach((second, i) => {
      // Where seconds were left out, those without requests that were kept are there already.
      if (i && !plot.thinned && second > plot.second[i - 1] + 1) add(plot.second[i - 1] + 1);
      add(second, i);
    });
    return columns;
  }

  /** Which points to draw from one time to the other: of so many columns of them, those where each line is lowest and highest. */
  function points(columns, names, from, to, most) {
    const { time } = columns;
    const first = Math.max(0, time.findIndex(at => at >= from) - 1);
    let last = time.length - 1;
    while (last > first && time[last - 1] > to) last--;
    const width = Math.ceil((last - first + 1) / most);
    const kept = [];
    for (let begin = first; begin <= last; begin += width) {
      const end = Math.min(last + 1, begin + width);
      const own = new Set([begin]);
      if (width > 1) {
        for (const name of names) {
          const values = columns[name];
          let low = -1;
          let high = -1;
          for (let i = begin; i < end; i++) {
            if (values[i] === null) continue;
            if (low < 0 || values[i] < values[low]) low = i;
            if (high < 0 || values[i] > values[high]) high = i;
          }
          if (low >= 0) own.add(low).add(high);
        }
      }
      kept.push(...[...own].sort((a, b) => a - b));
    }
    return kept;
  }

  /** A line for each kind of failure, the most frequent below, each on top of those before it. */
  function failureLines(columns, kinds) {
    if (kinds.length < 2) return [{ label: "failed" + (kinds.length ? " (" + KINDS[kinds[0]][0] + ")" : ""), of: "failed", colour: kinds.length ? KINDS[kinds[0]][1] : "failed", stepped: true, filled: true }];
    const total = kind => columns[kind].reduce((a, b) => a + b, 0);
    const lines = [];
    let below = columns.time.map(() => 0);
    for (const kind of [...kinds].sort((a, b) => total(b) - total(a))) {
      const own = columns[kind];
      const sum = below.map((value, i) => value + own[i]);
      columns["sum " + kind] = sum;
      lines.unshift({ label: KINDS[kind][0], of: "sum " + kind, shown: own, colour: KINDS[kind][1], stepped: true, filled: true });
      below = sum;
    }
    return lines;
  }

  function shade(incident) {
    return u => {
      const { ctx, bbox } = u;
      ctx.save();
      ctx.beginPath();
      ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
      ctx.clip();
      for (const phase of incident.phases) {
        const a = u.valToPos(parse(phase.from) / 1000, "x", true);
        const b = u.valToPos(parse(phase.to) / 1000, "x", true);
        ctx.fillStyle = colour("phase-" + phase.name.toLowerCase());
        ctx.fillRect(a, bbox.top, Math.max(1, b - a), bbox.height);
      }
      ctx.restore();
    };
  }

  function chart(host, title, columns, lines, context, logarithmic) {
    const { axis, incident } = context;
    const offset = incident.told ? incident.told.offsetSeconds : 0;
    const legend = html("span", { class: "legend" });
    const box = html("div", { class: "chart" }, html("div", { class: "chart-title" }, html("span", {}, title), legend));
    host.append(box);
    const grid = { stroke: () => colour("grid"), width: 1 };
    const values = (u, splits) => splits.map(value => value === null ? "" : value >= 1000 && logarithmic ? value / 1000 + " s" : logarithmic ? value + " ms" : String(value));
    const names = lines.map(line => line.of);
    let kept = [];
    const data = () => {
      kept = points(columns, names, axis.from / 1000, axis.to / 1000, Math.max(150, host.clientWidth / 2));
      return [columns.time, ...names.map(name => columns[name])].map(values => kept.map(i => values[i]));
    };
    const plot = new uPlot({
      width: Math.max(280, host.clientWidth), height: 110, padding: [6, 10, 0, 0], legend: { show: false },
      cursor: { sync: { key: "incident" }, drag: { x: true, y: false, setScale: false } },
      scales: { x: { time: false, min: axis.from / 1000, max: axis.to / 1000 }, y: logarithmic ? { distr: 3 } : { range: (u, min, max) => [0, Math.max(1, max) * 1.1] } },
      axes: [
        { grid, stroke: () => colour("dim"), ticks: { show: false }, size: 20, space: 96, values: (u, splits) => splits.map(at => clock(at * 1000, offset, axis.to - axis.from < 8000 ? 3 : 0)) },
        { grid: logarithmic ? { ...grid, filter: (u, splits) => splits.map(value => Number.isInteger(Math.log10(value)) ? value : null) } : grid,
          stroke: () => colour("dim"), ticks: { show: false }, size: context.gutter(), space: 28, values },
      ],
      series: [{}, ...lines.map(line => ({ label: line.label, stroke: () => colour(line.colour), width: line.width || 1.5, dash: line.dash,
        fill: line.filled ? () => colour(line.colour) + "55" : undefined, paths: line.stepped ? uPlot.paths.stepped({ align: 1 }) : undefined, points: { show: u => !line.stepped && u.data[0].length < 400, size: 4 } }))],
      hooks: {
        drawClear: [shade(incident)],
        setSelect: [u => {
          if (u.select.width > 4) {
            const from = u.posToVal(u.select.left, "x") * 1000;
            const to = u.posToVal(u.select.left + u.select.width, "x") * 1000;
            u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
            axis.set(from, to);
          }
        }],
        setCursor: [u => {
          const i = u.cursor.idx;
          legend.replaceChildren(...lines.map(line => {
            const value = i === null || i === undefined ? null : (line.shown || columns[line.of])[kept[i]];
            return html("span", { class: "key " + line.colour + (line.dash ? " dashed" : "") }, line.label + (value === null || value === undefined ? "" : " " + (logarithmic ? Math.round(value * 10) / 10 + " ms" : value)));
          }), i === null || i === undefined ? "" : html("span", { class: "dim" }, clock(u.data[0][i] * 1000, offset, 0)));
        }],
      },
    }, data(), box);
    plot.setCursor({ left: -10, top: -10 });
    axis.onChange(() => {
      plot.setData(data(), false);
      plot.setScale("x", { min: axis.from / 1000, max: axis.to / 1000 });
    });
    return plot;
  }

  /** How the failed requests failed, by what is known of the whole incident. */
  function failures(incident, plot, load) {
    const counts = new Map();
    const isOf = felt => felt.generator === plot.generator && felt.endpoint === plot.endpoint;
    const add = (error, count) => counts.set(error, (counts.get(error) || 0) + count);
    if (load.errorWindows) {
      load.errorWindows.filter(window => window.incident === incident.id && isOf(window))
        .forEach(window => Object.entries(window.errors || {}).forEach(([error, count]) => add(error, count)));
    } else {
      (incident.clientImpact || []).filter(isOf)
        .forEach(felt => Object.entries(felt.errorKinds || {}).forEach(([kind, count]) => add((KINDS[kind] || [kind])[0], count)));
    }
    return [...counts].sort((a, b) => b[1] - a[1]).slice(0, 3).map(([error, count]) => error + " ×" + count).join(", ");
  }

  /** The charts of an incident's cluster; what there is to destroy is returned. */
  function draw(host, context, chosen, choose) {
    const { incident } = context;
    const load = context.load || {};
    const felt = new Map((incident.clientImpact || []).map(one => [one.generator + " " + one.endpoint, one.failedRequests]));
    const plots = (load.perSecond || []).filter(plot => plot.cluster === incident.cluster)
      .map(plot => ({ ...plot, name: plot.generator + " " + plot.endpoint }))
      .filter(plot => overlaps(plot, incident))
      .sort((a, b) => (felt.get(b.name) || 0) - (felt.get(a.name) || 0) || (a.name < b.name ? -1 : 1));
    if (!plots.length) return [];
    const shown = chosen.length ? plots.filter(plot => chosen.includes(plot.name)) : plots.slice(0, MOST_SHOWN);
    if (plots.length > 1) {
      host.append(html("div", { class: "chips", role: "group", "aria-label": "Endpoints" }, plots.slice(0, 40).map(plot =>
        html("button", { type: "button", "aria-pressed": shown.includes(plot) ? "true" : "false", onclick: () => {
          const names = shown.map(one => one.name);
          choose(names.includes(plot.name) ? names.filter(name => name !== plot.name) : [...names, plot.name]);
        } }, plot.name))));
    }
    const notes = [];
    if (load.plots > load.perSecond.length) notes.push("Of " + load.plots + " endpoints the " + load.perSecond.length + " that felt most can be shown.");
    const thinned = shown.map(plot => plot.thinned).find(Boolean);
    if (thinned) notes.push(thinning(thinned));
    if (notes.length) host.append(html("p", { class: "dim note" }, notes.join(" ")));
    return shown.flatMap(plot => {
      const columns = series(plot);
      const errors = failures(incident, plot, load);
      return [chart(host, plot.name + " · requests/s" + (errors ? " · " + errors : ""), columns, [
        { label: "requests", of: "requests", colour: "rate", stepped: true },
        ...failureLines(columns, Object.keys(plot.failedByKind || {}).filter(kind => KINDS[kind]))], context, false),
      chart(host, plot.name + " · latency of those served, and the slowest", columns, [
        { label: "median", of: "median", colour: "rate" },
        { label: "p99", of: "p99", colour: "p99", dash: [6, 3] },
        { label: "slowest", of: "slowest", colour: "dim", dash: [2, 3], width: 1 }], context, true)];
    });
  }

  /** What was left out so that it can be drawn. */
  function thinning(its) {
    const of = seconds => seconds < 60 ? seconds + " s" : span(seconds * 1000);
    return (its.nearIncidents > 1 ? "Of every " + of(its.everySeconds) : "Away from incidents, of every " + of(its.everySeconds))
      + " only the seconds with the fewest and the most requests, the most failures and the slowest request are drawn.";
  }

  function overlaps(plot, incident) {
    const begin = parse(plot.from);
    const end = begin + ((plot.second.at(-1) || 0) + 1) * 1000;
    const last = (incident.phases.at(-1) || {}).to || incident.startedAt;
    return begin <= parse(last) + 60000 && end >= parse(incident.startedAt) - 60000;
  }

  return { draw, points };
})();
