// Extracts an invoice's fields from its rows: issuer, date, invoice number, amount, currency, and net and tax where they are printed.
// Arguments: page (from reading-order.mjs) and vendors (rows of the vendor table that a search found, may be empty).
import { candidates, readAmount, readCells, readDate, readNumber } from './lib/candidates.mjs';
import { findCurrency } from './lib/currency.mjs';
import { findDates, toIso, writesMonthFirst } from './lib/dates.mjs';
import { findIssuer } from './lib/issuer.mjs';
import { findAmounts, sameMoney } from './lib/numbers.mjs';
import { runAsStep } from './lib/step.mjs';
import { best, fold } from './lib/text.mjs';

export function extractFields({ page, vendors }) {
  if (!Array.isArray(page?.rows)) {
    throw new Error('the argument "page" has no list "rows"');
  }

  const known = vendorRows(vendors);
  const cells = readCells(page);
  const issuer = findIssuer(page, cells, known);
  const vendor = known.find((v) => v.name === issuer.value);
  const currency = findCurrency(page.text, vendor?.currency);
  const number = findNumber(page, cells);
  const date = findDate(page, cells, currency.value);
  const money = findMoney(page, cells);
  return {
    issuer: issuer.value, date: date.value, invoice_number: number.value, amount: money.gross.value, currency: currency.value,
    net: money.net, tax: money.tax,
    confidence: {
      issuer: round(issuer.confidence), date: round(date.confidence), invoice_number: round(number.confidence),
      amount: round(money.gross.confidence), currency: round(currency.confidence),
    },
  };
}

const round = (value) => Math.round(Math.min(1, Math.max(0, value)) * 100) / 100;

// A search gives rows as they are, or hits that hold them.
function vendorRows(vendors) {
  const list = Array.isArray(vendors) ? vendors : vendors?.rows ?? vendors?.hits ?? [];
  return list.map((v) => v?.row ?? v?.value ?? v).filter((v) => typeof v?.name === 'string');
}

// Candidates of equal value support each other.
function vote(found, same) {
  const groups = [];
  for (const candidate of found.filter((c) => c.score > 0)) {
    const group = groups.find((g) => same(g.value, candidate.value));
    if (group) {
      group.score = Math.max(group.score, candidate.score) + 0.06;
      group.items.push(candidate);
    } else {
      groups.push({ value: candidate.value, score: candidate.score, items: [candidate] });
    }
  }

  return groups;
}

function findNumber(page, cells) {
  const found = candidates(cells, 'number', readNumber);
  // A word such as "Invoice" alone is a heading: what stands under it is rarely its number.
  const weighed = found.map((c) => ({ ...c, score: c.score * (c.label.weight > 0.9 || c.place === 'same' ? 1 : c.place === 'right' ? 0.8 : 0.5) }));
  for (const match of page.text.matchAll(/(?<![\p{L}\d])(?:INV|RE|RG|FA|FC|FV|F|R|BILL)[-\/ ]?\d[\d\/-]{3,}/gu)) {
    weighed.push({ value: match[0], score: 0.35, cell: cells[0] });
  }

  const top = best(vote(weighed, (a, b) => fold(a).folded === fold(b).folded), (g) => g.score);
  return top?.score > 0.2 ? { value: top.value, confidence: top.score } : { value: null, confidence: 0 };
}

// "Lyon, le", "Kiel, den".
const AFTER_TOWN = /^\s*\p{Lu}[\p{L} .-]{2,25},\s*(?:den|le|li|l[iì]|a)?\s*$/u;

