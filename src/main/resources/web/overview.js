"use strict";
/* All clusters and all incidents, with filters that are part of the address. */
failover.overview = (() => {
  const { html } = failover.elements;
  const { parse, date, clock, span } = failover.times;
  const PHASES = ["DETECTION", "ELECTION", "PROMOTION", "RECOVERY", "REJOIN"];
  const FILTERS = ["cluster", "kind", "cause"];
  const MOST_SHOWN = 200;

  /** The phase that an open incident is in. */
  function phaseOf(incident) {
    const last = (incident.phases || []).at(-1);
    if (!last) return "DETECTION";
    return PHASES[Math.min(PHASES.length - 1, PHASES.indexOf(last.through || last.name) + 1)];
  }

  function outage(incident) {
    const seconds = Math.max(0, ...(incident.clientImpact || []).map(felt => felt.outageSeconds));
    return seconds ? span(seconds * 1000) : "";
  }

  function took(incident) {
    const end = incident.databaseReadyAt || incident.databaseReadyNotAfter;
    return end ? (incident.databaseReadyAt ? "" : "≤ ") + span(parse(end) - parse(incident.startedAt)) : "";
  }

  const offset = incident => incident.told ? incident.told.offsetSeconds : 0;

  function clusters(all) {
    const names = new Set(all.map(incident => incident.cluster));
    failover.store.state.clusters.forEach((known, name) => names.add(name));
    if (!names.size) return null;
    return html("section", { "aria-label": "Clusters" }, html("ul", { class: "cards" }, [...names].sort().map(name => {
      const own = all.filter(incident => incident.cluster === name);
      const open = own.find(incident => incident.state === "OPEN");
      const blind = (failover.store.state.clusters.get(name) || {}).blindSince;
      const [state, words] = open ? ["open", open.kind + ", " + phaseOf(open).toLowerCase()]
        : blind ? ["blind", "blind: no line since " + clock(parse(blind), 0, 0)] : ["quiet", "quiet"];
      return html("li", { class: "card " + state },
        html("a", { href: open ? "#/incident/" + encodeURIComponent(open.id) : "#/?cluster=" + encodeURIComponent(name) },
          html("b", {}, name),
          html("span", { class: "state" }, words),
          open ? html("span", { class: "clock", "data-since": parse(open.startedAt) }, span(failover.store.now() - parse(open.startedAt))) : null,
          html("span", { class: "dim" }, own.length + (own.length === 1 ? " incident" : " incidents"))));
    })));
  }

  function matches(incident, query) {
    const told = JSON.stringify([incident.id, incident.cluster, incident.kind, incident.cause, incident.oldLeader,
      incident.newLeader, incident.member]).toLowerCase();
    const day = parse(incident.startedAt);
    return (!query.get("cluster") || incident.cluster === query.get("cluster"))
      && (!query.get("kind") || incident.kind === query.get("kind"))
      && (!query.get("cause") || (incident.cause || {}).code === query.get("cause"))
      && (!query.get("from") || day >= Date.parse(query.get("from") + "Z"))
      && (!query.get("to") || day <= Date.parse(query.get("to") + "Z") + 59999)
      && (!query.get("q") || query.get("q").toLowerCase().split(/\s+/).every(word => told.includes(word)));
  }

  function filters(all, query) {
    const values = { cluster: i => i.cluster, kind: i => i.kind, cause: i => (i.cause || {}).code };
    const change = (name, value) => {
      const next = new URLSearchParams(query);
      if (value) next.set(name, value); else next.delete(name);
      failover.page.go("#/" + (next.size ? "?" + next : ""), true);
    };
    const choice = name => html("label", {}, name,
      html("select", { name, onchange: event => change(name, event.target.value) },
        html("option", { value: "" }, "all"),
        [...new Set([...all.map(values[name]), query.get(name)])].filter(Boolean).sort().map(value =>
          html("option", { value, selected: query.get(name) === value }, value))));
    const input = (name, label, type) => html("label", {}, label,
      html("input", { name, type, value: query.get(name) || "", oninput: event => change(name, event.target.value) }));
    return html("form", { class: "filters", role: "search", onsubmit: event => event.preventDefault() },
      input("q", "search", "search"), FILTERS.map(choice), input("from", "from (UTC)", "datetime-local"), input("to", "to (UTC)", "datetime-local"),
      query.size ? html("a", { href: "#/", class: "button" }, "Clear") : null);
  }

  function list(shown) {
    if (!shown.length) return html("p", { class: "empty" }, "No incident.");
    return html("div", { class: "scroll" }, html("table", { class: "incidents" },
      html("thead", {}, html("tr", {}, ["began", "cluster", "kind", "who", "cause", "took", "clients out", "state"].map(name => html("th", { scope: "col" }, name)))),
      html("tbody", {}, shown.slice(0, MOST_SHOWN).map(incident => {
        const at = parse(incident.startedAt);
        const acknowledged = failover.store.state.acknowledged.get(incident.id);
        return html("tr", {},
          html("td", {}, html("a", { href: "#/incident/" + encodeURIComponent(incident.id) },
            date(at, offset(incident)) + " " + clock(at, offset(incident), 0))),
          html("td", {}, incident.cluster),
          html("td", {}, html("span", { class: "kind " + incident.kind }, incident.kind)),
          html("td", {}, incident.told ? incident.told.leadership : incident.newLeader || ""),
          html("td", {}, (incident.cause || {}).code || ""),
          html("td", { class: "number" }, took(incident)),
          html("td", { class: "number" }, outage(incident)),
          html("td", {}, incident.state === "OPEN" ? html("b", { class: "open" }, "open: " + phaseOf(incident).toLowerCase()) : "over",
            acknowledged ? html("span", { class: "dim" }, " · " + acknowledged.name) : null));
      }))),
      shown.length > MOST_SHOWN ? html("p", { class: "dim" }, "and " + (shown.length - MOST_SHOWN) + " more; filter to see them") : null);
  }

  function nearMisses(report) {
    const misses = report.nearMisses || [];
    if (!misses.length) return null;
    return html("section", {}, html("h2", {}, "Near misses"), failover.elements.table(["at (UTC)", "cluster", "member", "what", "why it matters", "source"],
      misses.map(miss => [date(parse(miss.at)) + " " + clock(parse(miss.at)), miss.cluster, miss.member, miss.what, miss.explanation, miss.source])));
  }

  /** What an offline run rests on. */
  function basis(report) {
    if (!report || !report.told) return null;
    return html("section", { class: "basis" }, nearMisses(report),
      report.told.sections.map(section => html("details", {}, html("summary", {}, section.name), failover.elements.parts(section.parts))),
      (report.problems || []).length ? html("p", { class: "doubtful" }, report.problems.length + " problems with the input, listed above.") : null);
  }

  function view(query) {
    const all = failover.store.incidents();
    const report = failover.store.state.report;
    return [html("h1", { class: "unseen" }, "Overview"),
      report && report.told ? failover.elements.parts(report.told.opening.filter(part => part.text)) : null,
      clusters(all), filters(all, query),
      html("section", { id: "list", "aria-label": "Incidents" }, list(all.filter(incident => matches(incident, query)))),
      basis(report)];
  }

  return { view, phaseOf };
})();
