// Checks fields against the page and against themselves, and says for each doubt why.
// Arguments: page, fields, and optionally answer: fields from a model, which are taken over only where the page bears them out.
// Value: { ok, fields, summary }; the fields come back with needs_review and reasons.
import { findAmounts, sameMoney } from './lib/numbers.mjs';
import { findDates, toIso } from './lib/dates.mjs';
import { runAsStep } from './lib/step.mjs';
import { contains } from './lib/text.mjs';

const SURE = 0.55;
const NAMES = { issuer: 'issuer', date: 'date', invoice_number: 'invoice number', amount: 'amount', currency: 'currency' };
const HIGHEST_TAX = 0.3;

export function validate({ page, fields, answer }) {
  if (typeof page?.text !== 'string' || typeof fields !== 'object' || fields === null) {
    throw new Error('the arguments "page" (with "text") and "fields" are needed');
  }

  const checked = answer ? adopt(page, fields, answer) : { ...fields };
  const reasons = [...doubts(checked), ...contradictions(page, checked)];
  return {
    ok: reasons.length === 0,
    fields: { ...checked, needs_review: reasons.length > 0, reasons },
    summary: reasons.length === 0 ? 'nothing is doubtful' : reasons.join('; '),
  };
}

// What another reader says counts where the page says it too; a value that is not printed was made up.
function adopt(page, fields, answer) {
  const taken = { ...fields, confidence: { ...fields.confidence } };
  for (const name of Object.keys(NAMES)) {
    const value = answer[name];
    if (value !== undefined && value !== null && value !== '' && isPrinted(page, name, value)) {
      taken[name] = value;
      taken.confidence[name] = Math.max(0.8, fields[name] === value ? fields.confidence?.[name] ?? 0 : 0);
    }
  }

  return taken;
}

function isPrinted(page, name, value) {
  switch (name) {
    case 'amount': return findAmounts(page.text).some((a) => sameMoney(a.value, Number(value), 0));
    case 'date': return findDates(page.text).some((d) => [true, false].some((monthFirst) => toIso(d, monthFirst) === value));
    case 'currency': return /^[A-Z]{3}$/.test(value);
    default: return contains(page.text, String(value));
  }
}

function doubts(fields) {
  const reasons = [];
  for (const [name, words] of Object.entries(NAMES)) {
    const confidence = fields.confidence?.[name] ?? 1;
    if (fields[name] === null || fields[name] === undefined || fields[name] === '') {
      reasons.push(`no ${words} was found`);
    } else if (confidence < SURE) {
      reasons.push(`the ${words} ${fields[name]} is not sure (${Math.round(confidence * 100)} %)`);
    }
  }

  return reasons;
}

function contradictions(page, fields) {
  const reasons = [];
  const { amount, net, tax, date } = fields;
  if (typeof amount === 'number' && amount <= 0) {
    reasons.push(`the amount ${amount} is not positive`);
  }

  if (typeof net === 'number' && typeof tax === 'number' && typeof amount === 'number') {
    if (!sameMoney(net + tax, amount)) {
      reasons.push(`net ${net} and tax ${tax} do not make ${amount}`);
    } else if (net > 0 && tax / net > HIGHEST_TAX) {
      reasons.push(`a tax of ${tax} on ${net} is more than ${HIGHEST_TAX * 100} %`);
    }
  }

  if (date && !isCalendarDay(date)) {
    reasons.push(`${date} is no day of the calendar`);
  } else if (date) {
    const year = Number(date.slice(0, 4));
    const others = findDates(page.text).map((d) => d.year);
    if (year < 1990 || others.some((y) => Math.abs(y - year) <= 1) === false) {
      reasons.push(`the date ${date} does not fit the other dates of the page`);
    }
  }

  if (fields.invoice_number && !contains(page.text, fields.invoice_number)) {
    reasons.push(`the invoice number ${fields.invoice_number} is not on the page`);
  }

  return reasons;
}

function isCalendarDay(text) {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)?.map(Number) ?? [];
  return year !== undefined && new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day && month >= 1 && month <= 12;
}

await runAsStep(import.meta.url, validate);
