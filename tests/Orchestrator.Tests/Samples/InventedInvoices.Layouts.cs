namespace Orchestrator.Tests.Samples;

internal static partial class InventedInvoices
{
    private static Invented German(Random chance)
    {
        (decimal net, DateOnly day) = (Net(chance), Day(chance));
        decimal tax = Tax(net, 0.19m);
        string number = $"RE-{day.Year}-{chance.Next(10000, 99999)}";
        string M(decimal v) => Money(v, ".", ",");
        InvoiceSheet sheet = new InvoiceSheet().Put(100, 230, "Nordlicht Hosting GmbH - Speicherstraße 12 - 24103 Kiel", 15)
            .Column(100, 290, 28, 20, "Musterbau AG", "Frau Petra Sommer", "Ringweg 8", "50667 Köln")
            .Put(100, 520, "Rechnung", 34, bold: true)
            .Pairs(760, 960, 290, 28, false, ("Rechnungsnummer", number), ("Rechnungsdatum", Format(day, "dd.MM.yyyy")), ("Kundennummer", "K-20411"), ("Fällig am", Format(day.AddDays(14), "dd.MM.yyyy")))
            .Rule(600).Put(100, 630, "Pos.", bold: true).Put(180, 630, "Bezeichnung", bold: true).Put(760, 630, "Menge", bold: true).Put(1140, 630, "Gesamt", bold: true, right: true).Rule(645)
            .Put(100, 680, "1").Put(180, 680, "Server-Miete 01.02.24-29.02.24").Put(760, 680, "1").Put(1140, 680, M(net), right: true)
            .Pairs(760, 1140, 800, 32, true, ("Nettobetrag", M(net)), ("zzgl. 19 % MwSt.", M(tax)), ("Gesamtbetrag", M(net + tax) + " €"))
            .Column(100, 1600, 22, 15, "Nordlicht Hosting GmbH", "Speicherstraße 12", "24103 Kiel", "Tel. +49 431 555 0190")
            .Column(480, 1600, 22, 15, "Geschäftsführer: Jens Ahlers", "Amtsgericht Kiel HRB 99812", "USt-IdNr. DE 811 907 334", "www.nordlicht-hosting.example")
            .Column(860, 1600, 22, 15, "Förde Bank Kiel", "IBAN DE12 2105 0170 0000 4711 00", "BIC FOERDEXXKIE");
        return new Invented("de hosting", sheet, new InvoiceFields("Nordlicht Hosting GmbH", Iso(day), number, net + tax, "EUR"));
    }

    private static Invented British(Random chance)
    {
        (decimal net, DateOnly day) = (Net(chance, 9000) + 300, Day(chance));
        decimal tax = Tax(net, 0.2m);
        string number = chance.Next(10000, 99999).ToString("00000");
        string M(decimal v) => "£" + Money(v, ",", ".");
        InvoiceSheet sheet = new InvoiceSheet().Put(100, 150, "Brambling & Stone", 44, bold: true).Put(1140, 150, "INVOICE", 40, bold: true, right: true)
            .Column(100, 200, 26, 18, "Brambling & Stone Ltd", "7 Quay Lane, Bristol BS1 4QA", "VAT No: GB 482 9163 27")
            .Put(100, 340, "Bill To:", bold: true).Column(100, 370, 26, 18, "Fernhill School", "Accounts Department", "12 Mill Road", "Leeds LS2 8QT")
            .Pairs(760, 1140, 340, 30, true, ("Invoice No:", number), ("Date:", Format(day, "d ") + Month(day, EnglishMonths) + Format(day, " yyyy")), ("Due Date:", Format(day.AddDays(30), "d MMMM yyyy")), ("Account No:", "BS/4471"))
            .Rule(560).Put(100, 590, "Description").Put(700, 590, "Qty").Put(860, 590, "Unit Price").Put(1140, 590, "Total", right: true).Rule(605)
            .Put(100, 640, "Oak shelving, fitted").Put(700, 640, "1").Put(860, 640, M(net - 184.5m)).Put(1140, 640, M(net - 184.5m), right: true)
            .Put(100, 675, "Brass brackets").Put(700, 675, "18").Put(860, 675, M(7.25m)).Put(1140, 675, M(130.5m), right: true)
            .Put(100, 710, "Delivery and fitting materials").Put(700, 710, "1").Put(860, 710, M(54m)).Put(1140, 710, M(54m), right: true)
            .Rule(735, 860).Pairs(860, 1140, 775, 32, true, ("Subtotal", M(net)), ("VAT @ 20%", M(tax)), ("Total", M(net + tax)))
            .Put(100, 1650, "Registered in England and Wales No. 08812345. Registered office: 7 Quay Lane, Bristol.", 15);
        return new Invented("en-gb joiner", sheet, new InvoiceFields("Brambling & Stone Ltd", Iso(day), number, net + tax, "GBP"));
    }

