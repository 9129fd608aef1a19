namespace Orchestrator.Frontend;

/// <summary>The codes of the language's diagnostics; a code keeps its meaning for ever.</summary>
public static class FlowCodes
{
    /// <summary>A sentence that is not Flow.</summary>
    public const string Syntax = "ORC1001";

    /// <summary>A character or an escape without a meaning, or a text that is not closed.</summary>
    public const string Lexical = "ORC1002";

    /// <summary>A bracket without its partner.</summary>
    public const string Bracket = "ORC1003";

    /// <summary>A file that is too large, or nested or chained too deeply.</summary>
    public const string TooLarge = "ORC1004";

    /// <summary>A name that nothing has.</summary>
    public const string UnknownName = "ORC1010";

    /// <summary>A name that is given twice.</summary>
    public const string DuplicateName = "ORC1011";

    /// <summary>A name of the wrong kind, such as a model where an index belongs.</summary>
    public const string WrongKind = "ORC1012";

    /// <summary>A type that does not exist or cannot be built.</summary>
    public const string UnknownType = "ORC1013";

    /// <summary>A record without the field.</summary>
    public const string UnknownField = "ORC1014";

    /// <summary>Two types that do not fit.</summary>
    public const string TypeMismatch = "ORC1020";

    /// <summary>A unit in the wrong place.</summary>
    public const string WrongUnit = "ORC1021";

    /// <summary>A number outside the range that the place allows.</summary>
    public const string OutOfRange = "ORC1022";

    /// <summary>An option that the declaration or call does not have.</summary>
    public const string UnknownOption = "ORC1023";

    /// <summary>An argument that is missing, given twice or not asked for.</summary>
    public const string Arguments = "ORC1024";

    /// <summary>A construct whose shape is incomplete, such as a block without a value.</summary>
    public const string Shape = "ORC1025";

    /// <summary>A promise that does not exist or is not written so.</summary>
    public const string Promise = "ORC1026";

    /// <summary>A choice that does not cover every case, or covers one twice.</summary>
    public const string Choice = "ORC1027";

    /// <summary>A file that cannot be imported.</summary>
    public const string Import = "ORC1030";

    /// <summary>A workflow or a type that contains itself.</summary>
    public const string Recursion = "ORC1031";

    /// <summary>Warning: a name or a value that nothing uses.</summary>
    public const string Unused = "ORC1040";

    /// <summary>Warning: a branch that can never be taken.</summary>
    public const string Unreachable = "ORC1041";
}
