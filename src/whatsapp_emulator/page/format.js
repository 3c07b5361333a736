// WhatsApp's marks in a text: *bold* _italic_ ~struck~ ```mono```, and links.
import { h, outside } from "./dom.js";

const TAGS = { "*": "strong", _: "em", "~": "s" };
const MARK = /```([\s\S]+?)```|(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]*_~])|(?<![\p{L}\p{N}])([*_~])(?=\S)((?:(?!\3).)*?\S)\3(?![\p{L}\p{N}])/gu;

export function formatted(text) {
  const pieces = document.createDocumentFragment();
  let end = 0;
  for (const found of text.matchAll(MARK)) {
    const [whole, mono, link, mark, marked] = found;
    pieces.append(text.slice(end, found.index));
    if (mono) pieces.append(h("code", {}, mono));
    else if (link) pieces.append(outside(link, "", link));
    else pieces.append(h(TAGS[mark], {}, formatted(marked)));
    end = found.index + whole.length;
  }
  pieces.append(text.slice(end));
  return pieces;
}
