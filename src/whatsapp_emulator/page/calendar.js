// A day, or a span of days: a field that opens a month. Days that cannot be had are grey.
import { h, icon } from "./dom.js";
import { language, words } from "./words.js";

const WEEK = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const YEARS = 120;
const long = new Intl.DateTimeFormat(language, { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
const month = new Intl.DateTimeFormat(language, { month: "long", timeZone: "UTC" });
const weekday = new Intl.DateTimeFormat(language, { weekday: "narrow", timeZone: "UTC" });

const dayOf = (year, monthIndex, day) => new Date(Date.UTC(year, monthIndex, day));
const written = (date) => date.toISOString().slice(0, 10);
const told = (day) => long.format(new Date(`${day}T00:00:00Z`));

export function calendarField(one, attributes, choose) {
  const ranged = one.mode === "range";
  const chosen = ranged ? [one.value["start-date"], one.value["end-date"]].filter(Boolean) : [one.value].filter(Boolean);
  const pane = h("div", { class: "calendar", hidden: true });
  const field = h("button", { ...attributes, type: "button", class: "choice", "aria-expanded": "false",
    onclick: () => {
      pane.hidden = !pane.hidden;
      field.setAttribute("aria-expanded", String(!pane.hidden));
      if (pane.hidden) return;
      drawMonth(pane, one, startOf(one, chosen), chosen, pick);
      pane.scrollIntoView({ block: "nearest" });
    } },
  h("span", { class: chosen.length ? "" : "empty-choice" }, chosen.length ? chosen.map(told).join(" – ") : words.chooseDay),
  icon("calendar"));
  let first = "";
  const pick = (day) => {
    if (!ranged) return choose(day);
    if (!first) return drawMonth(pane, one, day, [(first = day)], pick);
    return choose({ "start-date": first, "end-date": day });
  };
  return h("div", {}, field, pane);
}

const startOf = (one, chosen) => chosen[0] || (one["min-date"] > written(new Date()) ? one["min-date"]
  : one["max-date"] < written(new Date()) ? one["max-date"] : written(new Date()));

function isOpen(one, day, date) {
  const included = one["include-days"] || WEEK;
  return (one["min-date"] || day) <= day && day <= (one["max-date"] || day)
    && !(one["unavailable-dates"] || []).includes(day) && included.includes(WEEK[date.getUTCDay()]);
}

function drawMonth(pane, one, near, chosen, pick) {
  const [year, monthIndex] = [Number(near.slice(0, 4)), Number(near.slice(5, 7)) - 1];
  const go = (y, m) => {
    drawMonth(pane, one, written(dayOf(y, m, 1)), chosen, pick);
  };
  const turn = (by, name, label) => h("button", { type: "button", class: "round", "aria-label": label,
    disabled: !reaches(one, year, monthIndex + by), "data-testid": `month-${name}`,
    onclick: () => {
      go(year, monthIndex + by);
      pane.querySelector(`[data-testid=month-${name}]`).focus();
    } }, icon(name));
  const first = dayOf(year, monthIndex, 1).getUTCDay();
  const count = dayOf(year, monthIndex + 1, 0).getUTCDate();
  const days = Array.from({ length: count }, (_, n) => dayButton(one, dayOf(year, monthIndex, n + 1), chosen, pick));
  const names = WEEK.map((_, n) => h("span", { class: "weekday", "aria-hidden": "true" }, weekday.format(dayOf(2023, 0, n + 1))));
  pane.replaceChildren(
    h("div", { class: "month" }, turn(-1, "back", words.monthBefore),
      h("span", { class: "heading", "aria-live": "polite" }, month.format(dayOf(year, monthIndex, 1))), yearChoice(one, year, (y) => go(y, monthIndex)),
      turn(1, "next", words.monthAfter)),
    h("div", { class: "days" }, ...names, ...Array.from({ length: first }, () => h("span")), ...days));
}

const reaches = (one, year, monthIndex) => (one["min-date"] || "0") <= written(dayOf(year, monthIndex + 1, 0))
  && written(dayOf(year, monthIndex, 1)) <= (one["max-date"] || "9");

function yearChoice(one, year, go) {
  const first = Number((one["min-date"] || String(year - YEARS)).slice(0, 4));
  const last = Number((one["max-date"] || String(year + 10)).slice(0, 4));
  const options = Array.from({ length: Math.max(1, last - first + 1) }, (_, n) => first + n);
  if (options.length === 1) return h("span", { class: "heading" }, String(year));
  return h("select", { "aria-label": words.year, onchange: ({ target }) => go(Number(target.value)) },
    ...options.map((one) => h("option", { value: one, selected: one === year }, String(one))));
}

function dayButton(one, date, chosen, pick) {
  const day = written(date);
  return h("button", { type: "button", class: "day-of-month", "data-testid": "day", "data-day": day, "aria-label": told(day),
    "aria-pressed": String(chosen.includes(day)), disabled: !isOpen(one, day, date), onclick: () => pick(day) },
  String(date.getUTCDate()));
}
