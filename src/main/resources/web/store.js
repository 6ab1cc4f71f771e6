"use strict";
/* Where incidents come from: the report in this very file, or a server, live. */
failover.store = (() => {
  const listeners = new Set();
  const wholes = new Map();
  const loads = new Map();
  const LOAD_PACE = 1000;
  const state = { live: false, connected: true, complete: false, incidents: new Map(), report: null, clusters: new Map(), acknowledged: new Map(), access: {} };
  let lastSeen = { at: 0, received: 0 };

  const changed = what => listeners.forEach(listener => listener(what));

  function incidents() {
    return [...state.incidents.values()].sort((a, b) => a.startedAt < b.startedAt ? 1 : -1);
  }

  function see(at) {
    if (at > lastSeen.at) lastSeen = { at, received: Date.now() };
  }

  /** The time that the logs have reached, running on between records. */
  function now() {
    return lastSeen.at ? lastSeen.at + (Date.now() - lastSeen.received) : Date.now();
  }

  function take(incident) {
    state.incidents.set(incident.id, incident);
    const last = (incident.phases || []).at(-1);
    see(failover.times.parse(last ? last.to : incident.startedAt));
  }

  /** An incident with its lines: a server gives them when they are asked for. Empty if there is none of that id. */
  async function whole(id) {
    const known = state.incidents.get(id);
    if (!known || known.events) return known;
    const fetched = wholes.get(id);
    if (fetched && fetched.revision === known.revision) return fetched;
    const answer = await fetch("api/v1/incidents/" + encodeURIComponent(id));
    if (!answer.ok) return undefined;
    const incident = await answer.json();
    wholes.clear();
    wholes.set(id, incident);
    for (const step of incident.events) see(failover.times.parse(step.at));
    return incident;
  }

  /** What clients felt near an incident: perSecond, errorWindows, plots. Asked for at most once a second. */
  async function load(incident) {
    if (!state.live) return state.report;
    const known = loads.get(incident.id);
    const age = known ? Date.now() - known.fetched : LOAD_PACE;
    if (known && known.revision === incident.revision && !known.stale) return known;
    if (age < LOAD_PACE) {
      if (!known.awaited) known.awaited = setTimeout(() => changed({ load: incident.cluster }), LOAD_PACE - age);
      return known;
    }
    const answer = await fetch("api/v1/incidents/" + encodeURIComponent(incident.id) + "/load");
    if (!answer.ok) return known || { perSecond: [] };
    const fresh = { ...await answer.json(), revision: incident.revision, cluster: incident.cluster, fetched: Date.now() };
    loads.clear();
    loads.set(incident.id, fresh);
    for (const plot of fresh.perSecond) see(failover.times.parse(plot.from) + plot.second.at(-1) * 1000);
    return fresh;
  }

  function start() {
    const embedded = document.getElementById("report");
    if (embedded) {
      state.report = JSON.parse(embedded.textContent);
      state.report.incidents.forEach(take);
      return;
    }
    state.live = true;
    connect();
  }

  /* The server sends all that it knows first and changes from then on, so that a reconnect misses nothing. */
  function connect() {
    const source = new EventSource("api/v1/changes");
    let fresh = null;
    source.addEventListener("snapshot", () => { fresh = new Set(); state.clusters.clear(); });
    source.addEventListener("incident", event => {
      const incident = JSON.parse(event.data);
      if (fresh) fresh.add(incident.id);
      take(incident);
      if (!fresh) changed(incident.id);
    });
    source.addEventListener("withdrawn", event => {
      state.incidents.delete(JSON.parse(event.data).id);
      changed();
    });
    source.addEventListener("cluster", event => {
      const cluster = JSON.parse(event.data);
      state.clusters.set(cluster.cluster, cluster);
      if (cluster.lastSeenAt) see(failover.times.parse(cluster.lastSeenAt));
      if (!fresh) changed();
    });
    source.addEventListener("gone", event => {
      state.clusters.delete(JSON.parse(event.data).cluster);
      changed();
    });
    source.addEventListener("load", event => {
      const cluster = JSON.parse(event.data).cluster;
      for (const known of loads.values()) if (known.cluster === cluster) known.stale = true;
      changed({ load: cluster });
    });
    source.addEventListener("acknowledged", event => {
      const acknowledgement = JSON.parse(event.data);
      state.acknowledged.set(acknowledgement.incident, acknowledgement);
      if (!fresh) changed(acknowledgement.incident);
    });
    source.addEventListener("complete", event => {
      state.access = JSON.parse(event.data);
      for (const id of state.incidents.keys()) if (fresh && !fresh.has(id)) state.incidents.delete(id);
      for (const known of loads.values()) known.stale = true;
      fresh = null;
      state.connected = true;
      state.complete = true;
      changed();
    });
    source.onerror = () => {
      if (state.connected) { state.connected = false; changed("connection"); }
      if (source.readyState === EventSource.CLOSED) setTimeout(connect, 2000);
    };
  }

  /** Says that somebody takes care; resolves to a text if it was refused. */
  async function acknowledge(id, name, comment, token) {
    const headers = { "Content-Type": "application/json" };
    if (token) headers["X-Acknowledge-Token"] = token;
    const answer = await fetch("api/v1/incidents/" + encodeURIComponent(id) + "/acknowledgement",
      { method: "PUT", headers, body: JSON.stringify({ name, comment }) });
    return answer.ok ? "" : (await answer.text()).trim() || "refused with status " + answer.status;
  }

  return { state, incidents, whole, load, now, start, acknowledge, onChange: listener => listeners.add(listener) };
})();
