// Puts the lines that were read from a page into reading order: turns the page straight, groups lines into rows and rows into text.
// Argument: page { width, height, lines: [{ text, confidence, x, y, width, height, angle }] }. Value: { width, height, skew, rows, text, letterhead }.
import { rowsOf, skewOf, straighten } from './lib/layout.mjs';
import { runAsStep } from './lib/step.mjs';
import { repairDigits, withoutSpecks } from './lib/text.mjs';

// The first and last rows of a page name its sender: what vendors are looked up by.
const LETTERHEAD_ROWS = 20;

const round = (value) => Math.round(value * 10) / 10;

export function readingOrder({ page }) {
  if (!Array.isArray(page?.lines)) {
    throw new Error('the argument "page" has no list "lines"');
  }

  const skew = skewOf(page.lines);
  const rows = rowsOf(straighten(page, skew)).map((row) => row.map((cell) => ({
    text: repairDigits(withoutSpecks(cell.text)),
    confidence: cell.confidence,
    x: round(cell.x), y: round(cell.y), width: round(cell.width), height: round(cell.height),
  })));
  const edges = rows.length <= LETTERHEAD_ROWS ? rows : [...rows.slice(0, LETTERHEAD_ROWS * 0.6), ...rows.slice(-LETTERHEAD_ROWS * 0.4)];
  return { width: page.width, height: page.height, skew, rows, text: textOf(rows), letterhead: textOf(edges) };
}

// Cells of a row are parted by two spaces; a blank line stands where the page leaves room.
function textOf(rows) {
  const lines = [];
  let bottom;
  for (const row of rows) {
    const top = Math.min(...row.map((c) => c.y));
    const height = Math.min(...row.map((c) => c.height));
    if (bottom !== undefined && top - bottom > 1.2 * height) {
      lines.push('');
    }

    lines.push(row.map((c) => c.text).join('  '));
    bottom = Math.max(...row.map((c) => c.y + c.height));
  }

  return lines.join('\n');
}

await runAsStep(import.meta.url, readingOrder);
