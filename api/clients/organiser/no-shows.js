// Who had a place and did not come: excused, or not. Known once the session is closed.

import { button, h, p } from "../kit/element.js";
import { fill } from "../kit/dialog.js";
import { field } from "../kit/field.js";
import { say } from "../kit/language.js";
import { about, badge, who } from "./looks.js";

const KINDS = ["excused", "unexcused", "malicious"];

export const noShows = (app, signUps) => {
  const absent = signUps.filter((one) => !one.came && (one.state === "confirmed" || one.is_late));
  if (!absent.length) return p(say("noshow.none"), "empty");
  return [p(say("noshow.how"), "quiet-words"), h("ul", { class: "lines" }, absent.map((one) => line(app, one)))];
};

const line = (app, one) =>
  h(
    "li",
    { class: "line" },
    who(one),
    one.no_show
      ? badge(say(`noshow.${one.no_show}`), one.no_show === "excused" ? "" : "bad")
      : button(say("noshow.do"), () => decide(app, one), null, about(say("noshow.do"), one.name)),
  );

const decide = async (app, one) => {
  const posting = app.server.posting(`/sign-ups/${one.id}/no-show`);
  const choices = KINDS.map((kind) => [kind, say(`noshow.${kind}`)]);
  const which = { label: say("noshow.kind"), hint: say("noshow.kind.hint"), value: KINDS[0] };
  const fields = [field({ name: "kind", choices, ...which })];
  const content = p(say("noshow.lost"), "quiet-words");
  const made = await fill(say("noshow.ask", one), content, fields, say("noshow.do"), (body) => posting.send(body));
  if (!made) return;
  await app.again();
  app.status.tell(say("noshow.told", { name: one.name, kind: say(`noshow.${made.no_show}`) }));
};
