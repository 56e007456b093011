// Languages: Chinese first, English by one switch. Every sentence stands whole in a catalogue, in both, and is never
// put together from pieces: what varies is a {fact} in it.

const LANGUAGES = { zh: "zh-CN", en: "en" };
const sentences = new Map();
const listeners = new EventTarget();
let spoken = "zh";

// Take up a catalogue: { "balance.available": { zh: "可用积分", en: "Points to spend" }, … }.
export const learn = (catalogue) => {
  for (const [key, sentence] of Object.entries(catalogue)) {
    if (sentences.has(key)) throw new Error(`two sentences for ${key}`);
    const missing = Object.keys(LANGUAGES).find((language) => !sentence[language]);
    if (missing) throw new Error(`no ${missing} for ${key}`);
    sentences.set(key, sentence);
  }
};

// The sentence in the chosen language, as a list of words and facts: a fact may be an element.
export const parts = (key, facts = {}) => {
  const sentence = sentences.get(key);
  if (!sentence) throw new Error(`no sentence for ${key}`);
  return sentence[spoken].split(/(\{\w+\})/).filter(Boolean).map((part) => {
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    if (name === undefined) return part;
    if (!(name in facts)) throw new Error(`no ${name} for ${key}`);
    return facts[name];
  });
};

// The sentence as text.
export const say = (key, facts = {}) => parts(key, facts).join("");

// Whether there is such a sentence: for codes of the server that have one here.
export const knows = (key) => sentences.has(key);

// Of what the server says in both, { zh, en }, the chosen one.
export const chosen = (both) => both[spoken];

export const language = () => spoken;

// As Accept-Language and `lang` have it.
export const languageTag = () => LANGUAGES[spoken];

export const speakIn = (next) => {
  document.documentElement.lang = LANGUAGES[next];
  if (next === spoken) return;
  spoken = next;
  listeners.dispatchEvent(new Event("change"));
};

// Told whenever another language was chosen: draw again.
export const onLanguage = (listener) => listeners.addEventListener("change", listener);
