// The seal of a unit on its certificates, and the yearly return about its party members.

import { button, h, p } from "../kit/element.js";
import { field } from "../kit/field.js";
import { save } from "../kit/files.js";
import { say } from "../kit/language.js";
import { form, values } from "./forms.js";
import "./papers-words.js";

// Parts of the screen of an organisation, for whoever may.
export const papersOfPlace = (app, place) => [
  app.may("organisations:write") ? sealing(app, `/organisations/${place.id}/seal`) : null,
  app.may("party:read") && place.level === "unit" ? returning(app, place) : null,
];

const sealing = (app, path) => {
  const shown = h("div", { role: "status" });
  const look = async () => {
    try {
      const { content } = await app.server.file(path);
      shown.replaceChildren(h("img", { class: "seal", src: await spelled(content), alt: say("seal.shown") }), away());
    } catch (error) {
      if (error.status !== 404) return app.failed(error);
      shown.replaceChildren(p(say("seal.none"), "quiet-words"));
    }
  };
  const away = () =>
    button(say("seal.remove"), async () => {
      try {
        await app.server.delete(path);
        await look();
        app.status.tell(say("seal.removed"));
      } catch (error) {
        app.failed(error);
      }
    }, "quiet");
  const file = field({ name: "file", type: "file", accept: "image/png,image/jpeg", label: say("seal.file"), hint: say("seal.hint") });
  const send = async () => {
    const [chosen] = file.input.files;
    if (!chosen) return void (file.fault = say("form.required"));
    const body = new FormData();
    body.append("file", chosen);
    await app.server.upload(path, body);
    await look();
    app.status.tell(say("seal.done"));
  };
  look();
  return h("section", { class: "panel" }, h("h2", {}, say("seal.title")), p(say("seal.how"), "quiet-words"), shown, form([file], say("seal.put"), send));
};

// A picture as an address: the policy of these pages lets no other in that came under somebody's rights.
const spelled = (content) =>
  new Promise((resolve) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve(reader.result));
    reader.readAsDataURL(content);
  });

const returning = (app, place) => {
  const year = field({ name: "year", type: "number", min: 2000, max: 2099, label: say("papers.year"), value: app.bank.today.slice(0, 4) });
  const format = field({ name: "format", label: say("return.format"), choices: ["xlsx", "csv"].map((each) => [each, each.toUpperCase()]), value: "xlsx" });
  const send = async () => save(await app.server.file(`/organisations/${place.id}/party-return`, values([year, format])));
  const made = form([year, format], say("return.keep"), send);
  made.classList.add("two");
  return h("section", { class: "panel" }, h("h2", {}, say("return.title")), p(say("return.how"), "quiet-words"), made);
};
