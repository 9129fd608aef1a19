// What invoices call things, by language. A phrase is compared folded (see text.mjs), so accents, spaces, points and case do not matter here.
// The longest phrase at a place wins: "due date" is not a "date". Weights say how surely the value beside the label is the one sought.
import { distance, findPhrase, fold } from './text.mjs';

const PHRASES = {
  number: [
    [1, `invoice number; invoice no; invoice nr; invoice #; invoice id; invoice num; invoice code; inv no; inv #; inv number; invoice reference; invoice ref; tax invoice no; tax invoice number;
      tax invoice #; bill number; bill no; bill #; document number; document no; receipt number; receipt no; receipt #; credit note number; credit note no; statement number; vat invoice number; number of invoice;
      rechnungsnummer; rechnungsnr; rechnung nr; rechnung nummer; rechnungs nr; rechnungs nummer; re nr; rg nr; rechnung no; belegnummer; beleg nr; belegnr; gutschriftsnummer; rechnungs id; rechnungskennzeichen;
      factuurnummer; factuurnr; factuur nr; factuur nummer; factuur no; faktuurnummer; notanummer; nota nummer; creditnota nummer; factuur #;
      numero de facture; numero facture; n facture; no facture; no de facture; n de facture; facture no; facture n; facture numero; facture num; num facture; ref facture; reference facture; reference de facture; facture #;
      numero de la facture; no de la facture; avoir no; facture d acompte no; numero de document; no de piece;
      numero fattura; numero della fattura; fattura n; fattura no; fattura nr; fattura numero; n fattura; nr fattura; num fattura; numero documento; n documento; documento n; documento numero; ricevuta n; numero di fattura; nota di credito n;
      numero de factura; numero factura; factura no; factura n; factura numero; factura num; num factura; num de factura; n de factura; no factura; no de factura; nro factura; factura nro; n factura; nº de factura; numero de documento;
      fatura no; fatura n; numero da fatura; numero de fatura; fakturanummer; fakturanr; faktura nr; faktura nummer; faktura no; numer faktury; nr faktury; faktura vat nr; laskun numero; cislo faktury; faktura c; numar factura`],
    [0.72, 'invoice; tax invoice; rechnung; factuur; facture; fattura; factura; fatura; faktura; receipt; bill; credit note; gutschrift; beleg; nota; avoir; invoice summary'],
    [0.45, `your reference; our reference; reference number; reference no; ref no; reference; booking number; booking reference; booking id; confirmation number; reservation number; numero de reservation; buchungsnummer;
      boekingsnummer; order number; order no; order id; order #; bestelnummer; ordernummer; bestellnummer; auftragsnummer; numero de commande; no de commande; numero de pedido; numero ordine; transaction id; transaction number; ticket number; document`],
  ],
  date: [
    [1, `invoice date; date of invoice; date invoice; invoice dated; billing date; bill date; date of issue; issue date; date issued; issued on; issued; tax point; tax point date; statement date; receipt date; document date; inv date; date of bill; invoiced on;
      rechnungsdatum; datum der rechnung; rechnung vom; belegdatum; ausstellungsdatum; datum rechnung; rechnungs datum; factuurdatum; datum factuur; faktuurdatum; factuur datum; notadatum;
      date de facture; date facture; date de facturation; date de la facture; facture du; date d emission; date emission; emise le; emis le; etablie le; date de piece; date du document;
      data fattura; data della fattura; data documento; data emissione; data di emissione; data del documento; fattura del; fecha de factura; fecha factura; fecha de emision; fecha emision; fecha de expedicion; fecha expedicion; fecha de la factura; fecha de facturacion;
      data da fatura; data de emissao; fakturadatum; fakturadato; data wystawienia; laskun paivays; datum vystaveni`],
    [0.8, 'date; datum; data; fecha; dato; dated'],
    [0.5, 'order date; orderdatum; bestelldatum; besteldatum; date de commande; date of order; fecha de pedido; data ordine; purchase date; date of purchase; booking date; transaction date; date d achat; verkaufsdatum; leistungsdatum; delivery date; lieferdatum; leverdatum'],
  ],
  // Dates that are something else: found only so that their values are not taken.
  'other date': [
    [1, `due date; date due; payment due; payment due date; payment date; pay by; due by; due on; due; faelligkeitsdatum; falligkeitsdatum; faellig am; fallig am; faellig; fallig; zahlbar bis; zahlungsziel; vervaldatum; vervaldag; uiterste betaaldatum; betaaldatum; betalen voor;
      date d echeance; echeance; date echeance; date limite; date de paiement; payable le; a payer avant; avant le; date de prelevement; scadenza; data scadenza; data di scadenza; scadenze; vencimiento; fecha de vencimiento; fecha vencimiento; fecha de pago; data de vencimento;
      valid until; expiry date; expires; expiration; start date; end date; ship date; date shipped; date de livraison; data di consegna; fecha de entrega; data consegna; print date; date printed; service period; billing period; periode; period; periodo; zeitraum; leistungszeitraum;
      abrechnungszeitraum; check in; check out; arrival; departure; anreise; abreise; birth date; geburtsdatum; date of birth; sepa; mandat; termin platnosci; forfallsdato; forfallodatum; next invoice; prochaine facture; naechste rechnung; volgende factuur; service date; date of supply`],
  ],
  gross: [
    [1, `total amount due; amount due; total due; balance due; grand total; invoice total; total to pay; amount payable; total payable; amount to pay; total incl vat; total inc vat; total including vat; total incl tax; total inc tax; total including tax; total incl gst; total inc gst; total with vat; total with tax; total gross; gross total; gross amount;
      total amount payable; total invoice amount; invoice amount; total for this invoice; total invoice value; amount charged; total charge; total charges; total charged; please pay; net payable; total invoice; amount paid; total paid; total amount including vat; total amount incl vat; total price incl vat; order total; total amount inc vat; total current charges; new charges; total new charges;
      gesamtbetrag; rechnungsbetrag; endbetrag; gesamtsumme; bruttobetrag; summe brutto; gesamt brutto; brutto gesamt; bruttosumme; rechnungssumme; rechnungsendbetrag; zu zahlender betrag; zu zahlen; zahlbetrag; gesamtbetrag brutto; gesamtbetrag inkl mwst; gesamt inkl mwst; summe inkl mwst; betrag inkl mwst; gesamtpreis inkl mwst; gesamtbetrag inkl ust; gesamt inkl ust; total inkl mwst; total brutto; bruttorechnungsbetrag; endsumme; forderungsbetrag; offener betrag; gesamtbetrag eur; zahlungsbetrag;
      totaal te betalen; te betalen; totaal te voldoen; te voldoen; totaal incl btw; totaal inclusief btw; totaal inclusief; totaal incl; bedrag incl btw; totaalbedrag; factuurbedrag; eindbedrag; eindtotaal; totaal bedrag; totaal factuur; totaal factuurbedrag; te betalen bedrag; totaalbedrag incl btw; inclusief btw;
      total ttc; montant ttc; net a payer; total a payer; montant a payer; montant total; montant total ttc; total facture; total de la facture; total de votre facture; montant de la facture; montant de votre facture; somme a payer; total general; total t t c; prix total ttc; total toutes taxes comprises; montant du; net a payer ttc; total ttc a payer; total facture ttc; montant preleve; a payer; reste a payer; total net ttc; total eur ttc; somme due;
      total factura; total a pagar; importe total; total con iva; total iva incluido; importe a pagar; importe factura; importe total factura; total de la factura; total general; total importe; liquido a pagar; total iva inc; importe total con iva;
      totale fattura; totale documento; totale da pagare; netto a pagare; totale iva inclusa; totale iva compresa; importo totale; totale dovuto; importo da pagare; totale complessivo; totale a pagare; totale ivato; importo dovuto; totale fattura eur; totale generale;
      total da fatura; valor total; valor a pagar; do zaplaty; razem do zaplaty; kwota do zaplaty; att betala; a betale; belop a betale; at betale; summa att betala; yhteensa; celkem k uhrade`],
    [0.8, 'total; totaal; totale; gesamt; summe; total amount; total eur; total usd; total gbp; totalt; razem; insgesamt; total price; total cost; total in; total value; total incl; amount; betrag; montant; bedrag; importe; importo; summa'],
  ],
  net: [
    [1, `subtotal; sub total; net total; total net; net amount; total excl vat; total excluding vat; total ex vat; total excl tax; total before tax; total without tax; untaxed amount; taxable amount; taxable value; amount excl vat; excl vat; ex vat; total excl; total excl gst; total ex gst; total excluding tax; total before vat; goods total; net value; total without vat;
      zwischensumme; nettobetrag; summe netto; gesamt netto; netto gesamt; nettosumme; gesamtbetrag netto; netto; warenwert; betrag netto; gesamt ohne mwst; summe ohne mwst; ohne mwst; total netto; gesamtnetto; netto betrag; summe exkl mwst; zzgl; rechnungsbetrag netto; zeilenbetrag; nettowert; nettopreis;
      subtotaal; exclusief btw; excl btw; totaal excl btw; totaal exclusief btw; totaal exclusief; bedrag excl btw; totaal excl; netto bedrag; btw grondslag; totaal netto; grondslag;
      total ht; montant ht; total h t; sous total; total hors taxes; total hors taxe; montant hors taxes; base ht; total net ht; montant total ht; total htva; sous total ht; net ht; prix ht; base tva; montant net ht; total facture ht; hors taxes; pu ht; total eur ht;
      base imponible; subtotal sin iva; total sin iva; importe neto; suma; total bruto; importe base; total neto; base imp; imponibile; totale imponibile; totale merce; totale netto; totale iva esclusa; importo netto; base imponibile; totale servizi; netto merce; imponibile iva;
      items total; item total; line total; page total; product total; total products; total produits; total shipping; total livraison; total articles; totale articoli; total discounts; total per; shipping total; fare; total fare;
      uebertrag; ubertrag; zwischenuebertrag; carried forward; brought forward; report; a reporter; riporto; suma y sigue; transport;
      previous balance; opening balance; last invoice; solde precedent; ancien solde; discount; rabatt; korting; remise; descuento; sconto; total savings; total discount; total qty; total quantity; total items; total hours; total weight; total points; unit price; einzelpreis; prijs per stuk; prix unitaire; precio unitario; prezzo unitario; shipping; versand; verzendkosten; frais de port; total payments; payments received; credit; credits; you saved; capital; au capital de; capital social; stammkapital`],
  ],
  tax: [
    [1, `vat total; tax total; btw totaal; mwst gesamt; gesamt mwst; summe mwst; tva total; iva totale; total taxes; taxes; taxes and charges; total gst; vat; tax; total vat; total tax; vat amount; tax amount; sales tax; gst; igst; cgst; sgst; hst; total gst; mwst; ust; umsatzsteuer; mehrwertsteuer; mwst betrag; ust betrag; zzgl mwst; zzgl ust; steuerbetrag; steuer; btw; btw bedrag; totaal btw; btw hoog; btw laag; omzetbelasting;
      tva; total tva; montant tva; montant de la tva; dont tva; total t v a; iva; cuota iva; importe iva; total iva; totale iva; imposta; importo iva; totale imposta; imposte; moms; podatek vat; kwota vat`],
  ],
  other: [
    [1, `customer number; customer no; customer id; customer #; account number; account no; account #; account id; client number; client no; client id; order reference; po number; purchase order; contract number; contract no; vat number; vat no; vat id; vat reg no; vat registration number; tax id; tax number; tax no; gstin; pan; cin; phone; tel; telephone; fax; mobile; page; delivery note no; iban; bic; swift; zip; company number; company registration number;
      kundennummer; kundennr; kunden nr; kunde nr; kundenkonto; vertragsnummer; vertragsnr; steuernummer; steuer nr; steuernr; ust id; ustid; ust idnr; ust id nr; ustidnr; umsatzsteuer id; kontonummer; konto nr; kto nr; blz; bankleitzahl; handelsregister; hrb; lieferscheinnummer; lieferschein nr; seite; telefon; vorgangsnummer; rechnungsempfaenger; rechnungsadresse; rechnungsanschrift; rechnung an; projekt nr; personalnummer; glaeubiger id; mandatsreferenz;
      klantnummer; klantnr; klant nr; debiteurnummer; debiteurnr; debiteur nr; relatienummer; btw nummer; btw nr; btw id; kvk; kvk nummer; kvk nr; rekeningnummer; pagina; telefoon; contractnummer; factuuradres; betalingskenmerk; klantcode; pakbonnummer;
      numero client; numero de client; no client; no de client; code client; ref client; reference client; numero de compte; no de compte; no compte; numero de tva; no tva; n tva; tva intra; tva intracommunautaire; tva intracom; siret; siren; rcs; ape; naf; code postal; numero de dossier; numero de contrat; no de contrat; bon de livraison; adresse de facturation; identifiant; page no; numero de ligne; no de ligne; numero abonne; no d abonne;
      numero cliente; codice cliente; cod cliente; partita iva; p iva; codice fiscale; cod fisc; n cliente; numero conto; ordine n; rif ordine; numero contratto; contratto n; ddt n; codice utente;
      numero de cliente; no cliente; no de cliente; codigo cliente; codigo de cliente; cif; nif; c i f; n i f; numero de cuenta; referencia cliente; albaran; no pedido; contrato; referencia; numero de contrato;
      kundenummer; kundnummer; kundnr; orgnr; org nr; organisationsnummer; cvr; nip; regon; ocr; ordrenummer; invoice to; invoice address; invoice for; invoice from; invoice currency; invoice details; invoice period; invoice status; invoice type; facture a; facture pour; facture de; factura a; fattura a; factuur aan; rechnung fuer; date format; page number; for the period; total pages; payment terms; bill to; billed to; bill from`],
  ],
};

