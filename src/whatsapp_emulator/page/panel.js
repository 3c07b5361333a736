// The controls of the emulator: what the control API has is shown, what it lacks is left out.
import { call } from "./api.js";
import { h } from "./dom.js";
import { language, words } from "./words.js";

const panel = document.getElementById("panel");
const body = document.getElementById("panel-body");
const problem = document.getElementById("panel-problem");
const when = new Intl.DateTimeFormat(language, { dateStyle: "full", timeStyle: "medium" });
const FAULTS = ["server_error", "too_many", "timeout_after_accept", "slow", "drop_status", "failed_status"];
const FAULT_NEEDS = { slow: { seconds: 2 }, failed_status: { code: 131026 } };
const SHARES = { 0.1: "10 %", 0.5: "50 %", 1: "100 %" };
const FLOW_STATUSES = ["DRAFT", "PUBLISHED", "THROTTLED", "BLOCKED", "DEPRECATED"];
const TEMPLATE_STATUSES = ["APPROVED", "PENDING", "REJECTED", "PAUSED", "DISABLED"];
const STYLES = ["user_changed_number", "user_changed_user_id", "user_id_update"];

let phone = ""; // the wa_id in the chat
let plan = JSON.stringify({ people: 100, start_over: 10, script: [{ text: "Hola" }] }, null, 1); // of a load

export async function openPanel(waId) {
  phone = waId;
  panel.showModal();
  await drawAll();
}

// Does something, says what went wrong, and shows what has become of it.
async function act(method, path, content) {
  problem.hidden = true;
  try {
    await call(method, path, content);
  } catch (fault) {
    problem.textContent = fault.message;
    problem.hidden = false;
  }
  await drawAll();
}

// What is there now: undefined where the control API has no such thing, `otherwise` where it has nothing yet.
const ask = ({ path, otherwise }) => call("GET", path).catch(({ status }) => (status === 404 ? undefined : otherwise));

async function drawAll() {
  const open = new Set([...body.querySelectorAll("details[open]")].map((one) => one.dataset.section));
  const held = document.activeElement?.id;
  const names = Object.keys(SECTIONS);
  const facts = await Promise.all(names.map((name) => ask(SECTIONS[name])));
  const shown = names.map((name, n) => [name, facts[n]]).filter(([, fact]) => fact !== undefined);
  body.replaceChildren(...shown.map(([name, fact]) =>
    h("details", { open: open.has(name), "data-section": name, "data-testid": `panel-${name}` },
      h("summary", {}, words[`panel_${name}`]), h("div", { class: "controls" }, ...[SECTIONS[name].draw(fact)].flat()))));
  document.getElementById(held)?.focus();
}

const button = (label, onclick, more = {}) => h("button", { type: "button", class: "quiet boxed", onclick, ...more }, label);

function choice(label, id, values, chosen, onchange) {
  const options = Object.entries(values).map(([value, name]) => h("option", { value, selected: value === String(chosen) }, name));
  return h("label", { class: "control" }, h("span", {}, label), h("select", { id, onchange: ({ target }) => onchange(target.value) }, ...options));
}

const same = (names) => Object.fromEntries(names.map((name) => [name, name]));

function input(label, id, value, onchange, type = "text") {
  const checked = type === "checkbox" && value;
  const shown = type === "checkbox" ? undefined : value ?? "";
  return h("label", { class: "control" }, h("span", {}, label), h("input", { id, type, step: "any", checked, value: shown, autocomplete: "off",
    onchange: ({ target }) => onchange(type === "checkbox" ? target.checked : type === "number" ? Number(target.value) : target.value) }));
}

function drawClock({ now, rate }) {
  const steps = { hour: 3600, day: 86_400, week: 604_800 };
  return [h("p", { id: "panel-now" }, when.format(new Date(now * 1000))),
    h("div", { class: "buttons" }, ...Object.entries(steps).map(([name, seconds]) =>
      button(words[`plus_${name}`], () => act("POST", "clock", { advance: seconds }), { id: `advance-${name}` }))),
    input(words.rate, "clock-rate", rate, (value) => act("POST", "clock", { rate: value }), "number")];
}

