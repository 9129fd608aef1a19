namespace Orchestrator.Tests.Samples;

internal static partial class InventedInvoices
{
    private static Invented Swiss(Random chance)
    {
        (decimal net, DateOnly day) = (Net(chance, 8000), Day(chance));
        decimal tax = Tax(net, 0.077m);
        string number = $"{chance.Next(1000, 9999)}-{day.Year % 100:00}";
        string M(decimal v) => Money(v, "'", ".");
        InvoiceSheet sheet = new InvoiceSheet().Put(100, 140, "KUPFERBERG", 44, bold: true).Column(100, 180, 24, 16, "Kupferberg Werkzeuge AG, Industriestrasse 9, 8404 Winterthur, Schweiz", "www.kupferberg.ch   CHE-116.281.710 MWST")
            .Column(720, 300, 28, 20, "Schreinerei Aebi", "Dorfstrasse 2", "3011 Bern")
            .Put(100, 470, "Rechnung Nr. " + number, 30, bold: true)
            .Pairs(100, 320, 520, 28, false, ("Datum:", $"{day.Day}. {Month(day, GermanMonths)} {day.Year}"), ("Zahlbar bis:", Format(day.AddDays(30), "dd.MM.yyyy")), ("Kunden-Nr.:", "70212"))
            .Rule(640).Put(100, 670, "Artikel").Put(700, 670, "Anzahl").Put(860, 670, "Preis").Put(1140, 670, "Betrag CHF", right: true)
            .Put(100, 720, "Hobelbank").Put(700, 720, "1").Put(860, 720, M(net)).Put(1140, 720, M(net), right: true)
            .Pairs(700, 1140, 820, 30, true, ("Zwischensumme", M(net)), ("MWST 7.7 %", M(tax)), ("Total CHF", M(net + tax)));
        return new Invented("de-ch tools", sheet, new InvoiceFields("Kupferberg Werkzeuge AG", Iso(day), number, net + tax, "CHF"));
    }

    private static Invented Airline(Random chance)
    {
        (decimal fare, DateOnly day) = (Net(chance, 700), Day(chance));
        decimal taxes = chance.Next(1000, 9000) / 100m;
        string number = $"220-{chance.Next(10000000, 99999999)}";
        string M(decimal v) => "EUR " + Money(v, ",", ".");
        InvoiceSheet sheet = new InvoiceSheet().Put(100, 140, "Gannet Airways", 46, bold: true).Put(1140, 130, "Passenger receipt", 26, right: true)
            .Column(100, 240, 30, 20, "Receipt number: " + number, "Date of issue: " + Format(day, "dd ") + Month(day, EnglishMonths)[..3] + Format(day, " yyyy"), "Booking reference: X7KQ2L", "Passenger: MURPHY/AOIFE MS")
            .Put(100, 420, "Your flights", 24, bold: true).Put(100, 460, "GN 204  Dublin - Lisbon").Put(700, 460, "Departure " + Format(day.AddDays(40), "dd MMM yyyy"))
            .Put(100, 560, "Payment details", 24, bold: true)
            .Pairs(100, 700, 600, 30, true, ("Fare", M(fare)), ("Taxes and charges", M(taxes)), ("Total paid", M(fare + taxes)))
            .Put(100, 760, "Paid by card ending 4417")
            .Put(100, 1650, "Gannet Airways Limited, Hangar Road, Dublin 9, Ireland. Company registration number 998877. VAT IE9988776A. www.gannetairways.ie", 14);
        return new Invented("en-ie airline", sheet, new InvoiceFields("Gannet Airways Limited", Iso(day), number, fare + taxes, "EUR"));
    }

    private static Invented Swedish(Random chance)
    {
        (decimal net, DateOnly day) = (Net(chance), Day(chance));
        decimal tax = Tax(net, 0.25m);
        string number = chance.Next(1000000, 9999999).ToString("0000000");
        string M(decimal v) => Money(v, " ", ",");
        InvoiceSheet sheet = new InvoiceSheet().Put(100, 150, "Aurora Mobil", 40, bold: true).Put(760, 150, "FAKTURA", 34, bold: true)
            .Pairs(760, 1140, 210, 28, true, ("Fakturanummer", number), ("Fakturadatum", Format(day, "yyyy-MM-dd")), ("Förfallodatum", Format(day.AddDays(30), "yyyy-MM-dd")), ("Kundnummer", "889120"))
            .Column(760, 380, 28, 20, "Erik Lindqvist", "Storgatan 4", "753 31 Uppsala")
            .Rule(560).Put(100, 600, "Mobilabonnemang, mars").Put(1140, 600, M(net), right: true)
            .Pairs(760, 1140, 700, 30, true, ("Moms 25%", M(tax)), ("Att betala SEK", M(net + tax)))
            .Column(100, 1620, 22, 15, "Aurora Mobil AB", "Box 1180, 111 91 Stockholm", "Org.nr 556012-5790", "www.auroramobil.se")
            .Column(700, 1620, 22, 15, "Bankgiro 555-0142", "Momsreg.nr SE556012579001");
        return new Invented("sv telephone", sheet, new InvoiceFields("Aurora Mobil AB", Iso(day), number, net + tax, "SEK"));
    }

