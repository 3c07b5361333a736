// A form (WhatsApp Flow) in a sheet from below. The emulator keeps the screen; here it is drawn and touched.
import * as api from "./api.js";
import { calendarField } from "./calendar.js";
import { openList } from "./dialogs.js";
import { h, icon, outside } from "./dom.js";
import { formatted } from "./format.js";
import { words } from "./words.js";

const sheet = document.getElementById("form");
const body = document.getElementById("form-body");
const footer = document.getElementById("form-footer");
const back = document.getElementById("form-back");
const notice = document.getElementById("form-notice");

let waId = "";
let drawn = ""; // what the last drawing was made from
let ended = false; // only a notice is shown, and the footer closes it
let waiting = Promise.resolve();
let steps = 0; // not yet answered
let kept = new Map(); // name -> the text the emulator has

export function openForm(phone, wamid) {
  waId = phone;
  [drawn, ended, kept] = ["", false, new Map()];
  body.replaceChildren();
  document.getElementById("form-title").textContent = "";
  footer.hidden = true;
  say("");
  sheet.showModal();
  return step({ open: wamid });
}

// One step after the other: a text that was just typed is put in before the footer is tapped. That is why
// filling in does not disable the footer: it would swallow the tap that takes the focus from the text.
function step(action, disables = true) {
  steps += 1;
  sheet.setAttribute("aria-busy", "true");
  if (disables) footer.disabled = true;
  waiting = waiting
    .then(() => api.form(waId, action))
    .then((facts) => show(facts, action.submit), (problem) => say(problem.message))
    .finally(() => {
      steps -= 1;
      if (steps) return;
      sheet.setAttribute("aria-busy", "false");
      footer.disabled = footer.dataset.off === "true";
    });
  return waiting;
}

const fill = (name, value) => step({ fill: { [name]: value } }, false);

function show({ state, problem, message, screen }, submitted) {
  if (state === "done" || (state === "closed" && !problem)) return sheet.close();
  const said = message || (problem ? words[`form_${problem}`] : "");
  if (state === "closed") return showEnd(said);
  draw(screen, submitted);
  say(said);
}

function showEnd(said) {
  ended = true;
  back.hidden = true;
  body.replaceChildren(h("p", { class: "form-end", role: "alert", "data-testid": "form-end" }, said));
  say("");
  footer.textContent = words.close;
  footer.hidden = false;
  footer.dataset.off = "false";
}

function say(text) {
  notice.textContent = text;
  notice.hidden = !text;
}

// What was typed is in its place already; only when something else has changed the screen is drawn anew.
function draw(screen, submitted) {
  const before = kept;
  kept = new Map(screen.components.filter(isTyped).map((one) => [one.name, one.value]));
  const made = JSON.stringify(screen, (key, value) => (key === "value" && typeof value === "string" ? 0 : value));
  const typed = JSON.stringify(screen.components.map((one) => (isTyped(one) ? 0 : one.value)));
  if (made + typed === drawn) return keepUp(before);
  const moved = !drawn.includes(`{"id":${JSON.stringify(screen.id)}`);
  drawn = made + typed;
  const held = document.activeElement?.dataset.name;
  const half = moved ? new Map() : halfTyped(before);
  document.getElementById("form-title").textContent = screen.title;
  back.hidden = false;
  back.setAttribute("aria-label", screen.first ? words.close : words.back);
  back.replaceChildren(icon(screen.first ? "close" : "back"));
  const shown = screen.components.filter((one) => one.type !== "Footer");
  body.replaceChildren(...shown.map((one, n) => COMPONENTS[one.type](one, `form-${n}`)));
  for (const [name, text] of half) if (field(name)) field(name).value = text;
  drawFooter(screen.components.find((one) => one.type === "Footer"));
  if (moved) body.scrollTop = 0;
  const wrong = submitted && body.querySelector("[aria-invalid=true]");
  const next = wrong || body.querySelector(`[data-name="${held}"]`) || (moved && document.getElementById("form-title"));
  if (next) next.focus();
  if (next && next === field(held) && kept.has(held)) next.setSelectionRange(next.value.length, next.value.length);
}

const field = (name) => name && body.querySelector(`:is(input, textarea)[data-name="${name}"]`);

// What was typed since: it must outlive a drawing that an earlier answer asks for.
function halfTyped(before) {
  const now = [...before].map(([name]) => [name, field(name)?.value]);
  return new Map(now.filter(([name, text]) => text !== undefined && text !== before.get(name)));
}

function keepUp(before) {
  const half = halfTyped(before);
  for (const [name, text] of kept) if (field(name) && !half.has(name)) field(name).value = text;
}

// A text that was put back by a drawing tells of no change of its own.
function submit() {
  for (const [name, text] of halfTyped(kept)) fill(name, text);
  return step({ submit: true });
}

const isTyped = (one) => one.type === "TextInput" || one.type === "TextArea";

function drawFooter(one) {
  footer.hidden = !one;
  if (!one) return;
  footer.textContent = one.label;
  footer.dataset.off = String(one.enabled === false);
  const captions = ["left-caption", "center-caption", "right-caption"].map((key) => one[key]).filter(Boolean);
  document.getElementById("form-captions").replaceChildren(...captions.map((text) => h("span", {}, text)));
}

const errorWords = (code) => words[`error_${code}`] || code;

