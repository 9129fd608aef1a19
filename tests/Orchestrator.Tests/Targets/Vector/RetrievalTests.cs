using System.Collections.Immutable;
using Orchestrator.Targets.Vector;
using Xunit;

namespace Orchestrator.Tests.Targets.Vector;

/// <summary>Whether questions find their pages in the support sample, and misread names their rows.</summary>
public sealed class RetrievalTests
{
    // Written from a customer's side, not from the pages' words.
    private static readonly (string Question, string Document)[] s_questions =
    [
        ("My dishwasher shows E24 and there is water left in the bottom", "error-codes.md"),
        ("What does E15 mean?", "error-codes.md"),
        ("How often should I clean the filter?", "cleaning-and-care.md"),
        ("The machine smells bad after my holiday", "cleaning-and-care.md"),
        ("Can I use table salt instead of dishwasher salt?", "water-hardness-and-salt.md"),
        ("How do I change the water hardness setting?", "water-hardness-and-salt.md"),
        ("How long does the eco program take?", "programs-and-consumption.md"),
        ("Which program uses the least electricity?", "programs-and-consumption.md"),
        ("How can I delay the start until tonight?", "programs-and-consumption.md"),
        ("Can I put wooden boards or cast iron pans in?", "loading-the-baskets.md"),
        ("How do I adjust the height of the upper basket?", "loading-the-baskets.md"),
        ("There is a white film on my glasses", "poor-results.md"),
        ("The plates are still wet at the end", "poor-results.md"),
        ("Why is the tablet not dissolved in the dispenser?", "poor-results.md"),
        ("How many days do I have to send it back and get a refund?", "warranty-and-returns.md"),
        ("How long is the warranty on the pump?", "warranty-and-returns.md"),
        ("The dishwasher arrived with a dent, what now?", "warranty-and-returns.md"),
        ("What does a repair cost when the warranty is over?", "repair-service.md"),
        ("Where can I order a new door seal?", "repair-service.md"),
        ("How do I cancel an appointment with the technician?", "repair-service.md"),
        ("How do I stop my toddler from pressing the buttons?", "child-lock-and-safety.md"),
        ("My child swallowed detergent", "child-lock-and-safety.md"),
        ("It does not find my 5 GHz wireless network", "wifi-and-app.md"),
        ("Can I start it from my phone when I am away?", "wifi-and-app.md"),
        ("How high may the drain hose be?", "installation.md"),
        ("How much does the machine weigh?", "installation.md"),
        ("How do I level it?", "installation.md"),
    ];

    private static readonly IVectorSearch s_search = new PortableVectorSearch();

    [Fact]
    public void QuestionsFindTheirPages()
    {
        var options = new IndexOptions(Repository.PathOf("samples", "support-chat", "docs"), "docs", false, 300, 40, null);
        VectorIndex index = VectorIndex.Build(IndexSource.Read(options, IndexSource.Files(options), default), FeatureRule.Documents, default);
        string[] missed = [.. s_questions.Where(q => !Documents(index, q.Question, 3).Contains(q.Document)).Select(q => q.Question)];
        int first = s_questions.Count(q => Documents(index, q.Question, 1).Contains(q.Document));
        TestContext.Current.SendDiagnosticMessage($"hit@3 {s_questions.Length - missed.Length}/{s_questions.Length}, hit@1 {first}, passages {index.Count}; missed: {string.Join(" | ", missed)}");
        Assert.True(missed.Length <= s_questions.Length / 10, $"{missed.Length} of {s_questions.Length} missed: {string.Join(" | ", missed)}");
        Assert.True(first >= s_questions.Length * 3 / 4, $"only {first} of {s_questions.Length} come first");
    }

    [Fact]
    public void AQuestionAboutSomethingElseScoresLow()
    {
        var options = new IndexOptions(Repository.PathOf("samples", "support-chat", "docs"), "docs", false, 300, 40, null);
        VectorIndex index = VectorIndex.Build(IndexSource.Read(options, IndexSource.Files(options), default), FeatureRule.Documents, default);
        float strange = index.Search(s_search, "Who won the football championship in Madagascar?", 1) is [var hit] ? hit.Score : 0;
        float known = index.Search(s_search, "How do I change the water hardness setting?", 1)[0].Score;
        Assert.True(strange < known / 3, $"{strange} against {known}");
        Assert.Empty(index.Search(s_search, "?!", 3));
    }

    [Theory]
    [InlineData("N0rdlicht H0sting GmbH", "Nordlicht Hosting GmbH")]
    [InlineData("Bramb1ing & Stcne Ltd", "Brambling & Stone Ltd")]
    [InlineData("FIETSENMAKERIJ DE WINDVAAM", "Fietsenmakerij De Windvaan B.V.")]
    [InlineData("lmprirnerie du Vieux Pont", "Imprimerie du Vieux Pont SARL")]
    [InlineData("Telefonica del N orte Ficticia", "Telefónica del Norte Ficticia S.A.")]
    [InlineData("Harbourl1ght Cl0ud lnc. 221 Wharf Street invoice number 2024-118 page 1 of 2", "Harbourlight Cloud Inc.")]
    [InlineData("Kupferberq Werkzeuqe AG Rechnung Nr. 7781 Kundennummer Datum", "Kupferberg Werkzeuge AG")]
    [InlineData("Auror a Mobi1 A8", "Aurora Mobil AB")]
    public void MisreadNamesFindTheirRows(string read, string name)
    {
        var options = new IndexOptions(Repository.PathOf("samples", "invoice-intake", "vendors.csv"), "vendors.csv", true, 300, 40, null);
        VectorIndex index = VectorIndex.Build(IndexSource.Read(options, IndexSource.Files(options), default), FeatureRule.Names, default);
        ImmutableArray<Hit> hits = index.Search(s_search, read, 1);
        Assert.Equal(name, Assert.Single(hits).Passage.Row[0].Value);
    }

    private static IEnumerable<string> Documents(VectorIndex index, string question, int top) =>
        index.Search(s_search, question, top).Select(h => h.Passage.Id.Split(':')[0]);
}