    private static Invented FrenchTelephone(Random chance)
    {
        (decimal net, DateOnly day) = (Net(chance, 90), Day(chance));
        decimal tax = Tax(net, 0.2m);
        string number = chance.Next(100000000, 999999999).ToString("000000000");
        string M(decimal v) => Money(v, " ", ",") + " €";
        InvoiceSheet sheet = new InvoiceSheet().Put(100, 140, "lumifibre", 52, bold: true)
            .Column(100, 230, 30, 20, "Votre facture du " + Format(day, "dd/MM/yyyy"), "N° de facture : " + number, "N° de client : 55012877", "Ligne : 01 99 00 12 34")
            .Column(720, 320, 28, 20, "MME DUPRE CLAIRE", "8 ALLEE DES ACACIAS", "44000 NANTES")
            .Put(100, 520, "Détail de votre facture", 26, bold: true)
            .Put(100, 570, "Abonnement fibre du 01/06/2021 au 30/06/2021").Put(1140, 570, M(net), right: true)
            .Pairs(100, 1140, 640, 30, true, ("Montant total hors taxes", M(net)), ("Montant de la TVA (20,00 %)", M(tax)), ("Montant total TTC à payer", M(net + tax)))
            .Put(100, 780, "Prélèvement le " + Format(day.AddDays(12), "dd/MM/yyyy") + " sur votre compte bancaire.")
            .Put(150, 1660, "Lumifibre SAS au capital de 120 000 € - RCS Paris 499 000 111 - 5 rue du Signal, 75008 Paris - TVA FR 12 499000111 - www.lumifibre.fr", 14);
        return new Invented("fr telephone", sheet, new InvoiceFields("Lumifibre SAS", Iso(day), number, net + tax, "EUR"));
    }

    private static Invented GermanShop(Random chance)
    {
        (decimal gross, DateOnly day) = (Net(chance, 400), Day(chance));
        decimal tax = gross - Math.Round(gross / 1.19m, 2);
        string number = chance.Next(10000000, 99999999).ToString("00000000");
        string M(decimal v) => "EUR " + Money(v, ".", ",");
        InvoiceSheet sheet = new InvoiceSheet().Put(1140, 140, "blattwerk", 48, bold: true, right: true).Column(800, 180, 24, 16, "Blattwerk Buchversand e.K.", "Am Markt 3, 04109 Leipzig", "service@blattwerk-buch.de", "Steuer-Nr. 231/555/01234")
            .Put(100, 300, "Blattwerk Buchversand e.K., Am Markt 3, 04109 Leipzig", 13).Column(100, 340, 26, 20, "Tobias Wendt", "Gartenstr. 17", "01099 Dresden")
            .Put(100, 540, "Rechnung / Lieferschein", 28, bold: true)
            .Put(100, 590, "Beleg-Nr.:").Put(240, 590, number).Put(560, 590, "Kunden-Nr.:").Put(720, 590, "338812").Put(900, 590, "Datum:").Put(1140, 590, Format(day, "dd.MM.yy"), right: true)
            .Rule(620).Put(100, 650, "Menge").Put(240, 650, "Titel").Put(900, 650, "Einzelpreis").Put(1140, 650, "Gesamt", right: true)
            .Put(100, 700, "1").Put(240, 700, "Atlas der stillen Orte").Put(900, 700, Money(gross, ".", ",")).Put(1140, 700, Money(gross, ".", ","), right: true)
            .Pairs(740, 1140, 800, 30, true, ("Summe", M(gross)), ("Versandkosten", M(0)), ("Endbetrag", M(gross)), ("darin enthalten 19 % MwSt.", M(tax)))
            .Put(100, 1000, "Bitte überweisen Sie den Rechnungsbetrag binnen 14 Tagen auf das Konto DE44 8605 5592 0000 0001 23.", 18);
        return new Invented("de bookshop", sheet, new InvoiceFields("Blattwerk Buchversand e.K.", Iso(day), number, gross, "EUR"));
    }