    private static Invented American(Random chance)
    {
        (decimal net, DateOnly day) = (Net(chance), Day(chance));
        decimal tax = Tax(net, 0.0825m);
        string number = "INV" + chance.Next(100000, 999999);
        string M(decimal v) => "$" + Money(v, ",", ".");
        InvoiceSheet sheet = new InvoiceSheet().Column(100, 140, 28, 20, "Cedar Ridge Outfitters, Inc.", "4400 Ridge Ave", "Boulder, CO 80301", "(303) 555-0148", "billing@cedarridge.com")
            .Put(1140, 150, "Invoice", 42, right: true)
            .Put(100, 340, "BILL TO", 18, bold: true).Column(100, 370, 26, 18, "Lena Ortiz", "Ortiz Climbing LLC", "92 Sunset Dr", "Austin, TX 78701")
            .Put(620, 340, "SHIP TO", 18, bold: true).Column(620, 370, 26, 18, "Ortiz Climbing LLC", "Dock 4", "Austin, TX 78702")
            .Rule(520).Put(100, 550, "INVOICE #", 18).Put(400, 550, "DATE", 18).Put(660, 550, "DUE DATE", 18).Put(960, 550, "TERMS", 18)
            .Put(100, 585, number).Put(400, 585, Format(day, "MM/dd/yyyy")).Put(660, 585, Format(day.AddDays(30), "MM/dd/yyyy")).Put(960, 585, "Net 30").Rule(600)
            .Put(100, 650, "ITEM", 18).Put(640, 650, "QTY", 18).Put(800, 650, "RATE", 18).Put(1140, 650, "AMOUNT", 18, right: true)
            .Put(100, 690, "Rope 60 m, dry").Put(640, 690, "1").Put(800, 690, M(net)).Put(1140, 690, M(net), right: true)
            .Pairs(800, 1140, 820, 30, true, ("SUBTOTAL", M(net)), ("TAX (8.25%)", M(tax)), ("TOTAL", M(net + tax)), ("BALANCE DUE", M(net + tax)))
            .Put(100, 1650, "Thank you for your business!", 16);
        return new Invented("en-us outfitter", sheet, new InvoiceFields("Cedar Ridge Outfitters, Inc.", Iso(day), number, net + tax, "USD"));
    }

    private static Invented Dutch(Random chance)
    {
        (decimal net, DateOnly day) = (Net(chance), Day(chance));
        decimal tax = Tax(net, 0.21m);
        string number = $"{day.Year}{chance.Next(1000, 9999)}";
        string M(decimal v) => "€ " + Money(v, ".", ",");
        InvoiceSheet sheet = new InvoiceSheet().Column(820, 150, 28, 18, "Fietsenmakerij De Windvaan B.V.", "Kanaalkade 31", "1811 LS Alkmaar", "072-5550123", "info@dewindvaan.nl", "KvK 37099123", "BTW NL004495445B01", "IBAN NL02ABNA0123456789")
            .Put(100, 170, "Factuur", 40, bold: true).Column(100, 260, 28, 20, "Mevr. J. de Groot", "Lindelaan 5", "1816 AB Alkmaar")
            .Pairs(100, 330, 420, 30, false, ("Factuurnummer:", number), ("Factuurdatum:", Format(day, "d ") + Month(day, DutchMonths) + Format(day, " yyyy")), ("Klantnummer:", "10442"), ("Vervaldatum:", Format(day.AddDays(14), "dd-MM-yyyy")))
            .Rule(600).Put(100, 630, "Omschrijving").Put(760, 630, "Aantal").Put(1140, 630, "Bedrag", right: true)
            .Put(100, 680, "Onderhoud stadsfiets").Put(760, 680, "1").Put(1140, 680, M(net), right: true)
            .Pairs(760, 1140, 800, 30, true, ("Totaal excl. btw", M(net)), ("Btw 21%", M(tax)), ("Te betalen", M(net + tax)));
        return new Invented("nl bicycles", sheet, new InvoiceFields("Fietsenmakerij De Windvaan B.V.", Iso(day), number, net + tax, "EUR"));
    }

