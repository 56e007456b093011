// Reading aloud, only with a voice of this machine: others would send what is read to strangers.

import { language } from "./language.js";

const synthesis = window.speechSynthesis;

const voice = () =>
  synthesis?.getVoices().find((each) => each.localService && each.lang.toLowerCase().startsWith(language())) ?? null;

// Whether there is one for the chosen language.
export const canSpeak = () => voice() !== null;

// Told when voices turn up: browsers look for them late.
export const onVoices = (listener) => synthesis?.addEventListener?.("voiceschanged", listener);

export const speak = (words) => {
  const found = voice();
  if (!found) return;
  hush();
  const said = new SpeechSynthesisUtterance(words);
  Object.assign(said, { voice: found, lang: found.lang, rate: 0.85 });
  synthesis.speak(said);
};

export const hush = () => synthesis?.cancel();