    private static Invented DutchWebShop(Random chance)
    {
        (decimal gross, DateOnly day) = (Net(chance, 900), Day(chance));
        decimal net = Math.Round(gross / 1.21m, 2);
        string number = $"VF{chance.Next(1000000, 9999999)}";
        string M(decimal v) => "€ " + Money(v, ".", ",");
        InvoiceSheet sheet = new InvoiceSheet().Put(100, 150, "tuinhal.nl", 48, bold: true).Put(100, 260, "Factuur " + number, 28, bold: true)
            .Put(100, 300, "Factuurdatum " + Format(day, "dd-MM-yyyy")).Put(100, 330, "Besteldatum " + Format(day.AddDays(-3), "dd-MM-yyyy")).Put(100, 360, "Bestelnummer 88123401")
            .Put(700, 260, "Factuuradres", 18, bold: true).Column(700, 290, 26, 18, "Dhr. S. Bakker", "Dorpsstraat 19", "7411 AB Deventer")
            .Rule(480).Put(100, 510, "Artikel").Put(700, 510, "Aantal").Put(860, 510, "Prijs").Put(1140, 510, "Totaal", right: true)
            .Put(100, 560, "Kruiwagen 90 liter").Put(700, 560, "1").Put(860, 560, M(gross)).Put(1140, 560, M(gross), right: true)
            .Pairs(800, 1140, 660, 30, true, ("Totaal", M(gross)), ("Waarvan btw 21%", M(gross - net)), ("Exclusief btw", M(net)))
            .Put(100, 800, "Betaald met iDEAL op " + Format(day.AddDays(-3), "dd-MM-yyyy"))
            .Column(100, 1600, 22, 15, "Tuinhal Nederland B.V.", "Havenweg 200, 8243 PL Lelystad", "KvK 39087712 - btw NL815556677B01", "klantenservice@tuinhal.nl");
        return new Invented("nl web shop", sheet, new InvoiceFields("Tuinhal Nederland B.V.", Iso(day), number, gross, "EUR"));
    }

    private static Invented AmericanCloud(Random chance)
    {
        (decimal total, DateOnly day) = (Net(chance, 3000), Day(chance));
        string number = chance.Next(100000000, 999999999).ToString("000000000");
        string M(decimal v) => "$" + Money(v, ",", ".");
        string date = $"{Month(day, EnglishMonths)} {day.Day}, {day.Year}";
        InvoiceSheet sheet = new InvoiceSheet().Put(100, 140, "harbourlight", 46, bold: true).Put(620, 140, "Harbourlight Cloud Invoice", 28)
            .Put(620, 200, "Summary", 22, bold: true).Pairs(620, 1140, 240, 28, true, ("Invoice ID", number), ("Issued on", date), ("Billing period", "Jun 1 - Jun 30, 2021"), ("Account ID", "acc-88120"))
            .Put(620, 380, "Total due", 26, bold: true).Put(1140, 380, M(total), 26, bold: true, right: true)
            .Put(100, 240, "Billed to", 18, bold: true).Column(100, 270, 26, 18, "Quill Analytics Ltd", "9 Dock Street", "Belfast BT1 3AB")
            .Rule(480).Put(100, 520, "Compute").Put(1140, 520, M(total - 1.5m), right: true).Put(100, 560, "Storage").Put(1140, 560, M(1.5m), right: true).Put(100, 600, "Credits").Put(1140, 600, "$0.00", right: true)
            .Put(100, 660, "Total for this period", bold: true).Put(1140, 660, M(total), bold: true, right: true)
            .Put(100, 1640, "Harbourlight Cloud Inc., 88 Pier Street, Seattle, WA 98101, USA. All prices are in US dollars.", 15);
        return new Invented("en-us cloud", sheet, new InvoiceFields("Harbourlight Cloud Inc.", Iso(day), number, total, "USD"));
    }

    private static Invented ItalianEnergy(Random chance)
    {
        (decimal net, DateOnly day) = (Net(chance, 300), Day(chance));
        decimal tax = Tax(net, 0.1m);
        string number = $"{chance.Next(10000000, 99999999)}";
        string M(decimal v) => Money(v, ".", ",") + " €";
        InvoiceSheet sheet = new InvoiceSheet().Put(100, 140, "Energia Collina S.p.A.", 30, bold: true).Put(100, 175, "Sede legale: Corso Vinzaglio 3, 10121 Torino - Partita IVA 08811220011", 15)
            .Column(700, 280, 28, 20, "ROSSI MARIO", "VIA GARIBALDI 12", "10122 TORINO TO")
            .Put(100, 300, "Numero fattura", 16).Put(100, 330, number, 22, bold: true).Put(320, 300, "Data emissione", 16).Put(320, 330, Format(day, "dd.MM.yyyy"), 22, bold: true)
            .Put(100, 400, "Totale da pagare", 16).Put(100, 432, M(net + tax), 24, bold: true).Put(320, 400, "Scadenza", 16).Put(320, 432, Format(day.AddDays(20), "dd.MM.yyyy"), 22)
            .Put(100, 560, "Sintesi degli importi", 24, bold: true)
            .Pairs(100, 1140, 610, 30, true, ("Spesa per la materia energia", M(net)), ("Totale imponibile", M(net)), ("IVA 10%", M(tax)), ("Totale bolletta", M(net + tax)))
            .Put(100, 1650, "Energia Collina S.p.A. - Capitale sociale 1.000.000 € - www.energiacollina.it", 14);
        return new Invented("it energy", sheet, new InvoiceFields("Energia Collina S.p.A.", Iso(day), number, net + tax, "EUR"));
    }
}
