"use strict";
/* Elements. Text goes in as text only: nothing that a log says is ever read as HTML. */
failover.elements = (() => {
  const SVG = "http://www.w3.org/2000/svg";

  function fill(element, attributes, children) {
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value === undefined || value === null || value === false) continue;
      if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else if (name === "value") element.value = value;
      else element.setAttribute(name, value === true ? "" : String(value));
    }
    for (const child of children.flat(Infinity)) {
      if (child === undefined || child === null || child === false) continue;
      element.append(child instanceof Node ? child : document.createTextNode(printable(String(child))));
    }
    return element;
  }

  /** Control characters and those that reorder text are shown as what they are. */
  function printable(text) {
    return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, c => c.charCodeAt(0) < 32
        ? String.fromCharCode(0x2400 + c.charCodeAt(0)) : "\ufffd")
      .replace(/[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, "\ufffd");
  }

  const html = (name, attributes, ...children) => fill(document.createElement(name), attributes, children);
  const svg = (name, attributes, ...children) => fill(document.createElementNS(SVG, name), attributes, children);

  /** A table of texts. */
  function table(head, rows, numbers = [], attributes = {}) {
    const cell = (name, text, i) => html(name, { class: numbers.includes(i) ? "number" : null, scope: name === "th" ? "col" : null }, text);
    return html("div", { class: "scroll" }, html("table", attributes,
      head.length ? html("thead", {}, html("tr", {}, head.map((text, i) => cell("th", text, i)))) : null,
      html("tbody", {}, rows.map(row => html("tr", {}, row.map((text, i) => cell("td", text, i)))))));
  }

  /** What stands under a name in the text report. */
  function parts(all) {
    return (all || []).map(part => part.rows ? table(part.head, part.rows, part.numbers) : html("p", {}, part.text));
  }

  function say(text) {
    document.getElementById("said").textContent = printable(text);
  }

  return { html, svg, table, parts, printable, say };
})();