// Said of anything; a label only when nothing stands before it in its cell.
const BARE = ['number', 'nummer', 'numero', 'nr', 'no', 'num'].map((word) => fold(word).folded);
const BARE_WEIGHT = 0.55;
const SURE_LENGTH = 8;

const TABLE = Object.entries(PHRASES).flatMap(([kind, groups]) => groups.flatMap(([weight, phrases]) =>
  phrases.split(';').map((phrase) => ({ kind, weight, phrase: fold(phrase).folded })))).sort((a, b) => b.phrase.length - a.phrase.length);

// A label of its own, before a colon or the end, in which a letter was misread.
function misread(text, { folded, map }) {
  const colon = text.indexOf(':');
  const length = colon < 0 ? folded.length : map.filter((at) => at < colon).length;
  const word = folded.slice(0, length);
  if (length < SURE_LENGTH || length > 30) {
    return [];
  }

  const meant = TABLE.find(({ phrase }) => phrase.length >= SURE_LENGTH && distance(word, phrase, 1) <= 1);
  return meant ? [{ kind: meant.kind, weight: 0.9 * meant.weight, start: 0, end: colon < 0 ? text.length : colon }] : [];
}

/** The labels in a text, left to right: { kind, weight, start, end }. */
export function findLabels(text) {
  const folded = fold(text);
  const found = [];
  for (const { kind, weight, phrase } of TABLE) {
    if (phrase.length > folded.folded.length || !folded.folded.includes(phrase)) {
      continue;
    }

    for (const [start, end] of findPhrase(text, folded, phrase)) {
      if (!found.some((f) => start < f.end && end > f.start)) {
        found.push({ kind, weight, start, end });
      }
    }
  }

  if (found.length === 0) {
    found.push(...misread(text, folded));
  }

  for (const phrase of BARE) {
    const [start, end] = folded.folded.startsWith(phrase) ? findPhrase(text, folded, phrase)[0] ?? [] : [];
    if (end !== undefined && !found.some((f) => start < f.end)) {
      found.push({ kind: 'number', weight: BARE_WEIGHT, start, end });
    }
  }

  return found.sort((a, b) => a.start - b.start);
}
