// Comparing text that was read from an image: accents, spaces and look-alike letters cannot be relied on.

const SAME = { l: 'i', 1: 'i', '|': 'i', '!': 'i', 'ı': 'i', 0: 'o', '°': 'o', 'º': 'o', 'ø': 'o', 'ß': 'ss', 'æ': 'ae', 'œ': 'oe', '№': 'no' };

/**
 * The letters, digits and signs that labels are compared by, without spaces and punctuation, with look-alikes made equal.
 * `map[i]` is the place of folded character i in the text.
 */
export function fold(text) {
  let folded = '';
  const map = [];
  for (let i = 0; i < text.length; i++) {
    const base = text[i].normalize('NFD')[0].toLowerCase();
    for (const c of SAME[base] ?? base) {
      if (c === 'n' && text[i] === 'n' && text[i - 1] === 'r') {
        folded = folded.slice(0, -1) + 'm'; // rn and m look alike
      } else if (/[a-z0-9#%$&]/.test(c)) {
        folded += c;
        map.push(i);
      }
    }
  }

  return { folded, map };
}

const isLetter = (c) => c !== undefined && /\p{L}/u.test(c);
const isUpper = (c) => c !== undefined && /\p{Lu}/u.test(c);
const isLower = (c) => c !== undefined && /\p{Ll}/u.test(c);

// Between two characters a word can end even where the space was lost: fooBar, FOOBar.
function partsWord(text, at) {
  const [left, right] = [text[at - 1], text[at]];
  return !isLetter(left) || !isLetter(right) || (isLower(left) && isUpper(right)) || (isUpper(left) && isUpper(right) && isLower(text[at + 1]));
}

// A phrase this long is meant even where the space before it was lost.
const LONG_PHRASE = 9;

// The folded character may stand for two of the text, and signs may follow it.
function lastLetter(text, from, next) {
  let last = from;
  for (let i = from; i < next; i++) {
    last = isLetter(text[i]) ? i : last;
  }

  return last;
}

/** All places [start, end) in `text` where the folded phrase stands as whole words. */
export function findPhrase(text, { folded, map }, phrase) {
  const found = [];
  for (let at = folded.indexOf(phrase); at >= 0; at = folded.indexOf(phrase, at + 1)) {
    const start = map[at];
    const next = map[at + phrase.length] ?? text.length;
    const end = lastLetter(text, map[at + phrase.length - 1], next) + 1;
    if ((start === 0 || phrase.length >= LONG_PHRASE || partsWord(text, start)) && (end >= text.length || partsWord(text, end) || /[°º]/.test(text[end - 1]))) {
      found.push([start, end]);
    }
  }

  return found;
}

/** Whether `part` stands in `whole`, whatever the spaces, accents and look-alikes. */
export const contains = (whole, part) => fold(part).folded.length > 0 && fold(whole).folded.includes(fold(part).folded);

/** Digits that were read as letters, inside words that are numbers otherwise. */
export function repairDigits(text) {
  return text.replace(/[0-9OoIl][0-9OoIl.,/-]*[0-9OoIl]/g, (word, at) => {
    const digits = (word.match(/[0-9]/g) ?? []).length;
    const letters = (word.match(/[OoIl]/g) ?? []).length;
    const inWord = /[\p{L}]/u.test(text[at - 1] ?? '') || /[\p{L}]/u.test(text[at + word.length] ?? '');
    return inWord || letters === 0 || digits < 3 || letters * 2 > digits ? word : word.replace(/[Oo]/g, '0').replace(/[Il]/g, '1');
  });
}

/** Specks of dust that were read as points: at either end of a line, and as raised points inside words. */
export const withoutSpecks = (text) => text.replace(/^[·•.'`,]+\s*(?=[\p{L}\d])/u, '').replace(/\s*[·•]+$/u, '').replace(/(?<=\S)·(?=\S)/gu, ' ');

/** Levenshtein's edit distance, or `limit` + 1 when it is greater. */
export function distance(a, b, limit = Infinity) {
  if (Math.abs(a.length - b.length) > limit) {
    return limit + 1;
  }

  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
    }

    row = next;
  }

  return row[b.length];
}

/** The value that `score` rates highest, or undefined. */
export function best(list, score) {
  let top;
  let most = -Infinity;
  for (const item of list) {
    const value = score(item);
    if (value > most) {
      [top, most] = [item, value];
    }
  }

  return top;
}