// A label, the field, and below it the help or what is wrong.
function labelled(one, id, field, tag = "label") {
  const below = one.error ? errorWords(one.error) : one["helper-text"];
  const title = h(tag, tag === "label" ? { for: id, class: "field-label" } : { class: "field-label" }, one.label,
    one.required === true ? "" : h("span", { class: "optional" }, ` ${words.optional}`));
  return h(tag === "legend" ? "fieldset" : "div", { class: one.error ? "field wrong" : "field" }, title,
    one.description && h("p", { class: "aside" }, one.description), field,
    below && h("p", { class: "below", id: `${id}-below` }, below));
}

function fieldAttributes(one, id) {
  const described = one.error || one["helper-text"] ? `${id}-below` : undefined;
  return { id, "data-name": one.name, "data-testid": `field-${one.name}`, "aria-describedby": described,
    "aria-invalid": one.error ? "true" : undefined, disabled: one.enabled === false };
}

const MODES = { number: "numeric", passcode: "numeric", phone: "tel", email: "email" };

function typed(one, id) {
  const attributes = { ...fieldAttributes(one, id), autocomplete: "off", onchange: ({ target }) => fill(one.name, target.value) };
  if (one.type === "TextArea") {
    const area = h("textarea", { ...attributes, rows: 3 });
    area.value = one.value;
    return labelled(one, id, area);
  }
  const secret = one["input-type"] === "password" || one["input-type"] === "passcode";
  return labelled(one, id, h("input", { ...attributes, type: secret ? "password" : "text",
    inputmode: MODES[one["input-type"]], value: one.value }));
}

function dropdown(one, id) {
  const chosen = one["data-source"].find((option) => option.id === one.value);
  const open = () => openList({ title: one.label, rows: one["data-source"], chosen: one.value, action: words.choose },
    (value) => value && fill(one.name, value));
  return labelled(one, id, h("button", { ...fieldAttributes(one, id), type: "button", class: "choice", "aria-haspopup": "dialog",
    onclick: open }, h("span", { class: chosen ? "" : "empty-choice" }, chosen ? chosen.title : words.choose), icon("down")));
}

function optionRow(one, option, kind, checked, onchange) {
  return h("label", { class: "row", "data-testid": `option-${one.name}-${option.id}` },
    h("span", {}, h("span", { class: "heading" }, option.title),
      option.description && h("span", { class: "aside" }, option.description)),
    option.metadata && h("span", { class: "aside" }, option.metadata),
    h("input", { type: kind, name: one.name, value: option.id, checked, onchange, "data-name": `${one.name}.${option.id}`,
      disabled: option.enabled === false || one.enabled === false }));
}

function radios(one, id) {
  const rows = one["data-source"].map((option) =>
    optionRow(one, option, "radio", option.id === one.value, () => fill(one.name, option.id)));
  return labelled(one, id, h("div", { class: "rows" }, ...rows), "legend");
}

const toggled = (one, id) => (one.value.includes(id) ? one.value.filter((other) => other !== id) : [...one.value, id]);

function boxes(one, id) {
  const rows = one["data-source"].map((option) =>
    optionRow(one, option, "checkbox", one.value.includes(option.id), () => fill(one.name, toggled(one, option.id))));
  return labelled(one, id, h("div", { class: "rows" }, ...rows), "legend");
}

function chips(one, id) {
  const found = one["data-source"].map((option) => h("button", { type: "button", class: "chip",
    "data-name": `${one.name}.${option.id}`, "aria-pressed": String(one.value.includes(option.id)),
    disabled: option.enabled === false || one.enabled === false,
    onclick: () => fill(one.name, toggled(one, option.id)) }, option.title));
  return labelled(one, id, h("div", { class: "chips" }, ...found), "legend");
}

function optIn(one, id) {
  const box = h("input", { ...fieldAttributes(one, id), type: "checkbox", checked: one.value,
    onchange: ({ target }) => fill(one.name, target.checked) });
  const more = one.action && link({ ...one, text: words.readMore, link: one.name });
  return h("div", { class: one.error ? "field opt-in wrong" : "field opt-in" }, h("label", {}, box, h("span", {}, one.label)),
    more, one.error && h("p", { class: "below", id: `${id}-below` }, errorWords(one.error)));
}

function link(one) {
  if (one.url) return outside(one.url, "form-link", one.text);
  return h("button", { type: "button", class: "form-link", "data-testid": "form-link",
    onclick: () => step({ link: one.link || one.text }) }, one.text);
}

const lines = (text) => (Array.isArray(text) ? text : [text]);
const read = (tag, className) => (one) =>
  h("div", { class: `${className} ${one["font-weight"] || ""} ${one.strikethrough ? "struck" : ""}` },
    ...lines(one.text).map((text) => h(tag, {}, one.markdown ? formatted(text) : text)));

const calendar = (one, id) => labelled(typeof one.label === "string" ? one : { ...one, label: one.label["start-date"] }, id,
  calendarField(one, fieldAttributes(one, id), (value) => fill(one.name, value)));

const COMPONENTS = {
  TextHeading: read("h3", "said"),
  TextSubheading: read("h4", "said"),
  TextBody: read("p", "said"),
  TextCaption: read("p", "said aside"),
  RichText: (one) => h("div", { class: "said" }, ...lines(one.text).map((text) => h("p", {}, formatted(text)))),
  TextInput: typed,
  TextArea: typed,
  Dropdown: dropdown,
  RadioButtonsGroup: radios,
  CheckboxGroup: boxes,
  ChipsSelector: chips,
  DatePicker: calendar,
  CalendarPicker: calendar,
  OptIn: optIn,
  EmbeddedLink: link,
};

footer.addEventListener("click", () => (ended ? sheet.close() : submit()));
back.addEventListener("click", () => step({ back: true }));
sheet.addEventListener("cancel", (event) => {
  if (ended) return;
  event.preventDefault();
  step({ close: true });
});
