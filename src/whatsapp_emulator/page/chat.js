// The page: which phone is open, what it shows, what the person does.
import * as api from "./api.js";
import { askPhone } from "./dialogs.js";
import { h, hidden } from "./dom.js";
import { messageElement, showStatus } from "./message.js";
import { openPanel } from "./panel.js";
import { language, putWords, words } from "./words.js";

const SAMPLE_PHONE = "5215512345678";
const PHONES_SHOWN = 50;
const NEAR_END = 120;
const find = (id) => document.getElementById(id);
const log = find("log");
const text = find("text");
const attach = find("attach");
const menu = find("attach-menu");
const day = new Intl.DateTimeFormat(language, { weekday: "long", day: "numeric", month: "long" });

const phones = new Map(); // wa_id -> {wa_id, name, unread}
let open = null; // the wa_id shown
let last = 0; // the greatest n shown
let lastDay = "";
let business = { name: "", number: "" };
let fetching = Promise.resolve();
let typingEnds = 0;
let drawing = 0;
const early = new Map(); // n -> a status heard before the message was drawn

function dayName(date) {
  const days = Math.round((new Date().setHours(0, 0, 0, 0) - new Date(date).setHours(0, 0, 0, 0)) / 86_400_000);
  return [words.today, words.yesterday][days] || day.format(date);
}

function append(entry) {
  const date = new Date(entry.at * 1000);
  if (date.toDateString() !== lastDay) log.append(h("p", { class: "day" }, h("span", {}, dayName(date))));
  lastDay = date.toDateString();
  log.append(messageElement({ ...entry, status: early.get(entry.n) || entry.status }, business.name, act));
  early.delete(entry.n);
  last = entry.n;
  if (entry.direction === "out") showTyping(0);
}

// One after the other, so that no message is shown twice or out of order.
function catchUp() {
  fetching = fetching.then(fetchNew).catch(() => {});
  return fetching;
}

async function fetchNew() {
  const waId = open;
  const entries = await api.messages(waId, last);
  if (waId === open) show(entries);
}

function show(entries) {
  if (!entries.length) return;
  const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_END;
  log.querySelector(".empty")?.remove();
  entries.forEach(append);
  if (atEnd || entries.some((entry) => entry.direction === "in")) toEnd();
  look();
}

function toEnd() {
  log.scrollTop = log.scrollHeight;
}

function look() {
  if (document.visibilityState === "visible") api.look(open);
}

async function switchTo(waId) {
  open = waId;
  [last, lastDay] = [0, ""];
  early.clear();
  phones.get(waId).unread = 0;
  history.replaceState(null, "", `#${waId}`);
  drawPhones();
  showTyping(0);
  log.setAttribute("aria-busy", "true");
  log.replaceChildren(h("p", { class: "empty" }, words.empty));
  await catchUp();
  log.setAttribute("aria-busy", "false");
  toEnd();
}

function phoneButton(phone) {
  const count = phone.unread
    ? [h("span", { class: "count", "aria-hidden": "true" }, String(phone.unread)), hidden(` ${phone.unread} ${words.unread}`)]
    : [];
  return h("li", {},
    h("button", { type: "button", "data-testid": "phone", "data-wa-id": phone.wa_id,
      "aria-current": phone.wa_id === open ? "true" : undefined,
      onclick: () => switchTo(phone.wa_id).then(() => text.focus()) },
    h("span", { class: "name" }, phone.name), h("span", { class: "number" }, `+${phone.wa_id}`), ...count));
}

function drawPhones() {
  const held = document.activeElement?.dataset.waId;
  const shown = [...phones.values()].slice(-PHONES_SHOWN);
  find("phones").replaceChildren(...shown.map(phoneButton));
  find("phones").querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  if (held) document.querySelector(`[data-testid=phone][data-wa-id="${held}"]`)?.focus();
}

// Many events may come at once: the phones are drawn once for all of them.
function drawSoon() {
  cancelAnimationFrame(drawing);
  drawing = requestAnimationFrame(drawPhones);
}

function showTyping(seconds) {
  clearTimeout(typingEnds);
  log.querySelector(".typing")?.remove();
  find("presence").textContent = seconds ? words.typing : `+${business.number}`;
  if (!seconds) return;
  log.append(h("div", { class: "message out typing", "aria-hidden": "true" },
    h("div", { class: "bubble" }, h("i"), h("i"), h("i"))));
  toEnd();
  typingEnds = setTimeout(() => showTyping(0), seconds * 1000);
}

async function act(message) {
  find("problem").hidden = true;
  try {
    await api.write(open, message);
  } catch (problem) {
    find("problem").textContent = `${words.problem} ${problem.message}`;
    find("problem").hidden = false;
  }
}

async function addPhone(waId, name) {
  learnPhone(await api.addPhone(waId, name));
  await switchTo(waId);
  text.focus();
}

function learnPhone({ wa_id, name }) {
  phones.set(wa_id, { unread: 0, ...phones.get(wa_id), wa_id, name });
}

async function loadPhones() {
  (await api.phones()).forEach(learnPhone);
  if (!phones.size) learnPhone(await api.addPhone(SAMPLE_PHONE, ""));
}

const HEARD = {
  message: ({ wa_id }) => {
    if (wa_id === open) return catchUp();
    phones.get(wa_id).unread += 1;
    return drawSoon();
  },
  status: ({ wa_id, n, status }) => {
    if (wa_id !== open) return;
    const element = log.querySelector(`[data-n="${n}"]`);
    if (element) showStatus(element, status);
    else early.set(n, status);
  },
  typing: ({ wa_id, seconds }) => wa_id === open && showTyping(seconds),
  phone: () => drawSoon(),
  reset: () => location.reload(),
};

function hear({ data }) {
  const event = JSON.parse(data);
  if (event.name) learnPhone(event);
  HEARD[event.kind](event);
}

function sendText(event) {
  event.preventDefault();
  const body = text.value.trim();
  if (!body) return;
  text.value = "";
  grow();
  act({ text: body });
}

function grow() {
  text.rows = 1;
  while (text.rows < 6 && text.scrollHeight > text.clientHeight + 2) text.rows += 1;
}

function showMenu(shown) {
  menu.hidden = !shown;
  attach.setAttribute("aria-expanded", String(shown));
  if (shown) menu.querySelector("button").focus();
}

function listen() {
  find("composer").addEventListener("submit", sendText);
  text.addEventListener("input", grow);
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) sendText(event);
  });
  attach.addEventListener("click", () => showMenu(menu.hidden));
  menu.addEventListener("click", ({ target }) => {
    showMenu(false);
    if (target.dataset.send) act({ [target.dataset.send]: true });
    text.focus();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || menu.hidden) return;
    showMenu(false);
    attach.focus();
  });
  document.addEventListener("click", ({ target }) => target.closest(".attach") || showMenu(false));
  document.addEventListener("visibilitychange", look);
  find("add-phone").addEventListener("click", () => askPhone(addPhone));
  find("open-panel").addEventListener("click", () => openPanel(open));
}

async function start() {
  putWords(document);
  business = await api.business();
  find("business").textContent = business.name;
  await loadPhones();
  listen();
  const wanted = location.hash.slice(1);
  await switchTo(phones.has(wanted) ? wanted : [...phones.keys()].at(-1));
  const stream = api.events();
  stream.onmessage = hear;
  stream.onopen = () => {
    catchUp(); // what came before anybody listened
    stream.onopen = () => location.reload(); // the emulator may have been started anew
  };
  document.body.dataset.ready = "true";
}

start();
