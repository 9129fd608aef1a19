// Who sent the invoice: candidates from legal forms, headings, sender lines, account holders and web addresses, weighed by where they stand.
import { blocksOf, horizontalOverlap, verticalOverlap } from './layout.mjs';
import { findDates } from './dates.mjs';
import { contains, distance, findPhrase, fold } from './text.mjs';

const FORM = String.raw`GmbH(?:\s?&\s?Co\.?\s?KG)?|gGmbH|AG|UG(?:\s?\(haftungsbeschr.nkt\))?|e\.\s?K\.|e\.\s?V\.|KGaA|KG|OHG|GbR|B\.?V\.?|N\.V\.|NV|VOF|V\.O\.F\.|BVBA|SPRL|SRL|Ltd\.?|Limited|LLP|LLC|L\.L\.C\.|PLC|plc|Inc\.?|Corp\.?|Corporation|Company|Co\.|S\.?A\.?S\.?U?|S\.?A\.?R\.?L\.?|Sarl|EURL|SNC|S\.A\.|SA|SE|S\.?R\.?L\.?|S\.?r\.?l\.?s?|S\.?p\.?A\.?|S\.n\.c\.|S\.a\.s\.|S\.?L\.?U?|S\.L\.|Lda\.?|Oyj?|AB|A\/S|ApS|AS|Sp\.?\s?z\s?o\.?\s?o\.?|s\.r\.o\.|Pty\.?(?:\s?Ltd\.?)?|Pvt\.?\s?(?:Ltd\.?|Limited)|Private Limited|Foundation|Stiftung|Verein|Kft\.?|d\.o\.o\.|Sàrl`;
const NAME_WITH_FORM = new RegExp(String.raw`^(?:[^\p{L}\d]*)(?<name>[\p{L}\d][\p{L}\d&.,'’+!\/\- ]{0,60}?[,]?\s?(?<![\p{L}])(?:${FORM}))(?=$|[\s,;.:)|–—•·*-])(?!\s*\p{Ll})`, 'u');
const JOINED_FORM = /^(?<name>[\p{L}\d][\p{L}\d&.' -]{2,50}?(?:GmbH|Ltd\.?|B\.V\.|S\.p\.A\.|S\.r\.l\.|S\.A\.S\.?|S\.L\.))(?=$|[\s,;.:-])/u;
const FORM_AT_END = new RegExp(String.raw`[,\s]*(?<![\p{L}])(?:${FORM})\.?$`, 'u');

// "Exemple - SAS au capital de 1 000 €": the name before its form and capital.
const CAPITAL = /^\W*(?:soci[ée]t[ée]\s+)?(?<name>[\p{L}\d][\p{L}\d&.'’ -]{1,40}?)\s*[-–,|•]?\s*(?:S\.?A\.?S\.?U?|S\.?A\.?R\.?L|S\.?A|EURL|Soci[ée]t[ée] anonyme|Soci[ée]t[ée] par actions simplifi[ée]e)\.?,?\s*(?:[àa] [\p{L} ]{3,30})?au\s*capital/iu;

const SELLER = phrases(`service provider; provided by; sold by; seller; supplier; issued by; invoice from; from; billed by; bill from; vendor; payable to; remit to; pay to; beneficiary; account holder; merchant; remittance to; checks payable to; make checks payable to;
  kontoinhaber; zahlungsempfaenger; zahlungsempfanger; empfaenger der zahlung; aussteller; rechnungssteller; verkaeufer; lieferant; anbieter; absender; inhaber;
  ten name van; tnv; t n v; o v v; leverancier; verkoper; rekeninghouder; titulaire du compte; titulaire; beneficiaire; emetteur; vendeur; fournisseur; vendu par; a l ordre de; intestatario; intestato a; beneficiario; fornitore; cedente; mittente; emittente; cedente prestatore; titular; emisor; proveedor; vendedor; razon social`);
const BUYER = phrases(`bill to; billed to; billing address; ship to; shipped to; shipping address; sold to; invoice to; invoiced to; invoice address; customer; customer name; customer address; client; attn; attention; deliver to; delivery address; buyer; recipient; guest name; passenger; prepared for; bill to address; guest; account name;
  rechnung an; rechnungsempfaenger; rechnungsempfanger; rechnungsadresse; rechnungsanschrift; lieferadresse; lieferanschrift; kunde; kaeufer; auftraggeber; herrn; frau; firma; z hd; zu haenden; factuuradres; klant; factuur aan; aan; afleveradres; verzendadres; besteladres; bezorgadres; ter attentie van; tav; t a v; koper;
  facture a; adresse de facturation; adresse de livraison; facturation; livraison; destinataire; adresse a; monsieur; madame; acheteur; livre a; abonne; cliente; destinatario; spett le; spettabile; spett; indirizzo di fatturazione; cessionario; committente; intestatario fattura; cessionario committente; facturar a; direccion de facturacion; datos del cliente; comprador; enviar a; dati cliente`);
const CONTACT = /\b(?:VAT|BTW|TVA|IVA|MwSt|USt|UStId|U[Ss]t-?Id|Ust-?IdNr|NIF|CIF|P\.?\s?IVA|Partita IVA|GSTIN|IBAN|BIC|SWIFT|Siret|Siren|RCS|RSC|KvK|HRB|HRA|Registergericht|Amtsgericht|Steuer-?Nr|Gesch.ftsf.hrer|Vorstand|Company (?:No|Reg)|Registered|Tel|T[ée]l|Telefon|Telefoon|Phone|Fax|E-?mail|www|Si[eè]ge|capital|Sede|C\.?F\.?|R\.?E\.?A|Reg\.? ?Imp|Registro Mercantil|ABN|CIN|PAN)\b|@|www\./i;
const NOT_A_NAME = phrases(`invoice; tax invoice; rechnung; factuur; facture; fattura; factura; fatura; faktura; receipt; bill; summary; invoice summary; total; page; date; original; copy; duplicate; duplicata; kopie; copie; quote; statement; order; customer; details; detail; description; your; thank you; welcome; account; payment; notice;
  vielen dank; sehr geehrte; bedankt; merci; dear; hello; hi; hallo; bonjour; informations; information; services; service; seite; pagina; datum; beschreibung; artikel; omschrijving; designation; article; kunde; klant; client; billing; gutschrift; beleg; credit note; proforma; mail; contact; address; adresse; bank; bankverbindung; sparkasse; kreissparkasse; volksbank; banque; banco; banca; period; amount; vat; tax; paid; unpaid; betaald; bezahlt; paye; ship; shipped; delivery; shipping; registered office; registergericht; amtsgericht; vorstand; aufsichtsrat; geschaeftsfuehrer; no; nr; reference; tel; fax; phone; email; internet; web; iban; bic; swift; modes de reglement; conditions`);
const MAIL_HOSTS = /^(?:gmail|googlemail|hotmail|outlook|yahoo|gmx|web|orange|free|wanadoo|live|icloud|aol|t-online|ziggo|kpnmail|libero|laposte)$/i;

function phrases(text) {
  return text.split(';').map((p) => fold(p).folded);
}

const startsWith = (text, list) => {
  const folded = fold(text);
  return list.some((phrase) => findPhrase(text, folded, phrase).some(([start]) => start <= 2));
};

/** The name without its legal form and punctuation, folded: what makes two spellings the same company. */
export const nameKey = (name) => fold(name.replace(FORM_AT_END, '')).folded;

/** { value, confidence } of the issuer. `vendors` are rows of the vendor table that a search found; they count only when the page bears them out. */
export function findIssuer(page, cells, vendors) {
  const view = { ...look(page, cells), page, cells };
  const found = new Map();
  const add = (name, score, hasForm = false) => {
    const clean = tidy(name);
    const key = nameKey(clean);
    if (key.length < 2 || /^\d+$/.test(key) || clean.length > 60 || startsWithNoName(clean) || findDates(clean).length > 0) {
      return;
    }

    const known = found.get(key) ?? { name: clean, score: 0, best: 0, hasForm };
    known.score = Math.max(known.score, score) + 0.35 * Math.min(known.score, score);
    if ((hasForm && !known.hasForm) || (hasForm === known.hasForm && score > known.best)) {
      Object.assign(known, { name: clean, hasForm });
    }

    known.best = Math.max(known.best, score);
    found.set(key, known);
  };
  for (const cell of cells) {
    fromLegalForm(cell, view, add);
    fromSellerLabel(cell, view, add);
    fromHeading(cell, view, add);
  }

  fromFooter(view, add);
  view.sender && add(view.sender[0].text, 0.5);
  const names = webStems(page.text);
  const stems = names.map((name) => fold(name).folded);
  fromWeb(view, stems, add);
  joinSpellings(found, stems);
  joinShorterNames(found);
  for (const [key, candidate] of found) {
    candidate.score *= isInWeb(key, stems) ? 1.6 : 1;
    candidate.score *= view.buyerNames.has(key) ? 0.25 : 1;
  }

  fromVendors(page, vendors, add, found);
  return choose(found, names);
}

function choose(found, names) {
  const ranked = [...found.values()].sort((a, b) => b.score - a.score);
  if (ranked.length === 0) {
    const name = names[0]?.replaceAll('-', ' ');
    return name ? { value: name[0].toUpperCase() + name.slice(1), confidence: 0.3 } : { value: null, confidence: 0 };
  }

  const [first, second] = ranked;
  const lead = second ? first.score / (first.score + second.score) : 1;
  return { value: first.name, confidence: Math.min(1, first.score) * Math.min(1, 0.35 + lead * 0.9) };
}

// Which cells belong to the buyer, and which blocks carry the sender's particulars.
function look(page, cells) {
  const blocks = blocksOf(cells);
  const blockOf = new Map(blocks.flatMap((block) => block.map((cell) => [cell, block])));
  const buyers = new Set();
  for (const cell of cells.filter((c) => !c.prose && startsWith(c.text, BUYER))) {
    const particulars = (c) => CONTACT.test(c.text);
    for (const other of cells) {
      const near = other.y >= cell.y - 2 && other.y - cell.y < 9 * cell.height && horizontalOverlap(cell, other) > 0.3;
      const beside = other.x > cell.x && verticalOverlap(cell, other) > 0.5 && other.x - (cell.x + cell.width) < 0.25 * page.width;
      if (other === cell || beside || (near && !particulars(other))) {
        buyers.add(other);
      }
    }
  }

  const hasContact = (block) => block.some((c) => CONTACT.test(c.text));
  const isAddress = (block) => block.length >= 3 && block.length <= 8 && block.some((c) => /\b\d{4,6}\b/.test(c.text)) && !hasContact(block)
    && !block.some((c) => c.labels.some((l) => l.kind !== 'other' && l.start < 12));
  // An address without particulars in the upper half is where the window of the envelope is; of two, the upper one is the sender's.
  const addresses = blocks.filter((b) => isAddress(b) && b[0].y < 0.45 * page.height && !b.some((c) => buyers.has(c)));
  const sender = addresses.length > 1 && addresses[0][0].y < 0.15 * page.height && addresses[1][0].y > addresses[0][0].y + 2 * addresses[0][0].height ? addresses[0] : undefined;
  for (const block of addresses.filter((b) => b !== sender && b[0].y > 0.06 * page.height)) {
    if (sender || blocks.some((b) => b !== block && hasContact(b))) {
      block.forEach((cell) => buyers.add(cell));
    }
  }

  const buyerNames = new Set([...buyers].map((c) => nameKey(tidy(c.text))));
  return { blocks, blockOf, buyers, buyerNames, hasContact, sender };
}

function fromLegalForm(cell, view, add) {
  const capital = CAPITAL.exec(cell.text)?.groups.name;
  if (capital) {
    add(capital, 0.85 * cell.confidence);
  }

  for (const piece of cell.text.split(/\s[-–—|•·*]\s|[•·|;]|,\s(?=\p{Lu}?\p{L}*\s?\d)/u)) {
    const match = NAME_WITH_FORM.exec(afterSellerWords(piece.trim())) ?? JOINED_FORM.exec(piece.trim());
    if (!match || match.groups.name.split(/\s+/).length > 7) {
      continue;
    }

    const block = view.blockOf.get(cell) ?? [cell];
    const y = (cell.y + cell.height / 2) / view.page.height;
    let score = cell.prose ? 0.4 : 0.6;
    score += view.hasContact(block) || CONTACT.test(cell.text) ? 0.25 : 0;
    score += y < 0.25 || y > 0.85 ? 0.15 : 0;
    score += block[0] === cell && !cell.prose ? 0.05 : 0;
    score *= view.buyers.has(cell) ? 0.25 : 1;
    add(match.groups.name, score * (0.5 + 0.5 * cell.confidence), true);
  }
}

const afterSellerWords = (text) => text.replace(/^.*\b(?:sold by|provided by|issued by|by|from|von|par|da)\s+(?=\p{Lu})/iu, '').replace(/^(?:©|\(c\)|copyright)?\s*(?:19|20)\d\d\s+/i, '');

function fromSellerLabel(cell, view, add) {
  const folded = fold(cell.text);
  for (const phrase of SELLER) {
    for (const [start, end] of findPhrase(cell.text, folded, phrase)) {
      const rest = cell.text.slice(end);
      const own = /^\s*[:\-]\s*(\p{L}.*)$/u.exec(rest)?.[1];
      if (own) {
        add(own.split(/\s[-–|]\s|,\s/)[0], phrase.length > 4 ? 0.85 : 0.5);
      } else if (start <= 2 && /^[\s:]*$/.test(rest) && !view.buyers.has(cell)) {
        const next = view.cells.filter((c) => c !== cell && c.y > cell.y && c.y - cell.y < 4 * cell.height && horizontalOverlap(c, cell) > 0.3 && !/^[(*]/.test(c.text))[0];
        next && add(next.text, 0.75);
      }
    }
  }
}

// The largest letters in the upper part are a logo, or the kind of document: "Example Services Invoice".
function fromHeading(cell, view, add) {
  const y = cell.y / view.page.height;
  const typical = view.typical ??= median(view.cells.map((c) => c.height));
  const size = cell.height / typical;
  if (y > 0.3 || cell.prose || /\d{3}/.test(cell.text)) {
    return;
  }

  const named = /^(?<name>\p{Lu}[\p{L}\d&.' -]{2,40}?)\s+(?:tax\s)?(?:invoice|receipt|rechnung)$/iu.exec(cell.text)?.groups.name;
  if (named && !startsWithNoName(named)) {
    add(named, 0.6);
  } else if (size > 1.25 && cell.text.length >= 3 && cell.text.split(/\s+/).length <= 5 && cell.labels.length === 0) {
    add(cell.text, Math.min(0.5, 0.2 * size) * (y < 0.15 ? 1 : 0.7) * (view.buyers.has(cell) ? 0.25 : 1) * cell.confidence);
  } else if (y < 0.12 && cell === firstOf(view.blockOf.get(cell)) && view.hasContact(view.blockOf.get(cell)) && cell.labels.length === 0) {
    add(cell.text, 0.5 * (view.buyers.has(cell) ? 0.25 : 1));
  }
}

// In the foot of a page the first line of a block of particulars is the company's name; so is the part before the first dash.
function fromFooter(view, add) {
  for (const block of view.blocks.filter((b) => b[0].y > 0.75 * view.page.height && view.hasContact(b))) {
    const head = block[0].text.split(/\s[-–—|•·*]\s|,\s|[•·|]/)[0];
    if (block[0].labels.length === 0 && !CONTACT.test(head) && head.split(/\s+/).length <= 6 && !/\d{3}/.test(head)) {
      add(head, block[0].text === head ? 0.5 : 0.35);
    }
  }
}

// Names that differ by a letter or two were read differently at two places: the spelling of the web address is right, else the better attested one.
function joinSpellings(found, stems) {
  const ranked = [...found].sort((a, b) => Number(isInWeb(b[0], stems)) - Number(isInWeb(a[0], stems)) || b[1].score - a[1].score);
  for (const [i, [key, candidate]] of ranked.entries()) {
    for (const [other, worse] of ranked.slice(i + 1)) {
      if (found.has(key) && found.has(other) && key.length > 6 && distance(key, other) <= Math.max(1, key.length / 8)) {
        candidate.score = Math.max(candidate.score, worse.score) + 0.35 * Math.min(candidate.score, worse.score);
        found.delete(other);
      }
    }
  }
}

const isInWeb = (key, stems) => stems.some((s) => s.length > 3 && (key.includes(s) || (s.includes(key) && key.length > 3)));

// A line that says what the web address says is the sender's name as it writes it.
function fromWeb(view, stems, add) {
  for (const cell of view.cells.filter((c) => !c.prose && !/[@/]|www\./i.test(c.text))) {
    const name = tidy(cell.text).replace(/\.\p{L}{2,6}$/u, '');
    const key = nameKey(name);
    if (stems.some((s) => s.length > 3 && (s === key || (s.length > 5 && key.length > 5 && (s.startsWith(key) || key.startsWith(s)))))) {
      add(cell.text, (view.buyers.has(cell) ? 0.25 : 0.6) * cell.confidence);
    }
  }
}

// "Example" and "Example Web Services" are one company when the longer begins with the shorter.
function joinShorterNames(found) {
  for (const [key, candidate] of found) {
    for (const [other, longer] of found) {
      if (key !== other && key.length > 3 && other.startsWith(key)) {
        longer.score += 0.2 * candidate.score;
      }
    }
  }
}

function fromVendors(page, vendors, add, found) {
  for (const vendor of vendors) {
    const names = [vendor.name, ...String(vendor.aliases ?? '').split('|')].filter((n) => n && n.length > 2);
    const named = names.some((name) => contains(page.text, name));
    const marked = [vendor.vat, vendor.domain].filter(Boolean).some((mark) => contains(page.text, mark));
    if (named || marked) {
      add(vendor.name, named && marked ? 1.4 : marked ? 1.1 : found.has(nameKey(vendor.name)) ? 0.5 : 0.3, true);
    }
  }
}

const WEB = /(?:@|www\.|https?:\/\/(?:www\.)?)((?:[a-z0-9-]+\.)+[a-z]{2,})\b|\b((?:[a-z0-9-]+\.)+(?:com|net|org|eu|info|io|de|nl|fr|es|it|at|ch|be|uk|ie|pl|in|pt|se|dk|fi|us|ca|au|cz|lu|biz|shop|cloud))\b/gi;

/** The names in web and mail addresses, most frequent first: shop.example.co.uk → example. */
export function webStems(text) {
  const counts = new Map();
  for (const match of text.matchAll(WEB)) {
    const parts = (match[1] ?? match[2]).toLowerCase().split('.');
    const stem = parts.at(-2).length <= 3 && parts.length > 2 && parts.at(-1).length === 2 ? parts.at(-3) : parts.at(-2);
    if (stem.length > 1 && !MAIL_HOSTS.test(stem)) {
      counts.set(stem, (counts.get(stem) ?? 0) + 1);
    }
  }

  return [...counts].sort((a, b) => b[1] - a[1]).map(([stem]) => stem);
}

function startsWithNoName(text) {
  const folded = fold(text).folded;
  return NOT_A_NAME.includes(folded) || startsWith(text, NOT_A_NAME) || CONTACT.test(text) || /^\W*\d/.test(text) && /\d{4,}/.test(text);
}

const tidy = (name) => name.replace(/^[^\p{L}\d]+/u, '').replace(/[\s,;:|"*_-]+$/u, '').replace(/\s+/g, ' ');
const firstOf = (block) => block?.[0];
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 1;
