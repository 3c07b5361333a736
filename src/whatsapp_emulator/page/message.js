// One message as the person sees it.
import { mediaUrl } from "./api.js";
import { h, hidden, icon, outside } from "./dom.js";
import { formatted } from "./format.js";
import { openList, openPicture } from "./dialogs.js";
import { openForm } from "./form.js";
import { language, words } from "./words.js";

const clock = new Intl.DateTimeFormat(language, { hour: "numeric", minute: "2-digit" });

export function messageElement(entry, who, act) {
  const content = entry.payload[entry.type];
  const draw = DRAW[entry.type] || unsupported;
  const element = h(
    "article",
    {
      class: `message ${entry.direction} ${entry.type}`,
      "data-testid": "message",
      "data-direction": entry.direction,
      "data-type": entry.type,
      "data-wamid": entry.wamid,
      "data-n": entry.n,
    },
    hidden(`${entry.direction === "in" ? words.you : who}: `),
    ...[draw(content, entry, act)].flat(),
  );
  element.querySelector(".bubble").append(footer(entry));
  showStatus(element, entry.status);
  return element;
}

function footer(entry) {
  const time = new Date(entry.at * 1000);
  return h(
    "p",
    { class: "meta" },
    h("time", { datetime: time.toISOString() }, clock.format(time)),
    h("span", { class: "ticks" }),
  );
}

export function showStatus(element, status) {
  element.dataset.status = status;
  const ticks = element.querySelector(".ticks");
  const own = element.dataset.direction === "in";
  const shown = own ? { sent: "✓", delivered: "✓✓", read: "✓✓" }[status] : { failed: "!" }[status];
  ticks.replaceChildren();
  if (shown) ticks.append(h("span", { "aria-hidden": "true" }, shown), hidden(words[status]));
  if (status === "failed") ticks.append(h("span", { "aria-hidden": "true" }, ` ${words.failed}`));
}

const bubble = (...children) => h("div", { class: "bubble" }, ...children);
const paragraph = (text, className = "text") => text && h("p", { class: className }, formatted(text));

function picture(source, caption) {
  const image = h("img", { src: source, alt: caption || words.image });
  const title = `${words.enlarge}: ${caption || words.image}`;
  return h("button", { class: "picture", type: "button", "aria-label": title, onclick: () => openPicture(image) }, image);
}

function paper(content) {
  const name = content.filename || words.document;
  const href = content.link || mediaUrl(content.id, name);
  return outside(href, "paper", icon("document"), h("span", {}, name), hidden(` (${words.newTab})`));
}

function headerOf(header) {
  if (!header) return undefined;
  if (header.type === "text") return h("p", { class: "heading" }, header.text);
  if (header.type === "document") return paper(header.document);
  if (header.type === "image" && header.image.id) return picture(mediaUrl(header.image.id));
  return paper({ ...header[header.type], filename: header.type });
}

function place(content) {
  const { latitude, longitude, name, address } = content;
  const spot = `mlat=${latitude}&mlon=${longitude}#map=17/${latitude}/${longitude}`;
  return bubble(
    h("div", { class: "place" }, icon("place"), h("div", {},
      h("p", { class: "heading" }, name || words.location),
      address && h("p", {}, address),
      outside(`https://www.openstreetmap.org/?${spot}`, "", words.openMap, hidden(` (${words.newTab})`)))),
  );
}

const unknownTemplate = (content) => bubble(
  h("p", { class: "aside" }, `${words.template}: ${content.name}`),
  ...(content.components || []).flatMap((part) => part.parameters || []).map((one) =>
    paragraph(typeof one[one.type] === "string" ? one[one.type] : one[one.type].fallback_value || one.type)));