    private static Invented French(Random chance)
    {
        (decimal net, DateOnly day) = (Net(chance, 5000), Day(chance));
        decimal tax = Tax(net, 0.2m);
        string number = $"F{day.Year % 100}-{chance.Next(1000, 9999)}";
        string M(decimal v) => Money(v, " ", ",") + " €";
        InvoiceSheet sheet = new InvoiceSheet().Put(100, 150, "Imprimerie du Vieux Pont", 38, bold: true).Column(100, 190, 26, 17, "SARL au capital de 8 000 €", "14 rue des Tanneurs - 67000 Strasbourg", "Tél : 03 88 55 01 22")
            .Column(700, 320, 28, 20, "Librairie Passerelle", "M. Henri Cottin", "3 place Kléber", "67000 Strasbourg")
            .Put(100, 500, $"Facture n° {number} du {(day.Day == 1 ? "1er" : Format(day, "%d"))} {Month(day, FrenchMonths)} {day.Year}", 26, bold: true)
            .Put(100, 540, "Votre référence : bon de commande 4471")
            .Rule(600).Put(100, 630, "Désignation").Put(700, 630, "Qté").Put(860, 630, "P.U. HT").Put(1140, 630, "Montant HT", right: true)
            .Put(100, 680, "Affiches 40x60").Put(700, 680, "100").Put(860, 680, Money(net / 100, " ", ",")).Put(1140, 680, M(net), right: true)
            .Pairs(800, 1140, 800, 30, true, ("Total HT", M(net)), ("TVA 20,00 %", M(tax)), ("Total TTC", M(net + tax)), ("Net à payer", M(net + tax)))
            .Put(100, 960, "Date d'échéance : " + Format(day.AddDays(30), "dd/MM/yyyy"))
            .Put(200, 1640, "Imprimerie du Vieux Pont - Siret 30326504500017 - RCS Strasbourg B 303 265 045 - N° TVA FR 40 303 265 045", 14);
        return new Invented("fr printer", sheet, new InvoiceFields("Imprimerie du Vieux Pont", Iso(day), number, net + tax, "EUR"));
    }

    private static Invented Spanish(Random chance)
    {
        (decimal net, DateOnly day) = (Net(chance), Day(chance));
        decimal tax = Tax(net, 0.21m);
        string number = $"{day.Year}/{chance.Next(100, 999)}";
        string M(decimal v) => Money(v, ".", ",") + " €";
        InvoiceSheet sheet = new InvoiceSheet().Column(100, 150, 28, 20, "Talleres Costa Verde S.L.", "C/ del Puerto, 18", "33201 Gijón", "CIF: B33998877", "Tel. 985 55 01 20")
            .Put(1140, 160, "FACTURA", 38, bold: true, right: true)
            .Pairs(760, 1140, 230, 30, true, ("Nº Factura:", number), ("Fecha:", Format(day, "dd-MM-yyyy")), ("Nº Cliente:", "0331"))
            .Put(100, 360, "Datos del cliente", 18, bold: true).Column(100, 390, 26, 18, "Panadería Hermanos Ruiz", "Avda. de la Costa 2", "33205 Gijón", "CIF: B33112233")
            .Rule(560).Put(100, 590, "Concepto").Put(700, 590, "Cantidad").Put(900, 590, "Precio").Put(1140, 590, "Importe", right: true)
            .Put(100, 640, "Revisión de furgoneta").Put(700, 640, "1").Put(900, 640, Money(net, ".", ",")).Put(1140, 640, M(net), right: true)
            .Pairs(800, 1140, 760, 30, true, ("Base imponible", M(net)), ("IVA 21%", M(tax)), ("Total a pagar", M(net + tax)))
            .Put(100, 900, "Forma de pago: transferencia. Vencimiento: " + Format(day.AddDays(30), "dd-MM-yyyy"));
        return new Invented("es garage", sheet, new InvoiceFields("Talleres Costa Verde S.L.", Iso(day), number, net + tax, "EUR"));
    }

