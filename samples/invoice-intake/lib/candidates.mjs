// Label → value: for every label on the page, the values that may belong to it, each with a score of 0 to 1.
import { below, toTheRight } from './layout.mjs';
import { findLabels } from './labels.mjs';
import { findAmounts, isAmount } from './numbers.mjs';
import { findDates } from './dates.mjs';

const PROSE_WORDS = 8;

/** The page's cells with their labels and a measure of how much each looks like running text. */
export function readCells(page) {
  return page.rows.flat().map((cell) => {
    const words = cell.text.split(/\s+/).filter((w) => /\p{L}{2}/u.test(w)).length;
    return { ...cell, labels: findLabels(cell.text), prose: words > PROSE_WORDS };
  });
}

/**
 * Candidates { value, score, cell, label } for the labels of one kind. `read(text, place)` gives the values in a text, best first, as { value, score };
 * place is 'same', 'right' or 'below'.
 */
export function candidates(cells, kind, read, { linesBelow = 3.2 } = {}) {
  const found = [];
  for (const cell of cells) {
    for (const [i, label] of cell.labels.entries()) {
      if (label.kind !== kind) {
        continue;
      }

      const weight = label.weight * (cell.prose ? 0.45 : 1);
      const add = (place, other, factor, text) => {
        const values = read(text, place);
        for (const { value, score } of values) {
          found.push({ value, score: weight * factor * score * (0.7 + 0.3 * other.confidence), cell: other, labelCell: cell, label, place });
        }

        return values.length > 0;
      };
      const next = cell.labels[i + 1];
      const own = cell.text.slice(label.end, next?.start);
      const tail = cell.text.slice(cell.labels.at(-1).end);
      if (add('same', cell, 1, own) || (next && /\d/.test(own.replace(/[\d.,]+\s?%/g, '')))) {
        continue;
      }

      // "Number and date: 17 of 3 May": labels that stand together share what follows, or what stands beside them.
      if (next && (add('same', cell, 0.85, tail) || /\d/.test(tail))) {
        continue;
      }

      lookRight(cell, cells, (place, other, factor, text) => add(place, other, i === 0 ? factor : 0.7 * factor, text), kind);
      lookBelow(cell, label, cells, add, linesBelow);
    }
  }

  return found;
}

// The nearest cell to the right that holds a value; another label on the way ends the search. In a row of amounts the last is the total of the others.
function lookRight(cell, cells, add, kind) {
  const row = toTheRight(cell, cells);
  const stop = row.findIndex((other) => other.labels.some((l) => l.start < 3));
  const free = (stop < 0 ? row : row.slice(0, stop)).slice(0, 6);
  const isMoney = kind === 'gross' || kind === 'net' || kind === 'tax';
  for (const [steps, other] of (isMoney ? free.reverse() : free).entries()) {
    if (add('right', other, 0.97 - 0.05 * steps, other.text) && !isMoney) {
      return;
    }
  }
}

function lookBelow(cell, label, cells, add, lines) {
  // In a cell of several words the label's own part is what the value stands under.
  const part = { ...cell, x: cell.x + (cell.width * label.start) / cell.text.length, width: (cell.width * (label.end - label.start)) / cell.text.length };
  const other = below(part, cells, lines)[0];
  if (other && !other.labels.some((l) => l.start < 3)) {
    add('below', other, 0.85, other.text);
  }
}

const NUMBER_TOKEN = /^[A-Z0-9][A-Z0-9_\/.-]*$/i;

/** Invoice numbers: a token with digits that is neither a date nor an amount; groups of digits are joined, a short prefix of capitals is kept. */
export function readNumber(text, place) {
  const rest = text.replace(/^[\s:#.,;=°º\-–—(\[]+/, '').replace(/^(?:no|nr|n[°º]|num|number|id)\b[\s:.#]*/i, '')
    .replace(/(?<=\d)\s?\/\s?(?=\d)/g, '/').replace(/^([A-Z]{1,5})\s?-\s?(?=\d)/, '$1-');
  const dates = findDates(rest);
  const tokens = rest.split(/\s+/).map((t) => (dates.length > 0 ? t.replace(/(?<=\d)(?:du|vom|del|von|van|de|of|le|dated)$/i, '') : t)).map((t) => t.replace(/[,;:.)\]–-]+$/, '').replace(/^[(#]+/, '')).filter((t) => t.length > 0);
  if (tokens.length === 0 || isAmount(tokens[0]) || (place !== 'same' && tokens.length > 4)) {
    return [];
  }

  const prefixed = /^[A-Z]{1,5}$/.test(tokens[0]) && tokens.length > 1 && /^\d/.test(tokens[1]);
  let value = prefixed ? `${tokens[0]} ${tokens[1]}` : tokens[0];
  const rest1 = tokens.slice(prefixed ? 2 : 1);
  const grouped = rest1.every((t) => /^\d{1,6}$/.test(t)) && [value, ...rest1].join('').length <= 16;
  if (/^\d+$/.test(value) && dates.length === 0) {
    while (rest1.length > 0 && (grouped || /^\d{3,}$/.test(rest1[0]))) {
      value += ' ' + rest1.shift();
    }
  }

  value = /^[A-Z0-9][A-Z0-9_\/. -]*/i.exec(value)?.[0].trimEnd() ?? '';
  const digits = (value.match(/\d/g) ?? []).length;
  const isDate = dates.some((d) => d.start < value.length && d.start <= rest.indexOf(tokens[0]) + 2 && /[./-]|\p{L}/u.test(value) && d.end >= value.length);
  if (!NUMBER_TOKEN.test(value.replace(/ /g, '')) || digits === 0 || isDate || /^(19|20)\d\d$/.test(value) || value.length > 30 || /^\d+%/.test(value)) {
    return [];
  }

  return [{ value, score: digits >= 4 ? 1 : digits === 3 ? 0.85 : digits === 2 ? 0.6 : 0.4 }];
}

/** Dates; in another cell the date must be most of it. */
export function readDate(text, place) {
  const dates = findDates(text);
  return dates.slice(0, 1).filter((d) => place === 'same' ? d.start < 25 : d.end - d.start > 0.5 * text.trim().length)
    .map((value) => ({ value, score: place === 'same' && value.start > 6 ? 0.8 : 1 }));
}

/** Amounts: with decimals or a currency beside them, or whole and alone in a cell; the last of a cell is the total of its row. */
export function readAmount(text, place) {
  const letters = text.replace(/[^\p{L}]/gu, '').length;
  if (place !== 'same' && letters > 12) {
    return [];
  }

  const amounts = findAmounts(text).filter((a) => a.value !== 0 && (a.decimals === 2 || a.marked || (letters <= 3 && Math.abs(a.value) >= 10)));
  const sureness = (a) => (a.decimals === 2 ? 1 : a.marked ? 0.7 : 0.4) * (a.value > 0 ? 1 : 0.5);
  return amounts.slice(-1).map((a) => ({ value: a.value, score: sureness(a) }));
}
