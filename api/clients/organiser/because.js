// What is said of a record in a list and on its own screen.

import { knows, say } from "../kit/language.js";

export const looks = {
  submitted: "care",
  held: "bad",
  approved: "care",
  on_notice: "care",
  posted: "running",
  rejected: "bad",
  withdrawn: "",
  void: "",
  reversed: "bad",
};

// Why the bank did something, where it was not a person who said so.
export const reasonOf = ({ reason, code }) => {
  if (code) return knows(`record.because.${code}`) ? say(`record.because.${code}`) : code;
  return reason ?? "";
};

// Why it stands where it stands: the last thing that was done with it.
export const because = (history) => {
  const last = history.filter((step) => step.what === "held" || step.what === "rejected").at(-1);
  return last ? reasonOf(last) : "";
};
