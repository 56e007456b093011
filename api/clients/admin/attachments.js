// Files beside a stage: minutes, signatures, photographs of the board. Each is known by its digest; only what is marked so
// is given to everybody.

import { button, h, p } from "../kit/element.js";
import { field } from "../kit/field.js";
import { save } from "../kit/files.js";
import { say } from "../kit/language.js";
import "./keeping-words.js";

const CHUNK = 0x8000;

// Bytes in base64, as the contract takes them.
const spelled = (bytes) => {
  let text = "";
  for (let at = 0; at < bytes.length; at += CHUNK) text += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return btoa(text);
};

// A place to add files of this proposal at; `digests()` are those that the step names.
export const attaching = (app, id) => {
  const kept = [];
  const list = h("ul", { class: "standing" });
  const file = field({ name: "attachments", type: "file", label: say("attach.add"), accept: "application/pdf,image/png,image/jpeg", required: false });
  const seen = field({ name: "is_published", label: say("attach.how"), choices: [["", say("attach.private")], ["yes", say("attach.public")]], required: false });
  const draw = () =>
    list.replaceChildren(
      ...kept.map((one) => {
        const away = () => {
          kept.splice(kept.indexOf(one), 1);
          draw();
        };
        return h("li", {}, p(say("attach.done", { name: one.name })), button(say("attach.away", { name: one.name }), away, "quiet"));
      }),
    );
  file.input.addEventListener("change", async () => {
    const [chosen] = file.input.files;
    if (!chosen) return;
    file.input.disabled = true;
    try {
      const content = spelled(new Uint8Array(await chosen.arrayBuffer()));
      const body = { name: chosen.name, media_type: chosen.type, content, is_published: seen.value === "yes" };
      kept.push(await app.server.post(`/proposals/${id}/attachments`, body));
      file.input.value = "";
      draw();
    } catch (error) {
      if (error.words === undefined) throw error;
      file.fault = error.words;
    } finally {
      file.input.disabled = false;
    }
  });
  return { element: h("fieldset", { class: "files" }, h("legend", {}, say("attach.title")), h("div", { class: "two" }, seen, file), list), digests: () => kept.map((one) => one.digest) };
};

// The files of a step that was taken; those that are published can be had.
export const attached = (app, id, files) => {
  if (!files?.length) return null;
  const take = (one) => async () => {
    try {
      save(await app.server.file(`/proposals/${id}/attachments/${one.digest}`));
    } catch (error) {
      app.failed(error);
    }
  };
  const line = (one) => {
    const kind = say(one.is_published ? "attach.public" : "attach.private");
    return h("li", {}, p(say("attach.line", { name: one.name, kind })), one.is_published ? button(one.name, take(one), "quiet") : null);
  };
  return h("div", {}, p(say("attach.title"), "quiet-words"), h("ul", { class: "standing" }, files.map(line)));
};
