namespace Orchestrator.Tests.Samples;

internal static partial class InventedInvoices
{
    // Whole amounts, a sign of currency that readers lose, totals in a table's last row.
    private static Invented IndianHotel(Random chance)
    {
        (int rate, DateOnly day) = (chance.Next(800, 6000), Day(chance));
        string number = "LQ" + chance.Next(1000000, 9999999);
        InvoiceSheet sheet = new InvoiceSheet().Put(100, 140, "LANTERN STAYS", 40, bold: true).Put(900, 140, "INVOICE", 30)
            .Put(100, 240, "Invoice no.", 17).Put(340, 240, number).Put(700, 240, "Date", 17).Put(900, 240, Format(day, "dd/MM/yyyy"))
            .Put(100, 280, "Guest name", 17).Put(340, 280, "Ravi Menon").Put(700, 280, "Check-in", 17).Put(900, 280, Format(day.AddDays(-2), "dd/MM/yyyy"))
            .Put(100, 320, "Hotel", 17).Put(340, 320, "Lantern Stays 114, Mysuru").Put(700, 320, "Check-out", 17).Put(900, 320, Format(day, "dd/MM/yyyy"))
            .Rule(400).Put(100, 430, "Description").Put(600, 430, "Nights").Put(760, 430, "Rate").Put(1140, 430, "Amount", right: true)
            .Put(100, 480, "Room, double occupancy").Put(600, 480, "2").Put(760, 480, $"₹ {rate}").Put(1140, 480, $"₹ {2 * rate}", right: true)
            .Put(100, 560, "Grand Total", bold: true).Put(1140, 560, $"₹ {2 * rate}", bold: true, right: true)
            .Put(100, 600, "Amount in words: as above, rupees only", 16)
            .Column(100, 1600, 22, 15, "Lantern Stays Private Limited", "14 Palace Road, Mysuru 570001, India", "GSTIN 29AABCL1234M1Z5", "care@lanternstays.in");
        return new Invented("en-in hotel", sheet, new InvoiceFields("Lantern Stays Private Limited", Iso(day), number, 2 * rate, "INR"));
    }

    // The number is in the heading; dates stand under their labels; the buyer is at the right.
    private static Invented Furniture(Random chance)
    {
        (decimal net, DateOnly day) = (Net(chance), Day(chance));
        decimal tax = Tax(net, 0.15m);
        string number = $"INV/{day.Year}/{day.Month:00}/{chance.Next(1, 9999):0000}";
        string M(decimal v) => "$ " + Money(v, ",", ".");
        InvoiceSheet sheet = new InvoiceSheet().Column(100, 150, 28, 19, "Slate Interiors", "4557 De Silva St", "Fremont CA 94538", "United States")
            .Column(760, 300, 28, 19, "Juniper Offices", "77 Harbor Way", "Oakland CA 94607", "United States")
            .Put(100, 500, "Invoice " + number, 34, bold: true)
            .Put(100, 560, "Invoice Date:", 19, bold: true).Put(420, 560, "Due Date:", 19, bold: true).Put(740, 560, "Source:", 19, bold: true)
            .Put(100, 590, Format(day, "MM/dd/yyyy"), 19).Put(420, 590, Format(day.AddDays(30), "MM/dd/yyyy"), 19).Put(740, 590, "S00412", 19)
            .Rule(650).Put(100, 680, "Description", 19).Put(640, 680, "Quantity", 19).Put(800, 680, "Unit Price", 19).Put(960, 680, "Taxes", 19).Put(1140, 680, "Amount", 19, right: true)
            .Put(100, 720, "Standing desk", 19).Put(640, 720, "1.00", 19).Put(800, 720, Money(net, ",", "."), 19).Put(960, 720, "15.00%", 19).Put(1140, 720, M(net), 19, right: true)
            .Pairs(760, 1140, 820, 34, true, ("Untaxed Amount", M(net)), ("Tax 15%", M(tax)), ("Total", M(net + tax)))
            .Put(100, 960, "Please use the following communication for your payment: " + number, 17)
            .Put(300, 1650, "+1 555-555-5556  info@slateinteriors.com  http://www.slateinteriors.com", 16);
        return new Invented("en-us furniture", sheet, new InvoiceFields("Slate Interiors", Iso(day), number, net + tax, "USD"));
    }

