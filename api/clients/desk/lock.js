// A till that nobody touches locks itself. Locked it is signed out, and shows nothing; whoever worked here goes on with
// their password where they were, anybody else begins at a clean till.

import { button, h, newId, p } from "../kit/element.js";
import { field, form } from "../kit/field.js";
import { say } from "../kit/language.js";
import { Server } from "../kit/request.js";
import { Idle } from "../kit/session.js";
import { signOut } from "../kit/sign-in.js";
import { machine } from "./machine.js";
import "./paying-words.js";

const CODE = { inputmode: "numeric", maxlength: 6, autocomplete: "one-time-code" };

const stay = (event) => {
  if (event.code === "Escape") event.preventDefault();
};

export class Lock {
  #idle = null;
  #dialog = null;

  constructor(app) {
    this.app = app;
  }

  get isOn() {
    return this.#dialog !== null;
  }

  // Watches from now on, for as many minutes as this machine says.
  watch() {
    this.#idle?.stop();
    const nothing = () => {};
    const end = () => this.#lock();
    this.#idle = new Idle({ seconds: Number(machine.lock) * 60, warning: 0, warn: nothing, calm: nothing, touched: nothing, end });
    this.#idle.start();
  }

  // Nobody is signed in: nothing is to be locked.
  rest() {
    this.#idle?.stop();
    this.#open();
  }

  #lock() {
    signOut(this.app.tokens);
    const id = newId("lock");
    this.#dialog = h(
      "dialog",
      { class: "lock", "aria-labelledby": id, onkeydown: stay },
      h("h2", { id }, say("lock.title")),
      p(say("lock.how", { name: this.app.me.name }), "quiet-words"),
      this.#form(),
      h("div", { class: "actions" }, button(say("lock.other"), () => this.app.unknown(), "quiet")),
    );
    // However a browser lets one out of a dialog: not out of this one.
    this.#dialog.addEventListener("close", () => this.#dialog?.showModal());
    document.body.append(this.#dialog);
    document.body.classList.add("locked");
    this.#dialog.showModal();
    this.#dialog.querySelector("input").focus();
  }

  #form() {
    const password = field({ name: "password", type: "password", label: say("kit.sign.password"), autocomplete: "current-password" });
    const code = field({ name: "otp", label: say("kit.sign.otp"), required: false, ...CODE });
    code.hidden = true;
    const send = async (typed) => {
      const wanted = { grant_type: "password", username: this.app.me.username, ...typed };
      try {
        this.app.tokens.keep(await new Server().post("/auth/token", wanted, { harmless: true }));
      } catch (error) {
        if (error.code !== "otp_missing" || !code.hidden) throw error;
        code.hidden = false;
        return code.focus();
      }
      this.#open();
      this.watch();
      this.app.stage.current?.begin?.();
    };
    return form([password, code], say("lock.open"), send);
  }

  #open() {
    this.#dialog?.remove();
    this.#dialog = null;
    document.body.classList.remove("locked");
  }
}