function drawFaults(active) {
  const add = (kind, share) => share && act("POST", "faults", { kind, rate: Number(share), ...FAULT_NEEDS[kind] });
  return [...active.map((one) => h("div", { class: "control" },
    h("span", {}, `${words[`fault_${one.kind}`] || one.kind}: ${one.rate ? SHARES[one.rate] || one.rate : `${words.next} ${one.next}`}`),
    button(words.remove, () => act("DELETE", `faults?id=${one.id}`)))),
  ...FAULTS.map((kind) => choice(words[`fault_${kind}`], `fault-${kind}`, { "": words.add_fault, ...SHARES }, "", (share) => add(kind, share))),
  active.length ? button(words.removeAll, () => act("DELETE", "faults")) : ""];
}

const TYPES = { boolean: "checkbox", number: "number" };

const drawSettings = (settings) => Object.entries(settings).map(([name, value]) =>
  input(name, `setting-${name}`, value, (given) => act("PATCH", "settings", { [name]: given === "" ? null : given }), TYPES[typeof value]));

function drawFlows(flows) {
  return flows.map((flow) => h("fieldset", {}, h("legend", {}, flow.name),
    choice(words.status, `flow-${flow.id}`, same(FLOW_STATUSES), flow.status, (status) => act("PATCH", `flows/${flow.id}`, { status })),
    choice(words.phonesAre, `client-${flow.id}`, { ok: words.client_ok, too_old: words.client_too_old }, flow.client,
      (client) => act("PATCH", `flows/${flow.id}`, { client })),
    h("p", { class: "aside" }, Object.entries(flow.exchanges).map(([name, n]) => `${name}: ${n}`).join(" · ")),
    ...flow.errors.map((one) => h("p", { class: "aside" }, `${one.line_start}: ${one.message}`))));
}

function drawTemplates(answer) {
  const found = Array.isArray(answer) ? answer : answer.data;
  return found.map((one) => choice(`${one.name} · ${one.language}`, `template-${one.id}`, same(TEMPLATE_STATUSES), one.status,
    (status) => act("PATCH", `templates/${one.id}`, { status })));
}

function drawPeople(phones) {
  const mine = phones.find((one) => one.wa_id === phone);
  if (!mine) return [];
  let style = STYLES[0];
  return [h("p", {}, `${mine.name} · +${mine.wa_id}`), h("p", { class: "aside" }, mine.user_id),
    input(words.username, "username", mine.username, (given) => act("PUT", `phones/${phone}`, { username: given || null })),
    choice(words.toldBy, "number-style", same(STYLES), style, (value) => (style = value)),
    input(words.newNumber, "new-number-of-phone", "", (to) => move(to, style))];
}

async function move(to, style) {
  await act("POST", `phones/${phone}/number`, { to, style });
  if (problem.hidden) location.hash = to;
  if (problem.hidden) location.reload();
}

function drawLoad(report) {
  const area = h("textarea", { id: "load-plan", rows: 6, "aria-label": words.panel_load, spellcheck: "false",
    oninput: ({ target }) => (plan = target.value) });
  area.value = plan;
  const buttons = [button(words.start, () => start(plan)), button(words.refresh, drawAll)];
  if (report.running) buttons.push(button(words.stop, () => act("DELETE", "load")));
  return [area, h("div", { class: "buttons" }, ...buttons),
    h("pre", { class: "facts" }, Object.keys(report).length ? JSON.stringify(report, null, 1) : "")];
}

function start(text) {
  try {
    return act("POST", "load", JSON.parse(text));
  } catch (fault) {
    problem.textContent = fault.message;
    problem.hidden = false;
    return undefined;
  }
}

function lines(facts, before = "") {
  return Object.entries(facts).flatMap(([name, value]) =>
    value && typeof value === "object" ? lines(value, `${before}${name} · `) : [[before + name, String(value)]]);
}

const drawCounters = (facts) => [h("dl", { class: "facts" },
  ...lines(facts).flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, value)])), button(words.refresh, drawAll)];

const SECTIONS = {
  clock: { path: "clock", draw: drawClock },
  faults: { path: "faults", draw: drawFaults },
  settings: { path: "settings", draw: drawSettings },
  people: { path: "phones", draw: drawPeople },
  flows: { path: "flows", draw: drawFlows },
  templates: { path: "templates", draw: drawTemplates },
  load: { path: "load", otherwise: {}, draw: drawLoad },
  counters: { path: "counters", draw: drawCounters },
};
