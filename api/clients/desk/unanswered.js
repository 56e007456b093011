// What was sent and not answered yet outlives the page: after a power cut, or a key pressed by mistake, the same deed is
// asked about again under the same key. The key is that person's: nobody else can ask. A PIN is not kept: what needs one
// lives as long as its page.

const NAME = "pioneer.desk.unanswered";

export class Unanswered {
  person = null;

  constructor(storage) {
    this.storage = storage;
  }

  get kept() {
    return JSON.parse(this.storage.getItem(NAME) ?? "null");
  }

  // The body that was sent; null where everything is answered.
  get body() {
    return this.kept && JSON.parse(this.kept.sent);
  }

  // As a posting's memory (see kit/request.js).
  get key() {
    return this.kept?.key ?? null;
  }

  get sent() {
    return this.kept?.sent ?? null;
  }

  keep(key, sent) {
    if (key === null) this.storage.removeItem(NAME);
    else this.storage.setItem(NAME, JSON.stringify({ key, sent, by: this.person.id, name: this.person.name }));
  }
}
