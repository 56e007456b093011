// <kit-sign-in>: where staff sign in, and do first what they owe: choose a password of their own, enrol for one-time
// codes.

import { h, p } from "./element.js";
import { field, form } from "./field.js";
import { grouped } from "./formats.js";
import { say } from "./language.js";
import { Problem, Server } from "./request.js";
import { Screen } from "./screen.js";
import "./words.js";

const SECRET = { type: "password", autocomplete: "new-password" };
const OWED = { password_change_required: "password", otp_required: "otp" };

// `given`: `tokens`, which are kept (see session.js); `done(person)`, called when nothing is owed any more, with the
// answer of GET /auth/me; `through`, the server that is asked, with a desk's token where one signs in at that desk.
export class SignIn extends Screen {
  step = "sign";
  needsCode = false;
  secret = null;

  view() {
    const steps = { sign: () => this.#signIn(), password: () => this.#password(), otp: () => this.#enrol() };
    return h("div", { class: "sign-in panel" }, steps[this.step]());
  }

  #signIn() {
    const fields = [
      field({ name: "username", label: say("kit.sign.username"), autocomplete: "username" }),
      field({ name: "password", type: "password", label: say("kit.sign.password"), autocomplete: "current-password" }),
      ...(this.needsCode ? [code()] : []),
    ];
    const send = async (typed) => {
      try {
        const wanted = { grant_type: "password", ...typed };
        this.#keep(await this.#through.post("/auth/token", wanted, { harmless: true }), typed.password);
      } catch (error) {
        if (error.code !== "otp_missing" || this.needsCode) throw error;
        // What was typed stays: only the code is asked for as well.
        this.needsCode = true;
        fields.push(code());
        fields[1].after(fields[2]);
        return fields[2].focus();
      }
      await this.#onward();
    };
    return [h("h1", {}, say("kit.sign.title")), form(fields, say("kit.sign.in"), send)];
  }

  #password() {
    const fields = [
      field({ name: "new_password", label: say("kit.sign.new"), hint: say("kit.sign.new.hint"), ...SECRET }),
      field({ name: "again", label: say("kit.sign.again"), ...SECRET }),
    ];
    const send = async ({ new_password, again }) => {
      if (new_password !== again) return void (fields[1].fault = say("kit.sign.differs"));
      const body = { password: this.password, new_password };
      this.#keep(await this.#mine.post("/auth/me/password", body), new_password);
      await this.#onward();
    };
    return [h("h1", {}, say("kit.sign.new")), p(say("kit.sign.new.why")), form(fields, say("kit.sign.save"), send)];
  }

  #enrol() {
    const fields = [code()];
    const send = async (typed) => {
      await this.#mine.post("/auth/me/otp/confirm", typed);
      await this.#onward();
    };
    return [
      h("h1", {}, say("kit.sign.enrol")),
      p(say("kit.sign.enrol.how")),
      h("p", {}, h("a", { href: this.secret.otpauth_uri }, say("kit.sign.enrol.app"))),
      h("output", { class: "secret" }, grouped(this.secret.secret, 4)),
      form(fields, say("kit.sign.confirm"), send),
    ];
  }

  get #through() {
    return this.given.through ?? new Server();
  }

  get #mine() {
    return new Server(this.given.tokens);
  }

  #keep(answer, password) {
    this.given.tokens.keep(answer);
    this.password = password;
  }

  // To what is owed next; where nothing is, in. The password is forgotten then.
  async #onward() {
    try {
      await this.#mine.get("/organisations", { limit: 1 });
    } catch (error) {
      if (!(error instanceof Problem) || !(error.code in OWED)) throw error;
      this.step = OWED[error.code];
      if (this.step === "otp") this.secret = await this.#mine.post("/auth/me/otp", { password: this.password });
      return this.draw();
    }
    this.password = null;
    await this.given.done(await this.#mine.get("/auth/me"));
  }
}

const code = () =>
  field({ name: "otp", label: say("kit.sign.otp"), inputmode: "numeric", maxlength: 6, autocomplete: "one-time-code" });

// Signs whoever holds these tokens out, here and on the server, whether it is there or not.
export const signOut = (tokens) => {
  const token = tokens.access;
  tokens.forget();
  if (token) new Server().post("/auth/revoke", { token }, { harmless: true }).catch(() => {});
};

customElements.define("kit-sign-in", SignIn);
