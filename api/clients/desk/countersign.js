// The second person: signs in where the first one sits, for one signature, and is signed out with it.

import { h, p } from "../kit/element.js";
import { field, form } from "../kit/field.js";
import { say } from "../kit/language.js";
import { Server } from "../kit/request.js";
import { Token } from "../kit/session.js";
import { signOut } from "../kit/sign-in.js";

// A form for the name and password of another person. `path` is what they post, `body()` gives what; `done(answer)` is
// called when it is posted. What was sent and not answered is sent again under the same key.
export const countersign = ({ path, body = () => ({}), words, done, more = [] }) => {
  const token = new Token();
  let posting = null;
  const who = [
    field({ name: "username", label: say("second.username") }),
    field({ name: "password", label: say("second.password"), type: "password", autocomplete: "off" }),
    field({ name: "otp", label: say("second.otp"), inputmode: "numeric", maxlength: 6, required: false }),
  ];
  const send = async (typed) => {
    const { username, password, otp } = typed;
    if (posting === null) {
      const wanted = { grant_type: "password", username, password, ...(otp ? { otp } : {}) };
      token.keep(await new Server().post("/auth/token", wanted, { harmless: true }));
      posting = new Server(token).posting(path);
    }
    try {
      const answer = await posting.send(body());
      signOut(token);
      await done(answer);
    } catch (error) {
      if (error.means === "unknown") throw error; // asked again by the same person
      signOut(token);
      posting = null;
      throw error;
    }
  };
  return h("div", { class: "second" }, p(say("second.how"), "quiet-words"), form([...more, ...who], words, send));
};
