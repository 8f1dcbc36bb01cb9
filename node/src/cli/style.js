// SPDX-License-Identifier: MIT
// Colours, where the stream is a terminal that shows them.

const CODES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33 };

/** Functions that colour a text for this stream: styleOf(process.stderr).red('no'). */
export function styleOf(stream) {
  const hasColours = stream.isTTY === true && stream.hasColors();
  const painter = (code) => (text) => (hasColours ? `\x1b[${code}m${text}\x1b[0m` : String(text));
  return Object.fromEntries(Object.entries(CODES).map(([name, code]) => [name, painter(code)]));
}