    private static Invented Italian(Random chance)
    {
        (decimal net, DateOnly day) = (Net(chance), Day(chance));
        decimal tax = Tax(net, 0.22m);
        string number = $"{chance.Next(10, 999)}/{day.Year}";
        string M(decimal v) => "€ " + Money(v, ".", ",");
        InvoiceSheet sheet = new InvoiceSheet().Put(100, 150, "Officine Cartarie Bellini S.r.l.", 32, bold: true)
            .Column(100, 190, 26, 17, "Via dei Mulini, 4 - 52100 Arezzo (AR)", "P. IVA 00743110157 - C.F. 00743110157", "Tel. 0575 550 118 - info@cartariebellini.it")
            .Put(760, 330, "Spett.le", 18).Column(760, 360, 26, 20, "Libreria Antica Porta", "Via Roma 77", "50123 Firenze (FI)", "P. IVA 04455660481")
            .Put(100, 520, $"Fattura n. {number} del {Format(day, "dd/MM/yyyy")}", 24, bold: true)
            .Rule(580).Put(100, 610, "Descrizione").Put(720, 610, "Quantità").Put(900, 610, "Prezzo").Put(1140, 610, "Importo", right: true)
            .Put(100, 660, "Carta a mano, 50 fogli").Put(720, 660, "1").Put(900, 660, Money(net, ".", ",")).Put(1140, 660, M(net), right: true)
            .Pairs(760, 1140, 800, 30, true, ("Imponibile", M(net)), ("IVA 22%", M(tax)), ("Totale fattura", M(net + tax)))
            .Put(100, 960, "Scadenza: " + Format(day.AddDays(60), "dd/MM/yyyy") + " - Bonifico bancario IBAN IT60X0542811101000000123456", 18);
        return new Invented("it paper mill", sheet, new InvoiceFields("Officine Cartarie Bellini S.r.l.", Iso(day), number, net + tax, "EUR"));
    }

    private static Invented Indian(Random chance)
    {
        (decimal net, DateOnly day) = (Net(chance, 4000), Day(chance));
        decimal half = Tax(net, 0.06m);
        string number = $"SRT{day.Year}00{chance.Next(10000, 99999)}";
        string M(decimal v) => Money(v, ",", ".");
        InvoiceSheet sheet = new InvoiceSheet().Put(620, 130, "Tax Invoice", 30, bold: true)
            .Put(100, 200, "Sold By: Saffron Route Travels Pvt Ltd,", bold: true).Column(100, 230, 26, 17, "Plot 14, MG Road, Bengaluru 560001, Karnataka, India", "GSTIN - 27AAPFU0939F1ZV")
            .Put(800, 200, "Invoice Number # " + number, 20)
            .Rule(300).Column(100, 340, 30, 18, "Order ID: OD" + chance.Next(100000000, 999999999), "Order Date: " + Format(day.AddDays(-2), "dd-MM-yyyy"), "Invoice Date: " + Format(day, "dd-MM-yyyy"), "PAN: AAPFU0939F")
            .Put(600, 340, "Bill To", 18, bold: true).Column(600, 370, 26, 18, "Meera Nair", "22 Lake View", "Kochi 682001, Kerala", "Phone: xxxxxxxxxx")
            .Rule(500).Put(100, 530, "Product").Put(520, 530, "Qty").Put(640, 530, "Gross Amount").Put(820, 530, "CGST").Put(940, 530, "SGST").Put(1140, 530, "Total", right: true)
            .Put(100, 580, "Hotel night, double").Put(520, 580, "1").Put(640, 580, M(net)).Put(820, 580, M(half)).Put(940, 580, M(half)).Put(1140, 580, M(net + (2 * half)), right: true)
            .Rule(640).Put(760, 690, "Grand Total", 24, bold: true).Put(1140, 690, "Rs. " + M(net + (2 * half)), 24, bold: true, right: true)
            .Put(1140, 760, "Saffron Route Travels Pvt Ltd", 16, right: true).Put(1140, 830, "Authorized Signatory", 16, right: true);
        return new Invented("en-in travel", sheet, new InvoiceFields("Saffron Route Travels Pvt Ltd", Iso(day), number, net + (2 * half), "INR"));
    }
}
