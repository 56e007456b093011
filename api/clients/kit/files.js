// Files: whatever a list shows can be taken away for Excel and WPS, under the rights of whoever asks.

const FORMATS = ["CSV", "XLSX"];

// What a table's `exports` are for this collection: all of it, as the server has it, not only what is shown.
export const exportsOf = (server, path, query = {}) =>
  FORMATS.map((format) => [format, () => server.file(path, { ...query, format: format.toLowerCase() })]);

// Gives a file, { content, name }, to the browser to keep.
export const save = ({ content, name }) => {
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(content), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
};
