namespace Orchestrator.IR.Testing;

/// <summary>Stable codes of the diagnostics about test files, ORC2200 to ORC2219.</summary>
public static class TestCodes
{
    /// <summary>A check line that cannot be read.</summary>
    public const string CheckSyntax = "ORC2200";

    /// <summary>A regular expression that cannot be read.</summary>
    public const string Regex = "ORC2201";

    /// <summary>A variable or numeric expression that cannot be read.</summary>
    public const string Substitution = "ORC2202";

    /// <summary>There are no check lines, so nothing would be tested.</summary>
    public const string NoChecks = "ORC2203";

    /// <summary>What a check line wants is not in the output.</summary>
    public const string NotFound = "ORC2204";

    /// <summary>What a check line excludes is in the output.</summary>
    public const string Excluded = "ORC2205";

    /// <summary>What a check line wants is in the output, but on another line.</summary>
    public const string WrongLine = "ORC2206";

    /// <summary>A variable is used that nothing has set.</summary>
    public const string UndefinedVariable = "ORC2207";

    /// <summary>There is no output to check.</summary>
    public const string EmptyOutput = "ORC2208";

    /// <summary>Matching takes too long.</summary>
    public const string TooSlow = "ORC2209";

    /// <summary>A RUN line that cannot be read.</summary>
    public const string RunSyntax = "ORC2210";

    /// <summary>A program or flag on a RUN line that is not known here.</summary>
    public const string RunFlag = "ORC2211";

    /// <summary>Handwritten check lines, which are not rewritten.</summary>
    public const string Handwritten = "ORC2212";

    /// <summary>Check lines that no RUN line reads.</summary>
    public const string UnusedChecks = "ORC2213";

    /// <summary>The output is not the expected one.</summary>
    public const string Differs = "ORC2214";

    /// <summary>What is printed does not read back as the same.</summary>
    public const string RoundTrip = "ORC2215";

    /// <summary>A run that should have failed did not.</summary>
    public const string ShouldFail = "ORC2216";

    /// <summary>A folder without tests.</summary>
    public const string NoTests = "ORC2217";
}
