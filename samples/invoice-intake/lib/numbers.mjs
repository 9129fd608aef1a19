// Amounts as they are printed around the world: 1,234.56  1.234,56  1 234,56  1'234.56  1,23,456.00  56,02  4.11  -9,32.

const DIGITS = [
  /\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?/, /\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d{1,2})?/, /\d{1,3}(?:['’]\d{3})+(?:[.,]\d{2})?/,
  /\d{1,3}(?: \d{3})+[.,]\d{2}/, /\d+[.,]\d{1,2}/, /\d+/,
].map((form) => form.source).join('|');
const MARK = String.raw`\p{Sc}|(?:EUR|USD|GBP|CHF|INR|AUD|CAD|PLN|SEK|NOK|DKK|Rs\.?|[A-Z]{0,2}\$|[ECSf])(?=\s?[-–−]?\s?\d)`;
const TAIL = String.raw`%|\p{Sc}|(?:EUR|USD|GBP|CHF|INR|AUD|CAD|PLN|SEK|NOK|DKK|zł|kr|[eE]uros?|[eE])(?!\p{L})`;
const AMOUNT = new RegExp(
  String.raw`(?<![\d.,/:-])(?<sign>[-–−]\s?)?(?<mark>${MARK})?\s?(?<after>[-–−]\s?)?(?<digits>${DIGITS})(?!\d|[.,/:-]\d)(?:[,.]-)?\s?(?<tail>${TAIL})?`, 'gu');

/** All amounts in a text: { value, start, end, decimals, marked } where `marked` says that a currency stands beside it. Percentages are left out. */
export function findAmounts(text) {
  const found = [];
  for (const match of text.matchAll(AMOUNT)) {
    const { sign, mark, after, digits, tail } = match.groups;
    if (tail === '%' || isLetterBefore(text, match)) {
      continue;
    }

    const parsed = parse(digits);
    if (parsed) {
      const value = (sign || after ? -1 : 1) * parsed.value;
      found.push({ value, decimals: parsed.decimals, marked: Boolean(mark || tail), start: match.index, end: match.index + match[0].length });
    }
  }

  return found;
}

// "B01" is no amount, "x 3.50" and "E3.50" are.
function isLetterBefore(text, match) {
  const start = match.index + match[0].search(/\S/);
  return /[\p{L}_]/u.test(text[start - 1] ?? '');
}

// The last point or comma is the decimal sign when at most two digits follow it; three digits after it make a group.
function parse(digits) {
  const last = Math.max(digits.lastIndexOf('.'), digits.lastIndexOf(','));
  const fraction = last < 0 ? '' : digits.slice(last + 1);
  const isDecimal = last >= 0 && fraction.length <= 2;
  const whole = (isDecimal ? digits.slice(0, last) : digits);
  const groups = whole.split(/[.,'’ ]/);
  if (groups.length > 1 && (groups.at(-1).length !== 3 || groups[0].length > 3 || groups.slice(1).some((g) => g.length < 2))) {
    return undefined;
  }

  const value = Number(groups.join('') + (isDecimal ? '.' + fraction : ''));
  return Number.isFinite(value) && value < 1e10 ? { value, decimals: isDecimal ? fraction.length : 0 } : undefined;
}

/** Whether a text is an amount with decimals and nothing else. */
export function isAmount(text) {
  const [first] = findAmounts(text.trim());
  return first !== undefined && first.decimals > 0 && first.end - first.start >= text.trim().length - 2;
}

/** Equal to the cent, with room for one rounding. */
export const sameMoney = (a, b, cents = 1) => Math.abs(a - b) < (cents + 0.5) / 100;
