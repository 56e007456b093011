// Groups: kept as households are, in words of their own.

import { Household, Households } from "./households.js";
import "./keeping-words.js";

export class Groups extends Households {
  kind = "groups";
  path = "/groups";
  one = (given) => this.app.open(Group, given);
}

export class Group extends Household {
  kind = "group";
}

customElements.define("admin-groups", Groups);
customElements.define("admin-group", Group);
