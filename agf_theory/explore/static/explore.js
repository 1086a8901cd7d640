"use strict";
// Without this file the page works by its button; with it the results follow every change.

const form = document.getElementById("question");
const statusLine = document.getElementById("status");
const settled = 250; // milliseconds without a change before the question is sent
const tab = nameOfTab();
let latest = 0;
let controller = null;
let timer = 0;

document.documentElement.classList.add("scripted");

function ask() {
  clearTimeout(timer);
  timer = setTimeout(update, settled);
}

// A tab is answered by itself: its next question ends the one before, and none of another tab.
function nameOfTab() {
  const known = sessionStorage.getItem("tab") || Math.random().toString(36).slice(2);
  sessionStorage.setItem("tab", known);
  return known;
}

async function update() {
  const mine = ++latest;
  keep();
  if (controller) controller.abort();
  controller = new AbortController();
  form.classList.add("waiting");
  statusLine.textContent = "computing …";
  try {
    const body = new FormData(form);
    body.set("tab", tab);
    const sent = { method: "POST", body, signal: controller.signal };
    const answer = await fetch(form.getAttribute("action"), sent);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (mine !== latest) return; // an answer to what is asked no more
    document.getElementById("results").replaceWith(page.getElementById("results"));
    statusLine.textContent = "";
  } catch (error) {
    if (mine !== latest) return;
    statusLine.textContent = "no answer: agf explore does not run any more";
  }
  form.classList.remove("waiting");
}

// ---------------------------------------------------------------- the scale: a slider over the logarithm of log(1/α)

const alpha = document.getElementById("alpha");
const decades = document.getElementById("decades");

function scaleAt(position) {
  const power = 10 ** (position / 100);
  if (power >= 20) return `1e-${Math.round(power)}`;
  const whole = Math.ceil(power - 1e-9);
  const [mantissa, carried] = (10 ** (whole - power)).toPrecision(2).split("e"); // 10 itself is shown as 10
  return carried || Number(mantissa) >= 10 ? `1e-${whole - 1}` : `${Number(mantissa)}e-${whole}`;
}

function positionOf(text) {
  const match = /^\s*([0-9.]+)(?:e(-?[0-9]+))?\s*$/i.exec(text);
  const power = match ? -(Math.log10(Number(match[1])) + Number(match[2] || 0)) : NaN;
  return power > 0 ? Math.min(300, Math.max(0, Math.round(100 * Math.log10(power)))) : null;
}

function follow() {
  const position = positionOf(alpha.value);
  if (position !== null) decades.value = position;
  decades.setAttribute("aria-valuetext", `α = ${alpha.value}`);
}

if (decades) {
  decades.hidden = false;
  follow();
  decades.addEventListener("input", () => {
    alpha.value = scaleAt(Number(decades.value));
    decades.setAttribute("aria-valuetext", `α = ${alpha.value}`);
  });
  alpha.addEventListener("input", follow);
}

// ---------------------------------------------------------------------------- the number at the cursor, moved by a slider

const mover = document.getElementById("mover");
const moved = document.getElementById("moved");
const numbers = /[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[-+]?[0-9]+)?(?:\/[0-9]+)?/gi;
let grasped = null; // the field, where its number begins and ends, and what it was

function grasp(field) {
  const at = field.selectionStart;
  const first = field.tagName === "TEXTAREA" && field.closest(".of, .for-all") ? field.value.indexOf("\n") : -1;
  for (const found of field.value.matchAll(numbers)) {
    const end = found.index + found[0].length;
    const before = field.value[found.index - 1] || " ";
    if (found.index > at || at > end || found.index < first || /[\w.]/.test(before)) continue;
    const [above, below] = found[0].split("/").map(Number);
    grasped = { field, start: found.index, end, value: above / (below || 1) };
    document.getElementById("number").textContent = found[0];
    moved.value = 0;
    field.insertAdjacentElement("afterend", mover);
    mover.hidden = false;
    return;
  }
}