    // A row of totals with quantity, net, tax and gross in it; the label of the number is split over two cells.
    private static Invented AustrianWholesale(Random chance)
    {
        (decimal net, DateOnly day) = (Net(chance, 9000) + 100, Day(chance));
        decimal tax = Tax(net, 0.2m);
        string number = $"{day.Year % 100:00}{chance.Next(100000, 999999)}";
        string M(decimal v) => Money(v, ".", ",");
        InvoiceSheet sheet = new InvoiceSheet().Put(100, 140, "Weinhof Zirbitz OG", 30, bold: true).Column(100, 175, 24, 16, "Kellergasse 7, A-3550 Langenlois", "UID ATU61234567   FN 345678 a   www.zirbitz.at")
            .Column(100, 300, 26, 19, "Gasthaus Zur Linde", "Hauptplatz 1", "4020 Linz")
            .Put(760, 300, "RECHNUNG", 28, bold: true)
            .Pairs(760, 1140, 340, 28, true, ("Nummer", number), ("Datum", Format(day, "d.M.yyyy")), ("Kunde", "21077"), ("UID des Kunden", "ATU59876543"))
            .Rule(560).Put(100, 590, "Artikel").Put(560, 590, "Menge").Put(760, 590, "Netto", right: true).Put(920, 590, "20% USt", right: true).Put(1140, 590, "Brutto", right: true)
            .Put(100, 640, "Grüner Veltliner").Put(560, 640, "60").Put(760, 640, M(net), right: true).Put(920, 640, M(tax), right: true).Put(1140, 640, M(net + tax), right: true)
            .Rule(670).Put(100, 710, "Gesamtbetrag EUR", bold: true).Put(560, 710, "60").Put(760, 710, M(net), right: true).Put(920, 710, M(tax), right: true).Put(1140, 710, M(net + tax), bold: true, right: true)
            .Put(100, 800, "Zahlbar innerhalb von 14 Tagen ohne Abzug. IBAN AT61 1904 3002 3457 3201");
        return new Invented("de-at wholesale", sheet, new InvoiceFields("Weinhof Zirbitz OG", Iso(day), number, net + tax, "EUR"));
    }

    // A utility's statement: what is due stands in a box at the top, under older balances.
    private static Invented AmericanUtility(Random chance)
    {
        (decimal charges, DateOnly day) = (Net(chance, 300), Day(chance));
        string number = chance.Next(100000000, 999999999).ToString("000000000");
        string M(decimal v) => "$" + Money(v, ",", ".");
        string date = $"{Month(day, EnglishMonths)[..3]} {day.Day}, {day.Year}";
        InvoiceSheet sheet = new InvoiceSheet().Put(100, 150, "Prairie Light & Water", 40, bold: true)
            .Put(700, 130, "Account Number: 8801-4471-02", 18).Put(700, 160, "Invoice Number: " + number, 18).Put(700, 190, "Bill Date: " + date, 18).Put(700, 220, "Due Date: " + Format(day.AddDays(21), "MMM d, yyyy"), 18)
            .Pairs(700, 1140, 290, 30, true, ("Previous Balance", M(61.2m)), ("Payment Received - Thank You", "-" + M(61.2m)), ("Current Charges", M(charges)), ("Total Amount Due", M(charges)))
            .Put(100, 560, "DALE HOOPER", 18).Put(100, 586, "12 ELM ST", 18).Put(100, 612, "SALINA KS 67401", 18)
            .Put(100, 760, "Service from 05/02/15 to 06/01/15", 18).Put(100, 800, "Electric 412 kWh", 18).Put(1140, 800, M(charges), 18, right: true)
            .Put(100, 1500, "Please detach and return this portion with your payment. Make checks payable to: Prairie Light & Water", 16)
            .Column(100, 1560, 24, 16, "Prairie Light & Water", "PO Box 2201", "Salina KS 67402-2201", "1-800-555-0177");
        return new Invented("en-us utility", sheet, new InvoiceFields("Prairie Light & Water", Iso(day), number, charges, "USD"));
    }

