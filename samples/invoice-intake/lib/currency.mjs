// The currency: signs are often lost in reading (€ and £ are not among the letters that the reader knows), so places and numbers of registers vote too.
import { fold } from './text.mjs';

const SIGNS = [
  [/€|\bEUR\b|\beuros?\b/gi, 'EUR', 3], [/\bUSD\b|US\s?\$|\bUS dollars?\b/gi, 'USD', 4], [/£|\bGBP\b/g, 'GBP', 3], [/\bCHF\b|\bSFr\.?\b/g, 'CHF', 3],
  [/₹|\bINR\b|\bRs\.?\s?\d|\bRupees?\b/gi, 'INR', 3], [/\bCA\$|\bCAD\b|C\$/g, 'CAD', 4], [/\bA\$|\bAUD\b/g, 'AUD', 4], [/\bPLN\b|\bzł/gi, 'PLN', 3], [/\bSEK\b/g, 'SEK', 3],
  [/\bNOK\b/g, 'NOK', 3], [/\bDKK\b/g, 'DKK', 3], [/\bSGD\b|S\$/g, 'SGD', 4], [/\bHKD\b|HK\$/g, 'HKD', 4], [/\bNZD\b/g, 'NZD', 4], [/¥|\bJPY\b/g, 'JPY', 2], [/\bBRL\b|R\$/g, 'BRL', 4], [/\bCZK\b|\bKč/g, 'CZK', 3],
  [/\$\s?\d/g, 'USD', 2],
];
// Read as a letter before or after an amount: 4oe, E3.50, 10000E.
const LOST_EURO = /(?<![\p{L}\d])[Ee]\s?-?\d+[.,]\d{2}(?!\d)|\d[.,]\d{2}\s?[Ee](?!\p{L})/gu;
const PLACES = [
  [/\b(?:VAT|TVA|BTW|MwSt|USt|IVA|UID|NIF|CIF|Ust-?Id[- ]?Nr)?[ .:]*(?:AT\s?U\d{8}|BE\s?0?\d{9}|DE\s?\d{3}\s?\d{3}\s?\d{3}|ES\s?[A-Z]\d{7}[A-Z0-9]|FR\s?[A-Z0-9]{2}\s?\d{9}|IT\s?\d{11}|NL\s?\d{9}\s?B\d{2}|IE\s?\d[A-Z0-9]{6,8}|PT\s?\d{9}|FI\s?\d{8}|LU\s?\d{8})\b/g, 'EUR', 2],
  [/\bIBAN\b[ .:]*(?:AT|BE|DE|ES|FR|IT|NL|IE|PT|FI|LU)\s?\d{2}/gi, 'EUR', 1.5], [/\bIBAN\b[ .:]*CH\s?\d{2}/gi, 'CHF', 1.5], [/\bIBAN\b[ .:]*GB\s?\d{2}/gi, 'GBP', 1.5], [/\bIBAN\b[ .:]*PL\s?\d{2}/gi, 'PLN', 1.5],
  [/\b(?:SIRET|SIREN|RCS|Registergericht|Amtsgericht|HRB|KvK|Partita IVA|P\.\s?IVA|Codice Fiscale|Kreissparkasse|Sparkasse)\b/gi, 'EUR', 1], [/\bGSTIN\b|\b[CSI]GST\b/g, 'INR', 2],
  [/\bGB\s?\d{3}\s?\d{4}\s?\d{2}\b|\bUnited Kingdom\b|\bEngland\b/gi, 'GBP', 1.5], [/\bCHE-?\s?\d{3}\.\d{3}\.\d{3}/g, 'CHF', 3], [/\bABN\b/g, 'AUD', 2], [/\b(?:Schweiz|Suisse|Svizzera|Switzerland)\b/gi, 'CHF', 1],
  [/\.(?:de|fr|nl|it|es|at|be|ie|pt|fi)\b(?!\.)/gi, 'EUR', 0.5], [/\.co\.uk\b/gi, 'GBP', 1], [/\.ch\b/gi, 'CHF', 0.5], [/\.in\b/gi, 'INR', 0.3], [/\.(?:com\.au)\b/gi, 'AUD', 1], [/\bIndia\b/g, 'INR', 1],
  [/\b[A-Z]{2} \d{5}(?:-\d{4})?\b/g, 'USD', 0.7], [/\b(?:United States|USA)\b/g, 'USD', 0.5],
  [/\b(?:Deutschland|Nederland|France|España|Espana|Italia|Belgique|Österreich|Ireland|Germany|Netherlands|Spain|Italy)\b/gi, 'EUR', 0.5],
];
const WORDS = [['mwst', 'EUR', 0.7], ['btw', 'EUR', 1], ['tva', 'EUR', 0.8], ['factuur', 'EUR', 0.8], ['rechnung', 'EUR', 0.6], ['fattura', 'EUR', 0.9], ['factura', 'EUR', 0.4], ['facture', 'EUR', 0.5], ['moms', 'SEK', 0.5]];

/** { value, confidence } of the page's currency; `hint` is the currency of a vendor that was recognized. */
export function findCurrency(text, hint) {
  const votes = new Map();
  const vote = (currency, weight) => votes.set(currency, (votes.get(currency) ?? 0) + weight);
  for (const [pattern, currency, weight] of [...SIGNS, [LOST_EURO, 'EUR', 1]]) {
    const count = (text.match(pattern) ?? []).length;
    count > 0 && vote(currency, weight * (1 + Math.log2(count)));
  }

  for (const [pattern, currency, weight] of PLACES) {
    pattern.lastIndex = 0;
    pattern.test(text) && vote(currency, weight);
  }

  const { folded } = fold(text);
  for (const [word, currency, weight] of WORDS) {
    folded.includes(word) && vote(currency, weight);
  }

  // A dollar sign belongs to the dollar that the page names.
  for (const dollar of ['CAD', 'AUD', 'SGD', 'HKD', 'NZD', 'BRL']) {
    votes.has(dollar) && votes.has('USD') && vote(dollar, votes.get('USD') * 0.5);
  }

  hint && vote(hint, 2);
  const ranked = [...votes].sort((a, b) => b[1] - a[1]);
  if (ranked.length === 0) {
    return { value: null, confidence: 0 };
  }

  const share = ranked[0][1] / ranked.reduce((sum, [, v]) => sum + v, 0);
  return { value: ranked[0][0], confidence: Math.min(1, share * Math.min(1, 0.5 + ranked[0][1] / 5)) };
}
