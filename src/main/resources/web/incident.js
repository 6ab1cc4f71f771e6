"use strict";
/* One incident: the answers, the lanes and charts on one axis, phases, cause, clients, and every line that proves it. */
failover.incident = (() => {
  const { html, table, parts, say } = failover.elements;
  const { parse, date, ofStep, span } = failover.times;
  const SOURCE = /^(.*?)([^/]*)$/;
  const MOST_LINES = 500;
  /** What is told further down, with its evidence. */
  const BELOW = new Set(["not", "less likely"]);
  let shown = null;

  function extent(incident) {
    const ends = incident.phases.map(phase => parse(phase.to));
    const times = [parse(incident.startedAt), ...incident.events.map(step => parse(step.at)), ...ends,
      ...(incident.clientImpact || []).map(felt => parse(felt.servedAgainAt || felt.lastFailureAt))];
    const from = Math.min(...times);
    const to = Math.max(...times);
    const pad = Math.max(2000, (to - from) * 0.08);
    const told = [...incident.phases.filter(phase => phase.name !== "REJOIN"),
      ...(incident.dualLeaders || []).filter(both => both.verdict !== "EXCLUDED")].map(span => parse(span.to));
    const core = told.length ? Math.max(...told) : to;
    const begin = parse(incident.startedAt);
    const isLong = to - begin > 2.2 * (core - begin) && core > begin;
    return { all: [from - pad * 3, to + pad * 3], part: isLong ? [begin - (core - begin) * 0.3, core + (core - begin) * 0.5] : [from - pad, to + pad] };
  }

  const gutter = () => window.innerWidth < 600 ? 66 : 116;

  function answers(incident) {
    if (!incident.told) return html("p", { class: "doubtful" }, "Written by another version of this program: only its lines are shown.");
    return html("dl", { class: "answers" }, incident.told.answers.filter(answer => !BELOW.has(answer.label)).map(answer =>
      [html("dt", {}, answer.label), html("dd", { class: answer.tone || null }, answer.text)]));
  }

  function phases(incident) {
    if (!incident.told || !(incident.told.phases.length || incident.told.untold.length)) return null;
    const longest = Math.max(1, ...incident.phases.map(phase => phase.seconds));
    return html("section", {}, html("h2", {}, "Phases"), html("div", { class: "scroll" }, html("table", { class: "phases" },
      html("thead", {}, html("tr", {}, ["phase", "from", "took", "", "ends when", "what the settings explain"].map(name => html("th", { scope: "col" }, name)))),
      html("tbody", {}, incident.phases.map((phase, i) => {
        const told = incident.told.phases[i];
        const bar = html("span", { class: "bar " + phase.name });
        bar.style.width = Math.max(2, 110 * phase.seconds / longest) + "px";
        const verdict = (phase.bySettings || {}).verdict;
        return html("tr", {}, html("td", {}, html("span", { class: "swatch " + phase.name }), told.name),
          html("td", {}, failover.times.clock(parse(phase.from), incident.told.offsetSeconds)),
          html("td", { class: "number" }, told.took), html("td", { class: "bars", "aria-hidden": "true" }, bar), html("td", {}, told.ends),
          html("td", { class: verdict && verdict !== "WITHIN" ? "doubtful" : null }, told.bySettings || ""));
      })))), incident.told.untold.map(text => html("p", { class: "dim" }, text)));
  }

  function lineLink(incident, index) {
    const step = incident.events[index];
    return step ? html("a", { href: "#", onclick: event => { event.preventDefault(); shown.select(index, true); } }, step.source) : null;
  }

  function cause(incident) {
    const its = incident.cause || {};
    const others = its.alternatives || [];
    return html("section", {}, html("h2", {}, "Cause"),
      html("p", {}, html("b", {}, its.code || "UNKNOWN"), its.confidence ? " · " + Math.round(its.confidence * 100) + " % sure" : "", html("br"), its.explanation || ""),
      (its.evidence || []).length ? html("p", {}, "Evidence: ", its.evidence.map((index, i) => [i ? ", " : "", lineLink(incident, index)])) : null,
      others.length ? html("div", { class: "scroll" }, html("table", {},
        html("thead", {}, html("tr", {}, ["considered", "verdict", "because", "lines"].map(name => html("th", { scope: "col" }, name)))),
        html("tbody", {}, others.map(other => html("tr", {}, html("td", {}, other.code),
          html("td", {}, other.verdict === "EXCLUDED" ? "excluded" : "less likely"), html("td", {}, other.reason),
          html("td", {}, (other.evidence || []).map((index, i) => [i ? ", " : "", lineLink(incident, index)]))))))) : null,
      (incident.undatedEvents || []).length ? table(["at a time that is not told", "host", "source"],
        incident.undatedEvents.map(mark => [mark.text, mark.host || "", mark.source])) : null);
  }

  function lines(incident, context) {
    const offset = incident.told ? incident.told.offsetSeconds : 0;
    const day = date(parse(incident.startedAt), offset);
    const proof = new Set((incident.cause || {}).evidence || []);
    const body = html("tbody", {});
    const rows = incident.events.slice(0, MOST_LINES).map((step, index) => {
      const at = parse(step.at);
      const place = SOURCE.exec(step.source);
      const row = html("tr", { id: "line-" + index, "data-text": (step.type + " " + (step.member || "") + " " + step.text + " " + step.source).toLowerCase(), onclick: () => context.select(index, false) },
        html("td", { class: "when" }, (date(at, offset) === day ? "" : date(at, offset) + " ") + ofStep(step, offset)),
        html("td", {}, step.member || "–"),
        html("td", { class: "type" }, html("span", { class: "form " + failover.lanes.weight(step.type), "aria-hidden": "true" }), step.type.toLowerCase().replaceAll("_", " ")),
        html("td", { class: "text" }, proof.has(index) ? html("b", { class: "proof", title: "proof of the cause" }, "» ") : null, step.text),
        html("td", { class: "source", title: step.source }, html("span", { class: "dim" }, place[1]), place[2]));
      body.append(row);
      return row;
    });
    const find = html("input", { type: "search", "aria-label": "Find in lines", placeholder: "find in lines", oninput: event => {
      const words = event.target.value.toLowerCase().split(/\s+/);
      rows.forEach(row => { row.hidden = !words.every(word => row.dataset.text.includes(word)); });
    } });
    return html("section", { class: "lines" }, html("h2", {}, "Lines (" + incident.events.length + ")", find), html("div", { class: "scroll" }, html("table", { class: "log" },
      html("thead", {}, html("tr", {}, ["at (" + (incident.told ? incident.told.zone : "UTC") + ")", "member", "what it proves", "line as it was written", "source"].map(name => html("th", { scope: "col" }, name)))), body)),
    incident.events.length > MOST_LINES ? html("p", { class: "dim" }, "and " + (incident.events.length - MOST_LINES) + " more lines") : null);
  }

  function acknowledgement(incident) {
    const store = failover.store;
    if (!store.state.live) return null;
    const known = store.state.acknowledged.get(incident.id);
    if (known) {
      return html("p", { class: "acknowledged" }, "Acknowledged by ", html("b", {}, known.name), " at " + date(parse(known.at)) + " " + failover.times.clock(parse(known.at), 0, 0) + " UTC",
        known.comment ? ": " + known.comment : ".");
    }
    const form = html("form", { class: "acknowledge", onsubmit: async event => {
      event.preventDefault();
      const value = name => form.elements[name] ? form.elements[name].value : "";
      const refused = await store.acknowledge(incident.id, value("name"), value("comment"), value("token")).catch(() => "the server can't be reached");
      form.querySelector("output").textContent = failover.elements.printable(refused);
    } }, html("label", {}, "your name", html("input", { name: "name", required: true, maxlength: 80, autocomplete: "name" })),
    html("label", {}, "comment", html("input", { name: "comment", maxlength: 500 })),
    store.state.access.needsToken ? html("label", {}, "token", html("input", { name: "token", type: "password", required: true, autocomplete: "off" })) : null,
    html("button", { type: "submit" }, "Acknowledge"), html("output", { class: "bad" }));
    return html("details", {}, html("summary", {}, "Acknowledge"), form);
  }

  function tools(axis) {
    const button = (text, title, act) => html("button", { type: "button", title, "aria-label": title, onclick: act }, text);
    return html("div", { class: "tools", role: "toolbar", "aria-label": "Time axis" },
      button("−", "Zoom out (−)", () => axis.zoom(2)), button("+", "Zoom in (+)", () => axis.zoom(0.5)),
      button("‹", "Earlier (Shift ←)", () => axis.pan(-0.25)), button("›", "Later (Shift →)", () => axis.pan(0.25)),
      button("Reset", "What matters most (0)", () => axis.reset()), button("All", "All there is to see (9)", () => axis.whole()),
      html("span", { class: "dim keys" }, "drag to zoom, Shift-drag to pan · ← → lines, Enter opens one"));
  }

  function pointers(host, axis) {
    const active = new Map();
    const at = clientX => {
      const box = host.getBoundingClientRect();
      const left = box.left + gutter();
      return axis.from + (clientX - left) / (box.right - 10 - left) * (axis.to - axis.from);
    };
    const selection = html("div", { class: "selection", hidden: true });
    host.after(selection);
    host.addEventListener("wheel", event => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      axis.zoom(event.deltaY > 0 ? 1.25 : 0.8, at(event.clientX));
    }, { passive: false });
    host.addEventListener("dblclick", event => axis.zoom(0.5, at(event.clientX)));
    host.addEventListener("pointerdown", event => {
      active.set(event.pointerId, { begin: event.clientX, last: event.clientX });
    });
    host.addEventListener("pointermove", event => {
      const own = active.get(event.pointerId);
      if (!own) return;
      const pans = event.pointerType === "touch" || event.shiftKey;
      if (active.size === 2) {
        const other = [...active.entries()].find(([id]) => id !== event.pointerId)[1];
        const before = Math.abs(own.last - other.last);
        const after = Math.abs(event.clientX - other.last);
        if (before > 10 && after > 10) axis.zoom(before / after, at((event.clientX + other.last) / 2));
      } else if (pans) {
        const moved = at(own.last) - at(event.clientX);
        axis.set(axis.from + moved, axis.to + moved);
      } else if (Math.abs(event.clientX - own.begin) > 4) {
        const box = host.getBoundingClientRect();
        selection.hidden = false;
        selection.style.left = host.offsetLeft + Math.min(own.begin, event.clientX) - box.left + "px";
        selection.style.width = Math.abs(event.clientX - own.begin) + "px";
      }
      own.last = event.clientX;
    });
    const end = event => {
      const own = active.get(event.pointerId);
      active.delete(event.pointerId);
      if (own && !selection.hidden) {
        selection.hidden = true;
        axis.set(Math.min(at(own.begin), at(event.clientX)), Math.max(at(own.begin), at(event.clientX)));
      }
    };
    window.addEventListener("pointerup", end, { signal: shown.ended.signal });
    window.addEventListener("pointercancel", event => active.delete(event.pointerId), { signal: shown.ended.signal });
  }

  function leave() {
    if (!shown) return;
    shown.ended.abort();
    shown.axis.end();
    clearTimeout(shown.linking);
    shown.plots.forEach(plot => plot.destroy());
    shown.resize.disconnect();
    shown = null;
  }

  /** Fills main with the incident; the same one drawn anew keeps what was zoomed to and selected. */
  function show(main, incident, query, load) {
    const before = shown && shown.incident.id === incident.id ? shown : null;
    leave();
    const { all, part } = extent(incident);
    const axis = failover.axis.create(all, part);
    const asked = [parse(query.get("from")), parse(query.get("to"))];
    if (asked.every(Number.isFinite) && asked[1] > asked[0]) axis.set(asked[0], asked[1]);
    else if (before && before.axis.touched) axis.set(before.axis.from, before.axis.to);

    const byLine = incident.events.findIndex(step => step.source === query.get("line"));
    const context = { incident, report: failover.store.state.report, load, axis, gutter, selected: () => shown.index, select: (index, goes) => shown.select(index, goes), hint: failover.page.hint };
    shown = { incident, axis, index: byLine, linking: 0, plots: [], chosen: before ? before.chosen : [], ended: new AbortController() };

    const head = html("header", { class: "incident-head" },
      html("h1", {}, html("span", { class: "kind " + incident.kind }, incident.kind), " " + incident.cluster + " ",
        html("span", { class: "who" }, incident.told ? incident.told.leadership : [incident.oldLeader, incident.newLeader].filter(Boolean).join(" → "))),
      incident.state === "OPEN" ? html("p", { class: "open" }, "open, in " + failover.overview.phaseOf(incident).toLowerCase() + " · ",
        html("span", { class: "clock", "data-since": parse(incident.startedAt) }, span(failover.store.now() - parse(incident.startedAt)))) : null);
    const lanesHost = html("div", { class: "lanes-host" });
    const chartsHost = html("div", { class: "charts" });
    const timeline = html("section", { class: "timeline", tabindex: 0, role: "application", "data-focus": "timeline", "aria-label": "Time axis of the incident. Arrow keys go from line to line, plus and minus zoom, 0 resets." }, tools(axis), lanesHost, chartsHost);
    main.replaceChildren(head, answers(incident), acknowledgement(incident) || "", timeline, phases(incident) || "", cause(incident),
      html("div", {}, (incident.told ? incident.told.sections : []).map(section => html("section", {}, html("h2", {}, section.name), parts(section.parts)))),
      lines(incident, context));

    const drawn = failover.lanes.draw(lanesHost, context);
    const drawCharts = () => {
      shown.plots.forEach(plot => plot.destroy());
      chartsHost.replaceChildren();
      shown.plots = failover.charts.draw(chartsHost, context, shown.chosen, names => { shown.chosen = names; drawCharts(); });
    };
    drawCharts();
    const unmark = () => document.querySelectorAll("table.log tr.selected").forEach(row => row.classList.remove("selected"));
    shown.select = (index, goes) => {
      const step = incident.events[index];
      if (!step) return;
      shown.index = index;
      unmark();
      const row = document.getElementById("line-" + index);
      if (row) {
        row.classList.add("selected");
        if (goes) row.scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
      }
      axis.show(parse(step.at));
      drawn.render();
      say(ofStep(step, incident.told ? incident.told.offsetSeconds : 0) + " " + (step.member || "") + " " + step.text);
      link();
    };
    const link = () => {
      const next = new URLSearchParams();
      if (axis.touched) {
        next.set("from", new Date(axis.from).toISOString());
        next.set("to", new Date(axis.to).toISOString());
      }
      if (shown.index >= 0) next.set("line", incident.events[shown.index].source);
      failover.page.remember("#/incident/" + encodeURIComponent(incident.id) + (next.size ? "?" + next : ""));
    };
    axis.onChange(() => {
      clearTimeout(shown.linking);
      shown.linking = setTimeout(link, 250);
    });
    shown.loadChanged = async () => {
      const now = await failover.store.load(incident).catch(() => null);
      if (!now || now === context.load || !shown || shown.axis !== axis) return;
      context.load = now;
      drawCharts();
    };
    timeline.addEventListener("keydown", event => keys(event, axis, incident));
    pointers(lanesHost, axis);
    let width = lanesHost.clientWidth;
    shown.resize = new ResizeObserver(() => {
      if (Math.abs(lanesHost.clientWidth - width) < 2) return;
      width = lanesHost.clientWidth;
      drawn.render();
      drawCharts();
    });
    shown.resize.observe(lanesHost);
    if (byLine >= 0) shown.select(byLine, !before);
  }

  /** More is known of what the clients of cluster felt. */
  function loadChanged(cluster) {
    if (shown && shown.incident.cluster === cluster) shown.loadChanged();
  }

  function keys(event, axis, incident) {
    if (event.target.matches("input, select, textarea") || event.ctrlKey || event.metaKey || event.altKey) return;
    const go = by => {
      const inView = incident.events.findIndex(step => parse(step.at) >= axis.from);
      shown.select(shown.index < 0 ? Math.max(0, inView) : Math.min(incident.events.length - 1, Math.max(0, shown.index + by)), false);
    };
    const acts = {
      "+": () => axis.zoom(0.5), "=": () => axis.zoom(0.5), "-": () => axis.zoom(2), "0": () => axis.reset(), "9": () => axis.whole(),
      ArrowRight: () => event.shiftKey ? axis.pan(0.25) : go(1), ArrowLeft: () => event.shiftKey ? axis.pan(-0.25) : go(-1),
      Enter: () => { if (event.target.matches(".timeline") && shown.index >= 0) shown.select(shown.index, true); },
    };
    const act = acts[event.key];
    if (act && !(event.key === "Enter" && !event.target.matches(".timeline"))) {
      event.preventDefault();
      act();
    }
  }

  return { show, leave, loadChanged };
})();