    // Belgian, two languages at once.
    private static Invented Belgian(Random chance)
    {
        (decimal net, DateOnly day) = (Net(chance), Day(chance));
        decimal tax = Tax(net, 0.21m);
        string number = $"{day.Year}.{chance.Next(1000, 9999)}";
        string M(decimal v) => Money(v, ".", ",") + " EUR";
        InvoiceSheet sheet = new InvoiceSheet().Put(100, 150, "Zuidwind Energie NV", 32, bold: true).Column(100, 190, 24, 16, "Havenlaan 88, 1000 Brussel - Bruxelles", "BTW/TVA BE 0444.555.666", "www.zuidwind.be")
            .Put(100, 340, "Factuur / Facture", 28, bold: true)
            .Pairs(100, 460, 390, 30, false, ("Factuurnummer / N° de facture", number), ("Factuurdatum / Date de facture", Format(day, "dd/MM/yyyy")), ("Klantnummer / N° client", "40028811"), ("Vervaldatum / Echéance", Format(day.AddDays(15), "dd/MM/yyyy")))
            .Column(760, 390, 28, 19, "Mme Sophie Laurent", "Rue du Moulin 3", "5000 Namur")
            .Pairs(100, 1140, 640, 32, true, ("Totaal excl. btw / Total hors TVA", M(net)), ("Btw / TVA 21%", M(tax)), ("Te betalen / Montant à payer", M(net + tax)));
        return new Invented("nl-be energy", sheet, new InvoiceFields("Zuidwind Energie NV", Iso(day), number, net + tax, "EUR"));
    }

    // A web host's receipt: no legal form, an address of the web, label and value in one line each.
    private static Invented Host(Random chance)
    {
        (decimal total, DateOnly day) = (Net(chance, 150), Day(chance));
        string number = chance.Next(100000, 9999999).ToString("0");
        InvoiceSheet sheet = new InvoiceSheet().Put(100, 150, "pebblehost", 44, bold: true)
            .Put(100, 230, "Invoice #" + number, 30, bold: true).Put(100, 270, "Invoice Date: " + Format(day, "dddd, MMMM d, yyyy"), 18).Put(100, 296, "Due Date: " + Format(day.AddDays(7), "dddd, MMMM d, yyyy"), 18)
            .Put(820, 230, "PAID", 40, bold: true)
            .Put(100, 380, "Invoiced To", 18, bold: true).Column(100, 408, 26, 18, "Noor Haddad", "5 Canal View", "Manchester, M1 2AB")
            .Put(700, 380, "Pay To", 18, bold: true).Column(700, 408, 26, 18, "Pebblehost", "Unit 3, Tide Mill", "Hull, HU1 4ZZ", "support@pebblehost.net")
            .Rule(560).Put(100, 590, "Description").Put(1140, 590, "Total", right: true)
            .Put(100, 630, "VPS Small - node4.customer.org (01/03/2019 - 31/03/2019)", 18).Put(1140, 630, "$" + Money(total, ",", ".") + " USD", 18, right: true)
            .Pairs(860, 1140, 700, 30, true, ("Sub Total", "$" + Money(total, ",", ".") + " USD"), ("Credit", "$0.00 USD"), ("Total", "$" + Money(total, ",", ".") + " USD"))
            .Put(100, 840, "Transaction Date").Put(400, 840, "Gateway").Put(640, 840, "Transaction ID").Put(1140, 840, "Amount", right: true)
            .Put(100, 880, Format(day.AddDays(1), "dd/MM/yyyy")).Put(400, 880, "Card").Put(640, 880, "ch_88aXk2201").Put(1140, 880, "$" + Money(total, ",", ".") + " USD", right: true);
        return new Invented("en host", sheet, new InvoiceFields("Pebblehost", Iso(day), number, total, "USD"));
    }
}
