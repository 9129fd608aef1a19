// Where lines stand to each other. A cell is a line of text with x, y, width, height in the pixels of the straightened page.

const middle = (cell) => cell.y + cell.height / 2;
const right = (cell) => cell.x + cell.width;

/** The share of the lower cell's height in which two cells stand beside each other. */
export function verticalOverlap(a, b) {
  const shared = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return shared / Math.min(a.height, b.height);
}

/** The share of the narrower cell's width in which two cells stand above each other. */
export function horizontalOverlap(a, b) {
  const shared = Math.min(right(a), right(b)) - Math.max(a.x, b.x);
  return shared / Math.min(a.width, b.width);
}

/** Cells to the right of one in its row, nearest first. */
export const toTheRight = (cell, cells) => cells
  .filter((c) => c !== cell && c.x > cell.x + cell.width * 0.5 && verticalOverlap(cell, c) >= 0.5)
  .sort((a, b) => a.x - b.x);

/** Cells below one that stand under it, nearest first, down to `lines` times its height. */
export const below = (cell, cells, lines) => cells
  .filter((c) => c !== cell && middle(c) > cell.y + cell.height && middle(c) - middle(cell) < lines * cell.height && horizontalOverlap(cell, c) >= 0.3)
  .sort((a, b) => middle(a) - middle(b));

/** The angle in degrees by which the page is turned: the median of its long lines, weighted by their length. */
export function skewOf(lines) {
  const long = lines.filter((l) => l.width > 8 * l.height && Math.abs(l.angle ?? 0) < 15)
    .map((l) => ({ angle: l.angle ?? 0, weight: l.width })).sort((a, b) => a.angle - b.angle);
  const half = long.reduce((sum, l) => sum + l.weight, 0) / 2;
  let seen = 0;
  for (const { angle, weight } of long) {
    seen += weight;
    if (seen >= half) {
      return angle;
    }
  }

  return 0;
}

/** The lines with their boxes as they would stand on a page turned back by `degrees`. */
export function straighten(page, degrees) {
  const [sin, cos] = [Math.sin((-degrees * Math.PI) / 180), Math.cos((-degrees * Math.PI) / 180)];
  return page.lines.map((line) => {
    const dx = line.x + line.width / 2 - page.width / 2;
    const dy = line.y + line.height / 2 - page.height / 2;
    // The upright box around a turned line is higher than the line by its width times the sine.
    const height = Math.max(line.height - Math.abs(sin) * line.width, line.height / 3);
    const x = page.width / 2 + dx * cos - dy * sin - line.width / 2;
    const y = page.height / 2 + dx * sin + dy * cos - height / 2;
    return { text: line.text, confidence: line.confidence, x, y, width: line.width, height };
  });
}

/** Rows of cells from top to bottom, each from left to right: cells share a row when their middles lie within each other. */
export function rowsOf(cells) {
  const rows = [];
  for (const cell of [...cells].sort((a, b) => middle(a) - middle(b))) {
    // The last rows suffice: cells come from top to bottom.
    const row = rows.slice(-4).reverse().find((r) => r.cells.every((c) => Math.min(right(c), right(cell)) - Math.max(c.x, cell.x) < 0.5 * Math.min(c.width, cell.width))
      && Math.abs(r.middle - middle(cell)) < 0.5 * Math.min(r.height, cell.height));
    if (row) {
      row.cells.push(cell);
      row.middle = row.cells.reduce((sum, c) => sum + middle(c), 0) / row.cells.length;
      row.height = Math.min(row.height, cell.height);
    } else {
      rows.push({ cells: [cell], middle: middle(cell), height: cell.height });
    }
  }

  return rows.sort((a, b) => a.middle - b.middle).map((r) => r.cells.sort((a, b) => a.x - b.x));
}

/** Blocks: cells that stand under one another at a common left or right edge, at line distance. */
export function blocksOf(cells) {
  const sorted = [...cells].sort((a, b) => middle(a) - middle(b));
  const blocks = [];
  for (const cell of sorted) {
    const block = blocks.findLast((b) => {
      const last = b.at(-1);
      const step = middle(cell) - middle(last);
      const size = Math.max(cell.height, last.height);
      const aligned = Math.min(Math.abs(cell.x - last.x), Math.abs(right(cell) - right(last)), Math.abs(cell.x + cell.width / 2 - last.x - last.width / 2)) < 0.8 * size;
      return step > 0.4 * size && step < 1.75 * size && aligned && size < 1.8 * Math.min(cell.height, last.height);
    });
    block ? block.push(cell) : blocks.push([cell]);
  }

  return blocks;
}
