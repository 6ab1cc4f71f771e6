"use strict";
/* Times and spans in words. Instants are milliseconds since 1970, with fractions. */
window.failover = {};

failover.times = (() => {
  const pad = (number, width = 2) => String(number).padStart(width, "0");

  /** Of an ISO-8601 instant in UTC, to the microsecond. */
  function parse(text) {
    const match = /^(.*:\d\d)(?:\.(\d+))?Z$/.exec(text || "");
    return match ? Date.parse(match[1] + "Z") + Number("0." + (match[2] || "0")) * 1000 : NaN;
  }

  function parts(at, offsetSeconds) {
    return new Date(Math.floor(at) + (offsetSeconds || 0) * 1000);
  }

  function date(at, offsetSeconds) {
    const it = parts(at, offsetSeconds);
    return it.getUTCFullYear() + "-" + pad(it.getUTCMonth() + 1) + "-" + pad(it.getUTCDate());
  }

  /** digits: of the fraction of a second. */
  function clock(at, offsetSeconds, digits = 3) {
    const it = parts(at, offsetSeconds);
    const whole = pad(it.getUTCHours()) + ":" + pad(it.getUTCMinutes()) + ":" + pad(it.getUTCSeconds());
    return digits ? whole + "." + pad(it.getUTCMilliseconds(), 3).slice(0, digits) : whole;
  }

  /** As the text report says it: about three digits. */
  function span(millis) {
    const ms = Math.max(0, Math.round(millis));
    if (ms < 100) return ms === 0 ? "0 s" : ms + " ms";
    if (ms < 9995) return (ms / 1000).toFixed(2) + " s";
    if (ms < 59950) return (ms / 1000).toFixed(1) + " s";
    const seconds = Math.round(ms / 1000);
    if (seconds < 3600) return Math.floor(seconds / 60) + " m " + pad(seconds % 60) + " s";
    const minutes = Math.round(seconds / 60);
    return Math.floor(minutes / 60) + " h " + pad(minutes % 60) + " m";
  }

  const COARSE = new Set(["SECONDS", "REPEATED_HOUR"]);

  /** When a step was, as fine as it is known. */
  function ofStep(step, offsetSeconds) {
    const at = clock(parse(step.at), offsetSeconds, COARSE.has(step.precision) ? 0 : 3);
    return at + (step.writtenAt ? "~" : "");
  }

  /** Milliseconds by which a step may have been earlier and later than it is shown. */
  function doubt(step) {
    const around = (step.plusMinusSeconds || 0) * 1000;
    const after = step.precision === "SECONDS" ? 1000 : step.precision === "REPEATED_HOUR" ? 3600000 : 0;
    return { before: around, after: around + after };
  }

  return { parse, date, clock, span, ofStep, doubt };
})();
