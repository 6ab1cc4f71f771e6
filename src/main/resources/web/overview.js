"use strict";
/* All clusters and all incidents, with filters that are part of the address. */
failover.overview = (() => {
  const { html } = failover.elements;
  const { parse, date, clock, span } = failover.times;
  const PHASES = ["DETECTION", "ELECTION", "PROMOTION", "RECOVERY", "REJOIN"];
  const FILTERS = ["cluster", "kind", "cause"];
  const PAGE = 100;
  const MOST_CARDS = 60;
  const MOST_QUIET = 12;
  const RANK = { open: 0, blind: 1, partly: 2, quiet: 3 };

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
    const byCluster = new Map([...names].map(name => [name, []]));
    all.forEach(incident => byCluster.get(incident.cluster).push(incident));
    const cards = [...byCluster].map(([name, own]) => ({ name, own, ...stateOf(name, own) }))
      .sort((a, b) => RANK[a.state] - RANK[b.state] || (a.name < b.name ? -1 : 1));
    const loud = cards.filter(one => one.state !== "quiet").length;
    const shown = cards.slice(0, Math.min(MOST_CARDS, loud + MOST_QUIET));
    return html("section", { id: "clusters", "aria-label": "Clusters" },
      html("ul", { class: "cards" }, shown.map(card)),
      cards.length > shown.length ? html("p", { class: "dim" }, "and " + (cards.length - shown.length) + " more clusters, "
        + (loud > shown.length ? loud - shown.length + " of them not quiet" : "all quiet") + "; the filter shows their incidents") : null);
  }

  function stateOf(name, own) {
    const known = failover.store.state.clusters.get(name) || {};
    const open = own.find(incident => incident.state === "OPEN");
    const silent = (known.hosts || []).filter(host => host.silentSince);
    if (open) return { state: "open", open, words: open.kind + ", " + phaseOf(open).toLowerCase() };
    if (known.blindSince) return { state: "blind", words: "blind: no line since " + moment(known.blindSince) };
    if (silent.length) {
      const [first] = silent;
      return { state: "partly", words: silent.length > 1 ? silent.length + " of " + known.hosts.length + " hosts silent"
        : first.host + " silent since " + moment(first.silentSince) };
    }
    return { state: "quiet", words: "quiet" };
  }

  function card({ name, own, state, open, words }) {
    return html("li", { class: "card " + state },
      html("a", { href: open ? "#/incident/" + encodeURIComponent(open.id) : "#/?cluster=" + encodeURIComponent(name) },
        html("b", {}, name),
        html("span", { class: "state" }, words),
        open ? html("span", { class: "clock", "data-since": parse(open.startedAt) }, span(failover.store.now() - parse(open.startedAt))) : null,
        open ? html("span", { class: "more-of" }, [open.told && open.told.leadership, outage(open) && "clients out for " + outage(open)].filter(Boolean).join(" · ")) : null,
        html("span", { class: "dim" }, !own.length ? "no incident" : own.length === 1 ? "1 incident" : own.length + " incidents")));
  }

  /** The day is told where it is not the one that the logs have reached. */
  function moment(at) {
    const day = date(parse(at));
    return (day === date(failover.store.now()) ? "" : day + " ") + clock(parse(at), 0, 0);
  }

  const texts = new WeakMap();

  function textOf(incident) {
    if (!texts.has(incident)) {
      texts.set(incident, JSON.stringify([incident.id, incident.cluster, incident.kind, incident.cause, incident.oldLeader,
        incident.newLeader, incident.member]).toLowerCase());
    }
    return texts.get(incident);
  }

  function matches(incident, query) {
    const day = parse(incident.startedAt);
    return (!query.get("cluster") || incident.cluster === query.get("cluster"))
      && (!query.get("kind") || incident.kind === query.get("kind"))
      && (!query.get("cause") || (incident.cause || {}).code === query.get("cause"))
      && (!query.get("from") || day >= Date.parse(query.get("from") + "Z"))
      && (!query.get("to") || day <= Date.parse(query.get("to") + "Z") + 59999)
      && (!query.get("q") || query.get("q").toLowerCase().split(/\s+/).every(word => textOf(incident).includes(word)));
  }

  function filters(all, query) {
    const values = { cluster: i => i.cluster, kind: i => i.kind, cause: i => (i.cause || {}).code };
    const change = (name, value) => {
      const next = new URLSearchParams(query);
      if (value) next.set(name, value); else next.delete(name);
      next.delete("page");
      failover.page.go("#/" + (next.size ? "?" + next : ""), true);
    };
    const choice = name => html("label", {}, name,
      html("select", { name, onchange: event => change(name, event.target.value) },
        html("option", { value: "" }, "all"),
        [...new Set([...all.map(values[name]), query.get(name)])].filter(Boolean).sort().map(value =>
          html("option", { value, selected: query.get(name) === value }, value))));
    const input = (name, label, type) => html("label", {}, label,
      html("input", { name, type, value: query.get(name) || "", oninput: event => change(name, event.target.value) }));
    return html("form", { class: "filters", role: "search", "data-query": String(query), onsubmit: event => event.preventDefault() },
      input("q", "search", "search"), FILTERS.map(choice), input("from", "from (UTC)", "datetime-local"), input("to", "to (UTC)", "datetime-local"),
      query.size ? html("a", { href: "#/", class: "button" }, "Clear") : null);
  }

  /** A page of them; which is part of the address. */
  function pages(count, page, query) {
    const last = Math.ceil(count / PAGE);
    if (last < 2) return null;
    const link = (number, text) => {
      const next = new URLSearchParams(query);
      if (number > 1) next.set("page", number); else next.delete("page");
      return number < 1 || number > last ? html("span", { class: "button off" }, text)
        : html("a", { class: "button", href: "#/" + (next.size ? "?" + next : ""), "data-focus": text }, text);
    };
    return html("nav", { class: "pages", "aria-label": "Pages of incidents" }, link(page === 1 ? 0 : 1, "« Latest"), link(page - 1, "‹ Later"),
      html("span", {}, ((page - 1) * PAGE + 1).toLocaleString("en") + "–" + Math.min(count, page * PAGE).toLocaleString("en") + " of " + count.toLocaleString("en")),
      link(page + 1, "Earlier ›"), link(page === last ? 0 : last, "Earliest »"));
  }

  function list(shown, query) {
    if (!shown.length) return html("p", { class: "empty" }, "No incident.");
    const page = Math.min(Math.ceil(shown.length / PAGE), Math.max(1, Number.parseInt(query.get("page"), 10) || 1));
    return html("div", { class: "scroll" }, html("table", { class: "incidents" },
      html("thead", {}, html("tr", {}, ["began", "cluster", "kind", "who", "cause", "took", "clients out", "state"].map(name => html("th", { scope: "col" }, name)))),
      html("tbody", {}, shown.slice((page - 1) * PAGE, page * PAGE).map(incident => {
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
    pages(shown.length, page, query));
  }

  function nearMisses(report) {
    const misses = report.nearMisses || [];
    if (!misses.length) return null;
    return html("section", {}, html("h2", {}, "Near misses"), failover.elements.table(["at (UTC)", "cluster", "member", "what", "why it matters", "source"],
      misses.map(miss => [date(parse(miss.at)) + " " + clock(parse(miss.at)), miss.cluster, miss.member, miss.what, miss.explanation, miss.source])));
  }

  /** What was too much for one file. */
  function leftOut(report) {
    const parts = (report.leftOut || []).concat(report.incidentsLeftOut ? [report.incidentsLeftOut + " incidents"] : []);
    return parts.length ? html("p", { class: "doubtful" }, "Too much for one file, left out here: " + parts.join(", ") + ". --format json has all.") : null;
  }

  /** What an offline run rests on. */
  function basis(report) {
    if (!report) return null;
    return html("section", { class: "basis" }, nearMisses(report),
      (report.told ? report.told.sections : []).map(section => html("details", {}, html("summary", {}, section.name), failover.elements.parts(section.parts))),
      leftOut(report),
      (report.problems || []).length ? html("p", { class: "doubtful" }, report.problems.length + " problems with the input, listed above.") : null);
  }

  function view(query) {
    const all = failover.store.incidents();
    const report = failover.store.state.report;
    return [html("h1", { class: "unseen" }, "Overview"),
      report && report.told ? failover.elements.parts(report.told.opening.filter(part => part.text)) : null,
      clusters(all), filters(all, query),
      html("section", { id: "list", "aria-label": "Incidents" }, list(all.filter(incident => matches(incident, query)), query)),
      basis(report)];
  }

  return { view, phaseOf };
})();
