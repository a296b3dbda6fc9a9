// All that this adds can be done without: every table reads unsorted, every sentence opens by its own button.
"use strict";
const wide = matchMedia("(min-width: 70rem)");
const evidence = document.querySelectorAll("details.evidence");
const beside = () => evidence.forEach((sentence) => { sentence.open = wide.matches; });
wide.addEventListener("change", beside);
beside();
addEventListener("beforeprint", () => evidence.forEach((sentence) => { sentence.open = true; }));
addEventListener("afterprint", beside);

// A stretch of the strip says on hover what it says to a screen reader.
for (const turn of document.querySelectorAll(".strip a")) turn.title = turn.ariaLabel;

// Of a long table or list the first few are shown, and a button for all. On paper all are there.
for (const [long, more, name] of [[".attribution .table", 12, "rows"], [".attribution > ul.statements", 12, "entries"]]) {
  for (const whole of document.querySelectorAll(long)) {
    const count = (whole.querySelector("tbody") ?? whole).children.length;
    if (count <= more || whole.closest("details")) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "more";
    button.textContent = `Show all ${count} ${name}`;
    button.addEventListener("click", () => {
      const short = whole.classList.toggle("short");
      button.textContent = short ? `Show all ${count} ${name}` : "Show fewer";
      if (short) whole.scrollIntoView({ block: "nearest" });
    });
    whole.classList.add("short");
    whole.after(button);
  }
}

// What a link leads to is shown, also where it stands in something closed.
const reveal = () => {
  const place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const short = place?.parentElement?.closest(".short");
  if (short && !place.checkVisibility()) { short.nextElementSibling.click(); place.scrollIntoView(); }
  const closed = place?.closest("details:not([open])");
  if (closed) { closed.open = true; place.scrollIntoView(); }
};
addEventListener("hashchange", reveal);
reveal();

const value = (row, at) => {
  const words = row.cells[at].textContent.trim();
  const number = Number.parseFloat(words.replace(/^(under|over) /, "").replace(/[,%]/g, ""));
  return Number.isNaN(number) ? words.toLowerCase() : number + (words.startsWith("over") ? 0.1 : words.startsWith("under") ? -0.1 : 0);
};
const order = (a, b) => typeof a === typeof b ? (typeof a === "number" ? a - b : a.localeCompare(b)) : typeof a === "number" ? 1 : -1;
for (const table of document.querySelectorAll(".attribution table")) {
  const body = table.tBodies[0];
  if (body.rows.length < 3) continue;
  [...table.tHead.rows[0].cells].forEach((head, at) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const before = head.getAttribute("aria-sort");
      const first = head.classList.contains("number") ? "descending" : "ascending";
      const now = before ? (before === "ascending" ? "descending" : "ascending") : first;
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", now);
      const sign = now === "ascending" ? 1 : -1;
      body.append(...[...body.rows].sort((a, b) => sign * order(value(a, at), value(b, at))));
    });
  });
}
