// Printing: only what is handed over, on the paper it is meant for. (What a client shows can be printed as it is, too:
// kit.css leaves out what is touched.)

import { h } from "./element.js";
import { instant } from "./formats.js";
import { say } from "./language.js";
import "./words.js";

// `paper` is "slip-58", "slip-80" (thermal printers, widths in mm) or "sheet" (A4); "sheet wide" lies on its side. A
// sheet says at its end when it was printed. Resolves when the printer's dialog is closed; what was printed is gone from
// the page then.
export const print = (content, paper = "sheet") =>
  new Promise((resolve) => {
    const shown = h("section", { class: `paper ${paper}` }, content, paper.startsWith("sheet") ? printed() : null);
    document.body.append(shown);
    document.documentElement.classList.add("printing");
    const done = () => {
      document.documentElement.classList.remove("printing");
      shown.remove();
      resolve();
    };
    window.addEventListener("afterprint", done, { once: true });
    window.print();
  });

// "Printed on …", for the foot of a sheet.
export const printed = () => h("p", { class: "printed" }, say("kit.printed", { at: instant(new Date().toISOString()) }));
