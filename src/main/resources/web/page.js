"use strict";
/* The address, the theme, hints, and drawing anew when something changes. */
failover.page = (() => {
  const { html, printable } = failover.elements;
  const store = failover.store;
  const main = document.getElementById("main");
  const hintBox = document.getElementById("hint");
  let address = "";
  let pending = 0;
  let isDrawing = false;
  let isOutdated = false;
  let pressed = false;

  function parsed(hash) {
    const [path, query] = (hash || "#/").slice(1).split("?");
    const match = /^\/incident\/(.+)$/.exec(path);
    let id = null;
    try { id = match && decodeURIComponent(match[1]); } catch { id = ""; }
    return { id, query: new URLSearchParams(query || "") };
  }

  /** One after the other: what is fetched for the one may be outdated when it comes, but something is always shown. */
  async function draw() {
    pending = 0;
    isOutdated = isDrawing;
    if (isDrawing) return;
    isDrawing = true;
    try {
      await drawNow();
    } finally {
      isDrawing = false;
      if (location.hash !== address) draw();
      else if (isOutdated) soon();
    }
  }

  async function drawNow() {
    address = location.hash;
    const { id, query } = parsed(address);
    const incident = id === null ? null : await store.whole(id).catch(() => undefined);
    const load = incident ? await store.load(incident).catch(() => null) : null;
    if (location.hash !== address) return;
    const focused = document.activeElement && document.activeElement.closest("main [name], main [data-focus]");
    const focusedName = focused && (focused.getAttribute("name") || focused.dataset.focus);
    const selection = focused && focused.selectionStart;
    const scroll = window.scrollY;
    const isFormOpen = id !== null && main.querySelector("details[open] form.acknowledge");
    if (id === null) {
      const only = store.state.report && store.state.report.incidents.length === 1 && address === "" ? store.state.report.incidents[0] : null;
      if (only) {
        location.replace("#/incident/" + encodeURIComponent(only.id));
        return;
      }
      failover.incident.leave();
      const kept = [...main.querySelectorAll("details[open] > summary")].map(summary => summary.textContent);
      const view = failover.overview.view(query).flat(Infinity).filter(Boolean);
      const form = main.querySelector("form.filters");
      const isOpen = form && form.contains(document.activeElement) && form.dataset.query === String(query);
      // A list of choices that is open would close if its element were replaced.
      if (isOpen) ["clusters", "list"].forEach(name => replace(name, view));
      else main.replaceChildren(...view);
      main.querySelectorAll("details > summary").forEach(summary => { summary.parentElement.open = kept.includes(summary.textContent); });
      document.title = "Failover Timeline";
    } else {
      if (incident) {
        const typed = isFormOpen ? Object.fromEntries([...isFormOpen.elements].filter(field => field.name).map(field => [field.name, field.value])) : null;
        failover.incident.show(main, incident, query, load);
        const form = main.querySelector("form.acknowledge");
        if (typed && form) {
          form.parentElement.open = true;
          for (const [name, value] of Object.entries(typed)) if (form.elements[name]) form.elements[name].value = value;
        }
        document.title = incident.kind + " " + incident.cluster + " · Failover Timeline";
      } else {
        failover.incident.leave();
        main.replaceChildren(html("p", { class: "empty" }, store.state.live && !store.state.complete ? "Reading …" : "There is no incident " + id + (store.state.live ? ", or not any more." : " in this report.")), html("a", { href: "#/" }, "All incidents"));
      }
    }
    window.scrollTo(0, scroll);
    if (focusedName) {
      const again = main.querySelector(`[name="${CSS.escape(focusedName)}"], [data-focus="${CSS.escape(focusedName)}"]`);
      if (again) {
        again.focus({ preventScroll: true });
        if (selection !== null && selection !== undefined && again.type === "search") again.setSelectionRange(selection, selection);
      }
    }
    connection();
  }

  function replace(name, view) {
    const now = view.find(element => element.id === name);
    const before = document.getElementById(name);
    if (now && before) before.replaceWith(now);
  }

  function connection() {
    const link = document.getElementById("link");
    link.textContent = !store.state.live ? "" : !store.state.connected ? "connection lost, trying again"
      : isSelecting() ? "paused while text is selected" : "live";
    link.className = "link " + (store.state.connected ? "well" : "bad");
    document.getElementById("source").textContent = store.state.live ? "" : "report";
  }

  /** Changes come in bursts: drawn at most four times a second. */
  function soon(what) {
    if (what === "connection") return connection();
    if (what && what.load) return failover.incident.loadChanged(what.load);
    if (!pending) pending = setTimeout(whenFree, document.hidden ? 1000 : 250);
  }

  /** Nothing is drawn anew under a pressed button, nor what somebody is about to copy. */
  function whenFree() {
    if (!pressed && !isSelecting()) return draw();
    connection();
    pending = setTimeout(whenFree, 250);
  }

  function isSelecting() {
    const selection = document.getSelection();
    return store.state.live && !selection.isCollapsed && main.contains(selection.anchorNode);
  }

  function go(hash, replaces) {
    if (replaces) {
      history.replaceState(null, "", hash);
      draw();
    } else location.hash = hash;
  }

  /** Makes hash the address of what is shown already. */
  function remember(hash) {
    address = hash;
    history.replaceState(null, "", hash);
  }

  /** Shows lines of text beside element while it is pointed at. */
  function hint(element, lines) {
    element.addEventListener("pointerenter", event => {
      hintBox.replaceChildren(...lines.filter(Boolean).map((line, i) => html("div", { class: i === 1 ? "raw" : null }, line.length > 600 ? line.slice(0, 600) + "…" : line)));
      hintBox.hidden = false;
      const box = hintBox.getBoundingClientRect();
      hintBox.style.left = Math.max(4, Math.min(window.innerWidth - box.width - 8, event.clientX + 14)) + "px";
      hintBox.style.top = (event.clientY + box.height + 24 > window.innerHeight ? Math.max(4, event.clientY - box.height - 14) : event.clientY + 16) + "px";
    });
    element.addEventListener("pointerleave", () => { hintBox.hidden = true; });
  }

  function remembered() {
    try { return localStorage.getItem("failover.theme"); } catch { return null; }
  }

  const system = matchMedia("(prefers-color-scheme: dark)");

  /** What was chosen here, else what the system says. */
  function theme() {
    document.documentElement.dataset.theme = remembered() || (system.matches ? "dark" : "light");
  }

  document.getElementById("theme").addEventListener("click", () => {
    const next = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
    try { localStorage.setItem("failover.theme", next); } catch { /* a file may not remember */ }
    document.documentElement.dataset.theme = next;
    draw();
  });
  window.addEventListener("hashchange", () => {
    if (location.hash === address) return;
    hintBox.hidden = true;
    draw();
    window.scrollTo(0, 0);
  });
  window.addEventListener("pointerdown", () => { pressed = true; });
  for (const end of ["pointerup", "pointercancel"]) window.addEventListener(end, () => { pressed = false; });
  window.addEventListener("keydown", event => {
    if (event.key === "Escape") hintBox.hidden = true;
    if (event.key === "/" && !event.target.matches("input, textarea, select")) {
      const search = main.querySelector("input[type=search]");
      if (search) { event.preventDefault(); search.focus(); }
    }
  });
  system.addEventListener("change", () => { theme(); soon(); });
  setInterval(() => document.querySelectorAll("[data-since]").forEach(clock => {
    clock.textContent = failover.times.span(store.now() - Number(clock.dataset.since));
  }), 200);

  theme();
  store.onChange(soon);
  queueMicrotask(() => { store.start(); draw(); });
  return { go, remember, hint, printable };
})();
