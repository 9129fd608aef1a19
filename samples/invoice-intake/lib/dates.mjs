// Dates as they are printed: 2014-08-03, 28/11/2022, 07.05.14, 7. Mai 2014, August 3 , 2014, 03-Aug-2014, 1er juillet 2015, 5 de marzo de 2014.

const MONTHS = [
  'january januar januari janvier enero gennaio janeiro jan janv ene gen styczen stycznia jaen jänner',
  'february februar februari fevrier febrero febbraio fevereiro feb fevr fev luty lutego',
  'march marz maart mars marzo marco mar maerz mrt mrz marca marts',
  'april avril abril aprile apr avr abr kwietnia',
  'may mai mei mayo maggio maio mag maja maj',
  'june juni juin junio giugno junho jun giu czerwca',
  'july juli juillet julio luglio julho jul juil lug lipca',
  'august augustus aout agosto aug ago sierpnia augusti',
  'september septembre septiembre settembre setembro sep sept set wrzesnia',
  'october oktober octobre octubre ottobre outubro oct okt ott out pazdziernika',
  'november novembre noviembre novembro nov listopada',
  'december dezember decembre diciembre dicembre dezembro dec dez dic desember grudnia',
];
const MONTH = new Map(MONTHS.flatMap((names, i) => names.split(' ').map((name) => [name, i + 1])));
const plain = (s) => s.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

const NUMERIC = /(?<![\d.,/-])(\d{1,4})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{1,2})(?![\d]|[./-]\d)/gu;
const DAY_FIRST = /(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|e|º|°|\.)?[\s.,-]*(?:de\s+|of\s+)?(\p{L}{3,12})[.,\s'’-]*(?:de[l]?\s+)?(\d{4}|\d{2})(?!\d)/giu;
const MONTH_FIRST = /(\p{L}{3,12})[.\s-]*(\d{1,2})(?:st|nd|rd|th)?\s*[,.\s-]\s*(\d{4})(?!\d)/giu;
const YEAR_FIRST = /(?<!\d)(\d{4})[\s.,-]+(\p{L}{3,12})[\s.,-]+(\d{1,2})(?!\d)/giu;

/** All dates in a text: { start, end, year, day, month, ambiguous }; ambiguous ones (03/04/2014) are day first until `resolve` is asked. */
export function findDates(text) {
  const found = [];
  const add = (match, year, month, day, ambiguous = false) => {
    const full = year < 100 ? year + (year < 70 ? 2000 : 1900) : year;
    const overlaps = found.some((f) => match.index < f.end && match.index + match[0].length > f.start);
    if (!overlaps && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(full, month) && full >= 1970 && full <= 2099) {
      found.push({ start: match.index, end: match.index + match[0].length, year: full, month, day, ambiguous });
    }
  };
  for (const m of text.matchAll(NUMERIC)) {
    const [a, b, c] = [Number(m[1]), Number(m[3]), Number(m[4])];
    if (m[1].length === 4) {
      add(m, a, b, c);
    } else if (m[1].length <= 2 && m[4].length >= 2) {
      b > 12 ? add(m, c, a, b) : add(m, c, b, a, a <= 12 && a !== b && m[2] !== '.');
    }
  }

  for (const m of text.matchAll(DAY_FIRST)) {
    add(m, Number(m[3]), MONTH.get(plain(m[2])) ?? 0, Number(m[1]));
  }

  for (const m of text.matchAll(MONTH_FIRST)) {
    add(m, Number(m[3]), MONTH.get(plain(m[1])) ?? monthAtEnd(m[1]), Number(m[2]));
  }

  for (const m of text.matchAll(YEAR_FIRST)) {
    add(m, Number(m[1]), MONTH.get(plain(m[2])) ?? 0, Number(m[3]));
  }

  return found.sort((x, y) => x.start - y.start);
}

// Where the space before the month was lost: "DUEONAugust".
const monthAtEnd = (word) => MONTH.get(plain(/\p{Lu}\p{Ll}+$/u.exec(word)?.[0] ?? '')) ?? 0;

const daysIn = (year, month) => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** ISO form; `monthFirst` decides how ambiguous dates are read. */
export function toIso(date, monthFirst) {
  const [month, day] = date.ambiguous && monthFirst ? [date.day, date.month] : [date.month, date.day];
  return `${date.year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** Whether the page writes months first: a date that can only be so, or else American money in English. */
export function writesMonthFirst(text, isAmerican) {
  let evidence = 0;
  for (const m of text.matchAll(NUMERIC)) {
    if (m[1].length <= 2 && m[2] !== '.') {
      evidence += (Number(m[3]) > 12 && Number(m[1]) <= 12 ? 1 : 0) - (Number(m[1]) > 12 && Number(m[3]) <= 12 ? 1 : 0);
    }
  }

  return evidence > 0 || (evidence === 0 && isAmerican);
}
