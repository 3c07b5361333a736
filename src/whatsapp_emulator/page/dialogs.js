// The dialogs. The browser's own <dialog> keeps the focus inside, gives it back, and closes on Escape.
import { h } from "./dom.js";

const list = document.getElementById("list");
const picture = document.getElementById("picture");
const newPhone = document.getElementById("new-phone");

for (const dialog of [list, picture, newPhone, document.getElementById("panel")]) {
  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
}

function row({ id, title, description, enabled }, chosen) {
  return h("label", { class: "row", "data-testid": "list-row", "data-id": id },
    h("span", {}, h("span", { class: "heading" }, title), description && h("span", { class: "aside" }, description)),
    h("input", { type: "radio", name: "row", value: id, checked: id === chosen, disabled: enabled === false }));
}

function section({ title, rows }, chosen) {
  return h("fieldset", {}, title && h("legend", {}, title), ...rows.map((one) => row(one, chosen)));
}

// Either the sections of a list message, or plain rows; `action` is the word on the button that chooses.
export function openList({ title, rows, sections = [{ rows }], chosen, action }, choose) {
  const form = list.querySelector("form");
  const send = document.getElementById("list-send");
  document.getElementById("list-title").textContent = title;
  document.getElementById("list-rows").replaceChildren(...sections.map((one) => section(one, chosen)));
  send.textContent = action;
  send.disabled = true;
  form.onchange = () => (send.disabled = false);
  form.onsubmit = () => choose(new FormData(form).get("row"));
  list.showModal();
  (list.querySelector("input:checked") || list.querySelector("input:enabled"))?.focus();
}

export function openPicture(image) {
  const large = document.getElementById("picture-image");
  large.src = image.src;
  large.alt = image.alt;
  picture.showModal();
}

export function askPhone(save) {
  const form = newPhone.querySelector("form");
  form.reset();
  form.onsubmit = async (event) => {
    event.preventDefault();
    const given = new FormData(form);
    newPhone.close();
    await save(given.get("wa_id"), given.get("name"));
  };
  newPhone.showModal();
}
