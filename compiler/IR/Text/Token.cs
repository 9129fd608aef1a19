namespace Orchestrator.IR;

internal enum TokenKind : byte
{
    End,
    Invalid,
    BareId,
    Integer,
    Float,
    String,
    PercentId,
    CaretId,
    HashId,
    BangId,
    AtId,
    Arrow,
    Colon,
    Comma,
    Equal,
    LeftParen,
    RightParen,
    LeftBrace,
    RightBrace,
    LeftSquare,
    RightSquare,
    Less,
    Greater,
    Plus,
    Minus,
    Star,
    Question,
    Bar,
    Slash,
    Ellipsis,
    MetadataBegin,
    MetadataEnd,
}

internal readonly record struct Token(TokenKind Kind, int Start, int End)
{
    public int Length => End - Start;
}
