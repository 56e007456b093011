// Measured in the page: what a tool that reads markup cannot see. Gives sentences about what is wrong; none is good.
// `senior` asks for the sizes of screens for old people; `phone` is whether fingers need the width of a phone.
({ senior }) => {
  const faults = [];
  const px = (style, name) => parseFloat(style[name]);
  const top = document.querySelector("dialog[open]") ?? document.body;
  const shown = (element) =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !element.closest(".unseen, [hidden]");
  const called = (element) => `<${element.tagName.toLowerCase()}> ${element.textContent.trim().slice(0, 20)}`;

  const channel = (value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  const colour = (text) => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 });
    const brush = canvas.getContext("2d", { willReadFrequently: true });
    brush.fillStyle = text;
    brush.fillRect(0, 0, 1, 1);
    return [...brush.getImageData(0, 0, 1, 1).data].map((part) => part / 255);
  };
  const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const found = colour(getComputedStyle(at).backgroundColor);
      if (found[3] === 1) return found;
      if (found[3] > 0) faults.push(`${called(at)} has a background one can see through`);
    }
    return [1, 1, 1, 1];
  };
  const contrast = (element) => {
    const [a, b] = [light(colour(getComputedStyle(element).color)), light(ground(element))];
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  };

  const texts = [];
  const walker = document.createTreeWalker(top, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const [node, parent] = [walker.currentNode, walker.currentNode.parentElement];
    if (node.data.trim() && shown(parent) && !["SCRIPT", "STYLE", "OPTION", "NOSCRIPT"].includes(parent.tagName)) texts.push([node, parent]);
  }

  // Sizes and contrast.
  const root = px(getComputedStyle(document.documentElement), "fontSize");
  if (senior && root < 24) faults.push(`the root is ${root} px`);
  for (const [, element] of texts) {
    const style = getComputedStyle(element);
    const [size, height] = [px(style, "fontSize"), px(style, "lineHeight")];
    if (senior && size < 24) faults.push(`${called(element)} is ${size} px`);
    if (senior && !/^(H\d|BUTTON|OUTPUT)$/.test(element.tagName) && !element.closest("output, button, .big, .amount") && height / size < 1.495) {
      faults.push(`${called(element)} has lines of ${(height / size).toFixed(2)}`);
    }
    if (!element.closest(":disabled") && contrast(element) < (senior ? 7 : 4.5)) {
      faults.push(`${called(element)} has a contrast of ${contrast(element).toFixed(1)}`);
    }
  }

  // Targets, and the space between them; a bar that stays while the page scrolls lies over it.
  const layer = (element) => {
    for (let at = element; at; at = at.parentElement) if (/sticky|fixed/.test(getComputedStyle(at).position)) return at;
    return null;
  };
  const targets = [...top.querySelectorAll("button, a[href], input, select, textarea, summary")].filter(shown);
  const boxes = targets.map((target) => target.getBoundingClientRect());
  const [least, apart] = senior ? [60, 12] : [24, 0];
  targets.forEach((target, at) => {
    const box = boxes[at];
    if (box.width < least || box.height < least) faults.push(`${called(target)} is ${box.width.toFixed()} × ${box.height.toFixed()}`);
    boxes.slice(at + 1).forEach((other, after) => {
      if (layer(target) !== layer(targets[at + 1 + after])) return;
      const gap = Math.max(other.left - box.right, box.left - other.right, other.top - box.bottom, box.top - other.bottom);
      if (gap < apart - 0.5) faults.push(`${called(target)} and ${called(targets[at + 1 + after])} are ${gap.toFixed()} px apart`);
    });
  });

  // Nothing cut off: sideways there is nothing to scroll to, and no box hides part of its words.
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > width) faults.push(`the page is ${document.documentElement.scrollWidth} of ${width} px wide`);
  for (const [node, element] of texts) {
    if (element.closest(".scroll")) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      if (box.left < -0.5 || box.right > width + 0.5) faults.push(`${called(element)} leaves the screen`);
      for (let at = element; at && at !== document.documentElement; at = at.parentElement) {
        if (getComputedStyle(at).overflowX === "visible") continue;
        const around = at.getBoundingClientRect();
        const cut = box.left < around.left - 0.5 || box.right > around.right + 0.5;
        if (cut) faults.push(`${called(element)} is cut off`);
      }
    }
  }

  // Glyphs really drawn: no character looks like one that no font has.
  const canvas = Object.assign(document.createElement("canvas"), { width: 40, height: 40 });
  const brush = canvas.getContext("2d", { willReadFrequently: true });
  const picture = (character, font) => {
    brush.clearRect(0, 0, 40, 40);
    brush.font = font;
    brush.fillText(character, 4, 30);
    return brush.getImageData(0, 0, 40, 40).data.join("");
  };
  const font = `24px ${getComputedStyle(document.body).fontFamily}`;
  const [nothing, unknown] = [picture(" ", font), picture("\u{10fffd}", font)];
  for (const character of new Set(texts.map(([node]) => node.data).join("").replace(/\s/g, ""))) {
    const drawn = picture(character, font);
    if (drawn === nothing || drawn === unknown) faults.push(`no font has ${character}`);
  }
  return [...new Set(faults)];
}
