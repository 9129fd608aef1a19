namespace Orchestrator.Dialects.Irdl;

/// <summary>Stable codes of the diagnostics about declared dialects and what is written with them.</summary>
public static class IrdlCodes
{
    /// <summary>A declaration is not put together as it must be.</summary>
    public const string Structure = "ORC2151";

    /// <summary>A constraint names a type or attribute that nothing declares.</summary>
    public const string UnknownBase = "ORC2152";

    /// <summary>A constraint that cannot be checked here.</summary>
    public const string NotSupported = "ORC2153";

    /// <summary>Constraints nest too deep, or take too many steps to check.</summary>
    public const string TooComplex = "ORC2154";

    /// <summary>A dialect is declared twice, or has the name of one that is built in.</summary>
    public const string DialectTwice = "ORC2155";

    /// <summary>A type or attribute has other parameters than its declaration asks for.</summary>
    public const string Parameters = "ORC2156";

    /// <summary>An operation breaks a constraint of its declaration.</summary>
    public const string Constraint = "ORC2157";

    /// <summary>There is no dialect of that name to export.</summary>
    public const string UnknownDialect = "ORC2158";
}
