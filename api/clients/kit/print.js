// Printing: only what is handed over, on the paper it is meant for.

// `paper` is "slip-58", "slip-80" (thermal printers, widths in mm) or "sheet" (A4). Resolves when the printer's dialog
// is closed; what was printed is gone from the page then.
export const print = (content, paper = "sheet") =>
  new Promise((resolve) => {
    const shown = document.createElement("section");
    shown.className = `paper ${paper}`;
    shown.append(...[content].flat());
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