moved.addEventListener("input", (event) => {
  event.stopPropagation();
  const { field, start, end, value } = grasped;
  const text = String(Number((value + (moved.value / 50) * (Math.abs(value) || 0.5)).toPrecision(4)));
  field.setRangeText(text, start, end);
  grasped.end = start + text.length;
  document.getElementById("number").textContent = text;
  ask();
});

for (const field of form.querySelectorAll("[data-numbers]")) {
  for (const kind of ["click", "keyup"]) field.addEventListener(kind, () => grasp(field));
}

// ------------------------------------------------------------------------------- a column of the data, moved by sliders

for (const field of form.querySelectorAll("[data-range]")) {
  const slider = document.createElement("input");
  Object.assign(slider, { type: "range", min: -field.dataset.range, max: field.dataset.range, step: 0.02 });
  slider.value = field.value;
  slider.setAttribute("aria-label", document.querySelector(`label[for="${field.id}"]`).textContent);
  slider.addEventListener("input", () => { field.value = slider.value; });
  field.addEventListener("input", () => { slider.value = field.value; });
  field.insertAdjacentElement("afterend", slider);
}

// The cells of the first row, in quotes or not.
function namesIn(text) {
  const cells = text.split(/\r?\n/, 1)[0].matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g);
  return Array.from(cells, ([, quoted, plain]) => (quoted === undefined ? plain : quoted.replaceAll('""', '"')).trim());
}

function renewColumns(field) {
  const names = namesIn(field.value);
  for (const choice of field.closest(".of, .for-all").querySelectorAll("[data-columns]")) {
    const chosen = choice.value;
    choice.replaceChildren(new Option("none", ""), ...names.map((name) => new Option(name, name)));
    choice.value = names.includes(chosen) ? chosen : "";
  }
}

for (const field of form.querySelectorAll("textarea")) field.addEventListener("input", () => renewColumns(field));

// ------------------------------------------------------------------------------------------------- a file, into its text

for (const chooser of form.querySelectorAll("[data-into]")) {
  chooser.addEventListener("change", async (event) => {
    event.stopPropagation();
    const [file] = chooser.files;
    if (!file) return;
    if (file.size > 2 ** 20) return ask(); // sent as it is: the answer says how much is allowed
    const field = document.getElementById(chooser.dataset.into);
    field.value = await file.text();
    document.getElementById(`${chooser.dataset.into}.name`).value = file.name;
    chooser.value = "";
    renewColumns(field);
    ask();
  });
}

// --------------------------------------------------- what was entered comes back, when the page is loaded again or gone back to

function fields() {
  return [...form.elements].filter((field) => field.name && field.type !== "file");
}

const hasMark = (field) => field.type === "checkbox" || field.type === "radio";

function entered() {
  return fields().map((field) => [field.name, hasMark(field) ? field.checked : field.value]);
}

function keep() {
  try {
    history.replaceState({ entered: entered() }, "");
  } catch {
    // too long, or too often for this browser: then this does not come back, and the results do
  }
}

function restore(before) {
  const now = fields();
  if (before.length !== now.length || before.some(([name], k) => name !== now[k].name)) return; // of another version
  const texts = now.filter((field) => field.tagName === "TEXTAREA"); // first: they name the columns to choose from
  for (const field of [...texts, ...now]) {
    const [, value] = before[now.indexOf(field)];
    if (hasMark(field)) field.checked = value;
    else field.value = value;
    if (field.tagName === "TEXTAREA") renewColumns(field);
    else field.dispatchEvent(new Event("input")); // sliders follow
  }
}

if (history.state && history.state.entered) restore(history.state.entered);

form.addEventListener("input", (event) => { if (event.target.type !== "file") ask(); });
form.addEventListener("submit", (event) => {
  if (event.submitter && event.submitter.name === "change") return; // a new page, with its numbers in it
  event.preventDefault();
  update();
});
update();