// A template as it reads; its buttons answer, call or open.
function rendered(entry, act) {
  const { header, body, footer, buttons = [] } = entry.rendered;
  const shown = bubble(headerOf(header), paragraph(body), footer && h("p", { class: "aside" }, footer));
  const made = buttons.map((one) => (one.url ? outside(one.url, "", icon("link"), one.text)
    : h("button", { type: "button", "data-testid": "reply-button", disabled: one.type !== "QUICK_REPLY",
      onclick: () => act({ button: one.payload, of: entry.wamid }) }, one.text)));
  return made.length ? [shown, actions(...made)] : shown;
}

const DRAW = {
  text: (content) => bubble(paragraph(content.body)),
  image: (content) =>
    bubble(content.id ? picture(mediaUrl(content.id), content.caption) : paper({ ...content, filename: words.image }),
      paragraph(content.caption)),
  sticker: (content) => bubble(h("img", { src: mediaUrl(content.id), alt: words.sticker })),
  audio: (content) => bubble(h("audio", { controls: true, preload: "none", src: mediaUrl(content.id), "aria-label": words.audio })),
  video: (content) => bubble(h("video", { controls: true, src: mediaUrl(content.id) }), paragraph(content.caption)),
  document: (content) => bubble(paper(content), paragraph(content.caption)),
  location: place,
  contacts: (content) =>
    bubble(...content.map((one) => h("div", { class: "place" }, icon("person"), h("div", {},
      h("p", { class: "heading" }, one.name.formatted_name),
      ...(one.phones || []).map((phone) => h("p", {}, phone.phone)))))),
  reaction: (content) => bubble(h("p", { class: "aside" }, `${words.reacted} ${content.emoji}`)),
  template: (content, entry, act) => (entry.rendered ? rendered(entry, act) : unknownTemplate(content)),
  button: (content) => bubble(paragraph(content.text)),
  interactive: (content, entry, act) =>
    (entry.direction === "in" ? answer(content) : (INTERACTIVE[content.type] || unsupported)(content, entry, act)),
};

function answer(content) {
  if (content.type === "nfm_reply") return bubble(h("p", { class: "sent-form" }, icon("form"), words.formSent));
  const reply = content[content.type];
  return bubble(paragraph(reply.title), reply.description && h("p", { class: "aside" }, reply.description));
}

function frame(content) {
  return bubble(headerOf(content.header), paragraph(content.body.text),
    content.footer && h("p", { class: "aside" }, content.footer.text));
}

function askContact(content, entry, act) {
  return [frame(content), actions(h("button", { type: "button", "data-testid": "share-contact",
    onclick: () => act({ share_contact: true, of: entry.wamid }) }, icon("person"), words.shareContact))];
}

const actions = (...children) => h("div", { class: "actions" }, ...children);

const INTERACTIVE = {
  button: (content, entry, act) => [frame(content), actions(...content.action.buttons.map(({ reply }) =>
    h("button", { type: "button", "data-testid": "reply-button", "data-id": reply.id,
      onclick: () => act({ button: reply.id, of: entry.wamid }) }, reply.title)))],
  list: (content, entry, act) => [frame(content), actions(
    h("button", { type: "button", "data-testid": "list-open", "aria-haspopup": "dialog",
      onclick: () => openList({ title: content.action.button, sections: content.action.sections, action: words.send },
        (id) => act({ choose: id, of: entry.wamid })) },
    icon("list"), content.action.button))],
  cta_url: (content) => [frame(content), actions(outside(content.action.parameters.url, "",
    icon("link"), content.action.parameters.display_text, hidden(` (${words.newTab})`)))],
  flow: (content, entry) => [frame(content), actions(
    h("button", { type: "button", "data-testid": "form-open", "aria-haspopup": "dialog",
      onclick: () => openForm(entry.wa_id, entry.wamid) }, icon("form"), content.action.parameters.flow_cta))],
  request_contact_info: askContact,
  contact_request: askContact,
  location_request_message: (content, entry, act) => [frame(content), actions(
    h("button", { type: "button", "data-testid": "send-location", onclick: () => act({ location: true }) },
      icon("place"), words.sendLocation))],
};

const unsupported = () => bubble(h("p", { class: "aside" }, words.unsupported));
