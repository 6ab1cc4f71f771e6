"use strict";
/* The part of time that is shown: one for the lanes and all charts of an incident. */
failover.axis = (() => {
  const SHORTEST = 20;
  const STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 15000, 30000, 60000, 120000, 300000, 600000,
    900000, 1800000, 3600000, 7200000, 21600000, 43200000, 86400000, 604800000];

  /** all: what there is to see; part: what is shown at first. Both are [from, to]. */
  function create(all, part) {
    const listeners = [];
    let asked = 0;
    /* Drawn at most once a frame, however fast a pointer moves. */
    const tell = () => {
      if (!asked) asked = requestAnimationFrame(() => { asked = 0; listeners.forEach(listener => listener(axis)); });
    };
    const axis = {
      from: part[0], to: part[1], touched: false,
      onChange: listener => listeners.push(listener),
      set(from, to, touched = true) {
        const span = Math.min(Math.max(to - from, SHORTEST), all[1] - all[0]);
        const begin = Math.min(Math.max(from, all[0]), all[1] - span);
        axis.from = begin;
        axis.to = begin + span;
        axis.touched = touched;
        tell();
      },
      end() {
        cancelAnimationFrame(asked);
        listeners.length = 0;
      },
      /** factor below 1 shows less, more closely; about stays where it is. */
      zoom(factor, about = (axis.from + axis.to) / 2) {
        axis.set(about - (about - axis.from) * factor, about + (axis.to - about) * factor);
      },
      pan: share => axis.set(axis.from + (axis.to - axis.from) * share, axis.to + (axis.to - axis.from) * share),
      reset: () => axis.set(part[0], part[1], false),
      whole: () => axis.set(all[0], all[1]),
      show(at) {
        if (at < axis.from || at > axis.to) axis.set(at - (axis.to - axis.from) / 2, at + (axis.to - axis.from) / 2);
      },
    };
    return axis;
  }

  function step(span, most) {
    return STEPS.find(candidate => span / candidate <= most) || Math.ceil(span / most / 604800000) * 604800000;
  }

  /** Where to write times, and how. */
  function ticks(axis, width, offsetSeconds) {
    const by = step(axis.to - axis.from, Math.max(2, width / 96));
    const all = [];
    for (let at = Math.ceil(axis.from / by) * by; at <= axis.to; at += by) {
      all.push({ at, label: failover.times.clock(at, offsetSeconds, by < 1000 ? 3 : 0) });
    }
    return all;
  }

  return { create, ticks };
})();
