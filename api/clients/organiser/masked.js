// A name as it stands where everybody reads along: as on public notices, the first and the last character, and joints.

const JOINTS = new Set(["·", "•", "-", " "]);

export const masked = (name) => {
  const characters = [...name];
  if (characters.length < 2) return "*";
  const last = characters.length > 2 ? characters.length - 1 : 0;
  return characters.map((each, at) => (at === 0 || at === last || JOINTS.has(each) ? each : "*")).join("");
};