function findDate(page, cells, currency) {
  const isEnglish = /\b(?:invoice|total|amount|date|bill)\b/i.test(page.text) && !/\b(?:rechnung|facture|factuur|fattura|factura)\b/i.test(page.text);
  const monthFirst = writesMonthFirst(page.text, isEnglish && currency === 'USD');
  const found = candidates(cells, 'date', readDate);
  for (const cell of cells) {
    // "Invoice 123 of 7 May 2014": the date that follows the number in its line.
    const label = cell.labels.find((l) => l.kind === 'number' && l.weight > 0.5);
    const [date] = label && !cell.prose ? findDates(cell.text.slice(label.end)) : [];
    if (date && !cell.labels.some((l) => l.kind === 'other date')) {
      found.push({ value: date, score: 0.75, cell });
    }

    // A date alone, or after a town, in the upper half of the page is that of the letter.
    const [alone, second] = findDates(cell.text);
    if (alone && !second && cell.labels.length === 0 && cell.y < 0.5 * page.height) {
      const afterTown = AFTER_TOWN.test(cell.text.slice(0, alone.start));
      if (afterTown || alone.end - alone.start > 0.4 * cell.text.length) {
        found.push({ value: alone, score: afterTown ? 0.5 : 0.4, cell });
      }
    }
  }

  const groups = vote(found.map((c) => ({ ...c, value: toIso(c.value, monthFirst) })), (a, b) => a === b);
  const top = best(groups, (g) => g.score);
  if (top) {
    return { value: top.value, confidence: top.score * (top.items.every((i) => i.value.ambiguous) ? 0.8 : 1) };
  }

  const [any] = findDates(page.text);
  return any ? { value: toIso(any, monthFirst), confidence: 0.3 } : { value: null, confidence: 0 };
}

// Headings of a table of items: what stands under "Total" there is the total of an item.
const isItemHeading = (cell, cells) => cells.filter((c) => c !== cell && Math.abs(c.y - cell.y) < cell.height
  && /^(?:qty|quantity|pos|menge|anzahl|einzel|preis|price|unit|aantal|prijs|omschrijving|description|beschreibung|bezeichnung|d[ée]signation|quantit|qt[ée]|prix|p\.?u|cantidad|precio|descripci|concepto|descrizione|prezzo|rate|item|artikel|product|hsn)/i.test(c.text)).length >= 1;

function findMoney(page, cells) {
  const read = (kind) => candidates(cells, kind, readAmount).filter((c) => c.value !== 0)
    .map((c) => ({ ...c, score: c.score * (c.place !== 'below' ? 1 : isItemHeading(c.labelCell, cells) ? 0.2 : 0.75) }));
  const gross = vote(read('gross'), sameMoney0);
  const nets = read('net');
  const taxes = read('tax');
  const largest = Math.max(0, ...cells.flatMap((c) => findAmounts(c.text).filter((a) => a.decimals === 2).map((a) => a.value)));
  for (const group of gross) {
    const sum = addsUp(group.value, nets, taxes);
    group.sum = sum;
    group.score *= 1 + (sum ? 0.3 : 0) + (sameMoney0(group.value, largest) ? 0.1 : 0);
  }

  if (gross.length === 0) {
    gross.push(...unlabelled(cells, nets, taxes));
  }

  const top = best(gross, (g) => g.score + 1e-6 * Math.min(g.value, 1e5));
  if (!top) {
    return { gross: { value: null, confidence: 0 }, net: null, tax: null };
  }

  return { gross: { value: top.value, confidence: top.score }, net: top.sum?.net ?? null, tax: top.sum?.tax ?? null };
}

const sameMoney0 = (a, b) => sameMoney(a, b, 0);

function addsUp(gross, nets, taxes) {
  for (const net of nets) {
    for (const tax of taxes) {
      if (tax.value > 0 && sameMoney(net.value + tax.value, gross)) {
        return { net: net.value, tax: tax.value };
      }
    }
  }

  // Several rates of tax, or a tax that was not read: a printed net below the gross by a usual rate.
  const total = taxes.reduce((sum, t) => sum + t.value, 0);
  const net = nets.find((n) => sameMoney(n.value + total, gross));
  return net && total > 0 ? { net: net.value, tax: Math.round(total * 100) / 100 } : undefined;
}

// No label was found: the amount that others add up to, or the largest when it stands alone below all others.
function unlabelled(cells, nets, taxes) {
  const printed = cells.flatMap((c) => findAmounts(c.text).filter((a) => a.decimals === 2 && a.value > 0).map((a) => ({ value: a.value, y: c.y })));
  const sum = printed.find((p) => addsUp(p.value, nets, taxes));
  if (sum) {
    return [{ value: sum.value, score: 0.55, sum: addsUp(sum.value, nets, taxes) }];
  }

  const largest = best(printed, (p) => p.value);
  const alone = largest && printed.every((p) => p === largest || (p.value < largest.value && p.y <= largest.y + 5));
  return alone ? [{ value: largest.value, score: 0.3 }] : [];
}

await runAsStep(import.meta.url, extractFields);
