"use strict";
/* Who was what, when: a lane for each member, for the DCS, the load balancer and the operator, over the phases. */
failover.lanes = (() => {
  const { html, svg, say } = failover.elements;
  const { parse, span, ofStep, doubt, clock } = failover.times;
  const LANE = 42;
  const BAND = 16;
  const HEAD = 44;
  const CLIENT = 9;
  const MOST_LANES = 24;
  /** Marks nearer than this, in pixels, are one; where there are many, those a little farther too. */
  const NEAR = 3;
  const NEAR_OF_MANY = 9;
  const MANY = 600;
  const NAMES = { DCS: "DCS", BALANCER: "load balancer", OPERATOR: "operator" };
  const ROLES = { LEADER: "leader", REPLICA: "replica", PROMOTING: "promoting", STOPPING: "stopping", STARTING: "starting", UNKNOWN: "silent" };
  const WEIGHT = {
    bad: new Set(["FAULT_SIGNAL", "LEADER_UNREACHABLE", "LOCK_LOST", "DCS_LOST", "STREAM_LOST", "BACKEND_DOWN", "PROMOTION_FAILED",
      "CLIENT_ERROR", "LOOP_TIME_EXCEEDED", "DEMOTED", "DEMOTION_STARTED", "LOCK_RELEASED", "REPLICA_GONE"]),
    turn: new Set(["LOCK_ACQUIRED", "PROMOTED", "PROMOTION_STARTED", "SWITCHOVER_REQUESTED", "FAILOVER_REQUESTED", "RESTART_REQUESTED",
      "PAUSE", "VIP_MOVED", "LEADER_RACE", "REFUSED", "RACE_LOST", "FAILSAFE", "WATCHDOG", "DCS_ELECTION"]),
    good: new Set(["READY_RW", "READY_RO", "STREAM_STARTED", "DCS_BACK", "BACKEND_UP"]),
  };
  const RANK = ["bad", "turn", "good", "plain"];
  const weight = type => Object.keys(WEIGHT).find(name => WEIGHT[name].has(type)) || "plain";

  /** Marks differ in form and not in colour alone. */
  const FORMS = {
    bad: (x, y) => svg("path", { d: `M${x - 5} ${y - 5}L${x + 5} ${y + 5}M${x + 5} ${y - 5}L${x - 5} ${y + 5}` }),
    turn: (x, y) => svg("path", { d: `M${x} ${y - 6}L${x + 6} ${y}L${x} ${y + 6}L${x - 6} ${y}Z` }),
    good: (x, y) => svg("circle", { cx: x, cy: y, r: 5 }),
    plain: (x, y) => svg("circle", { cx: x, cy: y, r: 2.5 }),
  };

  function patterns() {
    const lines = (id, angle, width, className) => svg("pattern", { id, width, height: width, patternUnits: "userSpaceOnUse", patternTransform: `rotate(${angle})` },
      svg("rect", { width, height: width, class: className + " ground" }), svg("line", { x1: 0, y1: 0, x2: 0, y2: width, class: className }));
    return svg("defs", {}, lines("two", 45, 6, "hatch-two"), lines("blind", 135, 8, "hatch-blind"), lines("waiting", 60, 5, "hatch-waiting"),
      svg("clipPath", { id: "plot" }, svg("rect", { id: "plot-area", y: 0 })));
  }

  /**
   * Draws into host, anew whenever the axis changes.
   * context: incident, report (or null), axis, gutter(), select(index), selected(), hint(element, lines)
   */
  function draw(host, context) {
    const { incident, axis } = context;
    const offset = incident.told ? incident.told.offsetSeconds : 0;
    const clients = (incident.clientImpact || []).slice(0, 12);
    const clientHeight = clients.length ? Math.max(30, clients.length * CLIENT + 10) : 0;
    const proofs = new Set((incident.cause || {}).evidence || []);
    const misses = ((context.report || {}).nearMisses || []).filter(miss => miss.cluster === incident.cluster);
    let isWhole = false;
    let lanes = [];

    /** Of many lanes those of leaders and of what is no member, and of the others those with the gravest marks. */
    function choose() {
      const every = incident.lanes || [];
      if (isWhole || every.length <= MOST_LANES) return every;
      const leading = [incident.oldLeader, incident.newLeader, incident.member];
      const gravity = lane => (leading.includes(lane.member) || lane.kind !== "MEMBER" || lane.events.includes(context.selected()) ? 1e9 : 0)
        + lane.events.reduce((sum, index) => sum + (proofs.has(index) ? 1000 : 3 - RANK.indexOf(weight(incident.events[index].type))), 0);
      const graver = new Map(every.map(lane => [lane, gravity(lane)]));
      const chosen = new Set([...every].sort((a, b) => graver.get(b) - graver.get(a)).slice(0, MOST_LANES));
      return every.filter(lane => chosen.has(lane));
    }

    function more() {
      const all = (incident.lanes || []).length;
      return all <= MOST_LANES ? [] : [html("button", { type: "button", class: "more", "aria-expanded": isWhole ? "true" : "false",
        onclick: () => { isWhole = !isWhole; render(); } }, isWhole ? "Show fewer lanes" : "Show all " + all + " lanes, not only those with the gravest marks")];
    }

    function render() {
      lanes = choose();
      const height = HEAD + lanes.length * LANE + clientHeight + 4;
      const width = Math.max(280, host.clientWidth);
      const left = context.gutter();
      const right = width - 10;
      const x = at => left + (at - axis.from) / (axis.to - axis.from) * (right - left);
      const bar = (from, to, y, tall, attributes) => {
        const a = Math.max(left, Math.min(right, x(from)));
        const b = Math.max(left, Math.min(right, x(to)));
        return b <= left && x(to) < left || a >= right && x(from) > right ? null
          : svg("rect", { x: a, y, width: Math.max(1, b - a), height: tall, ...attributes });
      };
      const words = (from, to, y, text, className) => {
        const a = Math.max(left, x(from));
        const b = Math.min(right, x(to));
        return b - a > text.length * 6.4 + 6 ? svg("text", { x: (a + b) / 2, y, class: className, "text-anchor": "middle" }, text) : null;
      };

      const root = svg("svg", { width, height, viewBox: `0 0 ${width} ${height}`, class: "lanes", "aria-hidden": "true" }, patterns());
      const area = root.querySelector("#plot-area");
      area.setAttribute("x", left - 7);
      area.setAttribute("width", right - left + 14);
      area.setAttribute("height", height);

      incident.phases.forEach((phase, i) => {
        const from = parse(phase.from);
        const to = parse(phase.to);
        const name = incident.told ? incident.told.phases[i].name : phase.name.toLowerCase();
        root.append(...[bar(from, to, 20, height - 20, { class: "phase " + phase.name }),
          bar(from, to, 0, 18, { class: "phase-name " + phase.name }),
          words(from, to, 13, name + (x(to) - x(from) > 130 ? "  " + (incident.told ? incident.told.phases[i].took : span(to - from)) : ""), "phase-label")].filter(Boolean));
      });
      for (const tick of failover.axis.ticks(axis, right - left, offset)) {
        root.append(svg("line", { x1: x(tick.at), x2: x(tick.at), y1: 36, y2: height, class: "grid" }),
          svg("text", { x: x(tick.at), y: 32, class: "tick", "text-anchor": "middle" }, tick.label));
      }

      lanes.forEach((lane, row) => root.append(laneOf(lane, HEAD + row * LANE, { left, right, x, bar, words })));
      if (clients.length) root.append(clientsAt(HEAD + lanes.length * LANE, { left, bar }));
      for (const both of incident.dualLeaders || []) {
        if (both.verdict === "EXCLUDED") continue;
        for (const [row, lane] of lanes.entries()) {
          if (!both.members.includes(lane.member)) continue;
          const shape = bar(parse(both.from), parse(both.to), HEAD + row * LANE + 3, BAND + 2, { class: "two " + both.verdict, fill: "url(#two)" });
          const label = words(parse(both.from), parse(both.to), HEAD + row * LANE + 15, both.verdict === "PROVEN" ? "TWO LEADERS" : "two leaders?", "two-label");
          root.append(...[shape, label].filter(Boolean));
        }
      }
      host.replaceChildren(root, ...more());
    }

    function laneOf(lane, y, plot) {
      const name = lane.member || NAMES[lane.kind] || lane.kind;
      const group = svg("g", { class: "lane" },
        svg("line", { x1: 0, x2: plot.right, y1: y, y2: y, class: "rule" }),
        svg("text", { x: 4, y: y + 16, class: "lane-name" }, name.length > 16 ? name.slice(0, 15) + "…" : name));
      const inside = svg("g", { "clip-path": "url(#plot)" });
      for (const role of lane.roles) {
        const from = parse(role.from);
        const to = parse(role.to);
        inside.append(...[plot.bar(from, to, y + 4, BAND, { class: "role " + role.role, fill: role.role === "UNKNOWN" ? "none" : role.role === "STARTING" || role.role === "STOPPING" ? "url(#waiting)" : null }),
          plot.words(...besidesTwo(lane, from, to), y + 16, ROLES[role.role] || role.role, "role-label " + role.role)].filter(Boolean));
      }
      blind(lane).forEach(([from, to]) => inside.append(...[plot.bar(from, to, y + 4, LANE - 8, { class: "blind", fill: "url(#blind)" }),
        plot.words(from, to, y + 32, "no log", "blind-label")].filter(Boolean)));
      for (const miss of misses) {
        const at = plot.x(parse(miss.at));
        if (miss.member !== lane.member || at < plot.left || at > plot.right) continue;
        const mark = svg("path", { d: `M${at} ${y + 24}l6 10h-12z`, class: "near-miss" });
        context.hint(mark, ["near miss: " + miss.what, miss.explanation, miss.source]);
        inside.append(mark);
      }
      let lastX = -100;
      let level = 0;
      for (const { x, indexes } of marksOf(lane, plot)) {
        level = x - lastX < 7 ? (level + 1) % 3 : 0;
        lastX = x;
        inside.append(markOf(indexes, x, y + 26 + level * 4, plot));
      }
      group.append(inside);
      return group;
    }

    /** What lies so near that it can't be told apart is one mark, so that there are no more of them than there is room. */
    function marksOf(lane, plot) {
      const near = incident.events.length > MANY ? NEAR_OF_MANY : NEAR;
      const marks = [];
      for (const index of lane.events) {
        const x = plot.x(parse(incident.events[index].at));
        if (x < plot.left - 8 || x > plot.right + 8) continue;
        const last = marks.at(-1);
        const isCrowded = last && x - last.x < near && (near > NEAR || last.indexes.length > 2 || marks.length > 2 && x - marks.at(-3).x < near);
        if (isCrowded) last.indexes.push(index);
        else marks.push({ x, indexes: [index] });
      }
      return marks;
    }

    /** A mark for the gravest of some lines. */
    function markOf(indexes, x, y, plot) {
      const rank = i => (context.selected() === i ? -20 : 0) + (proofs.has(i) ? -10 : 0) + RANK.indexOf(weight(incident.events[i].type));
      const index = indexes.reduce((a, b) => rank(b) < rank(a) ? b : a);
      const step = incident.events[index];
      const kind = weight(step.type);
      const isProof = proofs.has(index);
      const group = svg("g", { class: "mark " + kind + (isProof ? " proof" : "") + (context.selected() === index ? " selected" : ""), "data-index": index });
      const { before, after } = doubt(step);
      if (before || after) {
        const at = parse(step.at);
        group.append(svg("line", { x1: plot.x(at - before), x2: plot.x(at + after), y1: y, y2: y, class: "doubt" }));
      }
      if (isProof || context.selected() === index) group.append(svg("circle", { cx: x, cy: y, r: 9, class: "ring" }));
      group.append(FORMS[kind](x, y), svg("circle", { cx: x, cy: y, r: 8, class: "target" }));
      context.hint(group, [ofStep(step, offset) + "  " + (step.member || "") + "  " + step.type, step.text, step.source,
        indexes.length > 1 ? "and " + (indexes.length - 1) + " more at this place; zoom in to tell them apart" : null]);
      group.addEventListener("click", () => context.select(index, true));
      return group;
    }

    /** The part of a span that is not covered by two leaders at once, who are drawn over it. */
    function besidesTwo(lane, from, to) {
      for (const both of incident.dualLeaders || []) {
        if (both.verdict === "EXCLUDED" || !both.members.includes(lane.member)) continue;
        if (parse(both.from) <= from && parse(both.to) > from) from = Math.min(to, parse(both.to));
        if (parse(both.to) >= to && parse(both.from) < to) to = Math.max(from, parse(both.from));
      }
      return [from, to];
    }

    /** Where no line of the member's host was there to be read. */
    function blind(lane) {
      const seen = lane.member && context.report && (context.report.coverage || []).find(host => host.host === lane.member);
      return seen ? [[axis.from, parse(seen.from)], [parse(seen.to), axis.to]].filter(([from, to]) => to > from) : [];
    }

    function clientsAt(y, plot) {
      const group = svg("g", { class: "lane" }, svg("line", { x1: 0, x2: "100%", y1: y, y2: y, class: "rule" }),
        svg("text", { x: 4, y: y + 16, class: "lane-name" }, "clients"));
      clients.forEach((felt, row) => {
        const to = felt.servedAgainAt || felt.lastFailureAt;
        const shape = plot.bar(parse(felt.firstFailureAt), parse(to), y + 5 + row * CLIENT, CLIENT - 2, { class: "felt" });
        if (!shape) return;
        context.hint(shape, [felt.generator + " " + felt.endpoint, felt.failedRequests + " of " + felt.requests + " requests failed, out for " + span(felt.outageSeconds * 1000),
          clock(parse(felt.firstFailureAt), offset) + " – " + clock(parse(to), offset)]);
        group.append(shape);
      });
      return group;
    }

    render();
    axis.onChange(render);
    return { render, say };
  }

  return { draw, weight };
})();
