namespace Orchestrator.IR;

/// <summary>Stable codes of the diagnostics about IR text, its structure and passes.</summary>
public static class IRCodes
{
    /// <summary>A character or token that cannot stand here.</summary>
    public const string Syntax = "ORC2001";

    /// <summary>A number out of the range of its type.</summary>
    public const string NumberRange = "ORC2002";

    /// <summary>Nesting beyond what is read.</summary>
    public const string TooDeep = "ORC2003";

    /// <summary>A value is used but never defined.</summary>
    public const string UndefinedValue = "ORC2004";

    /// <summary>A value, block or alias is defined twice.</summary>
    public const string Redefinition = "ORC2005";

    /// <summary>A block is named but never defined.</summary>
    public const string UndefinedBlock = "ORC2006";

    /// <summary>A value is used with another type than it has.</summary>
    public const string TypeMismatch = "ORC2007";

    /// <summary>An alias is used before it is defined.</summary>
    public const string UnknownAlias = "ORC2008";

    /// <summary>A type or attribute that its dialect does not declare.</summary>
    public const string UnknownDialectSymbol = "ORC2009";

    /// <summary>Counts in the text disagree, such as results and their types.</summary>
    public const string CountMismatch = "ORC2010";

    /// <summary>An operation that its dialect does not declare.</summary>
    public const string UnknownOperation = "ORC2020";

    /// <summary>A wrong number of operands, results, regions, arguments or successors.</summary>
    public const string WrongCount = "ORC2021";

    /// <summary>A required attribute is missing or has another kind.</summary>
    public const string WrongAttribute = "ORC2022";

    /// <summary>An operand or result has a type that the operation does not take.</summary>
    public const string WrongType = "ORC2023";

    /// <summary>A value is used where its definition does not reach.</summary>
    public const string Dominance = "ORC2024";

    /// <summary>A block has no terminator, or one in its middle.</summary>
    public const string Terminator = "ORC2025";

    /// <summary>Two symbols have one name.</summary>
    public const string DuplicateSymbol = "ORC2026";

    /// <summary>A symbol that nothing declares.</summary>
    public const string UnknownSymbol = "ORC2027";

    /// <summary>A symbol of another kind than is needed.</summary>
    public const string WrongSymbolKind = "ORC2028";

    /// <summary>Control passes where it may not.</summary>
    public const string ControlFlow = "ORC2029";

    /// <summary>An operation's own rule is broken.</summary>
    public const string OpRule = "ORC2030";

    /// <summary>A pipeline's text cannot be read.</summary>
    public const string PipelineSyntax = "ORC2040";

    /// <summary>A pass that does not exist.</summary>
    public const string UnknownPass = "ORC2041";

    /// <summary>An option that the pass does not have.</summary>
    public const string UnknownOption = "ORC2042";

    /// <summary>An option's value is not of its kind.</summary>
    public const string OptionValue = "ORC2043";

    /// <summary>A pass or anchor does not fit the operation it would run on.</summary>
    public const string WrongAnchor = "ORC2044";

    /// <summary>Rewriting did not come to an end.</summary>
    public const string RewriteLimit = "ORC2045";

    /// <summary>A pass left IR that does not verify; its errors follow.</summary>
    public const string BrokenByPass = "ORC2046";

    /// <summary>A pass that was told to come to an end did not.</summary>
    public const string NotConverged = "ORC2080";

    /// <summary>A rewrite pattern that does not exist.</summary>
    public const string UnknownPattern = "ORC2081";

    /// <summary>An operation that is not allowed after a conversion could not be converted.</summary>
    public const string NotLegalized = "ORC2082";

    /// <summary>A conversion from one type to another is left that nothing could resolve.</summary>
    public const string CastRemains = "ORC2083";

    /// <summary>Inlining stopped because calls go on for ever.</summary>
    public const string InliningLimit = "ORC2084";

    /// <summary>A type that a conversion cannot express.</summary>
    public const string NoTypeConversion = "ORC2085";

    /// <summary>Operations that use each other in a circle cannot be put in order.</summary>
    public const string CyclicOperations = "ORC2086";

    /// <summary>An expected diagnostic did not come, or came another.</summary>
    public const string Expectation = "ORC2050";

    /// <summary>An attribute in an operation's properties that its declaration does not have.</summary>
    public const string UnknownAttribute = "ORC2150";

    /// <summary>Passes stand in an order in which one lacks what it requires, or finds what it forbids.</summary>
    public const string PassOrder = "ORC2060";

    /// <summary>A comment that expects a diagnostic cannot be read.</summary>
    public const string ExpectationSyntax = "ORC2061";

    /// <summary>A file was to be run as a reproducer and is none.</summary>
    public const string Reproducer = "ORC2062";

    /// <summary>A pass said that it changed nothing, and changed something.</summary>
    public const string FalseClaim = "ORC2063";

    /// <summary>A debug counter cannot be read.</summary>
    public const string DebugCounter = "ORC2064";
}
