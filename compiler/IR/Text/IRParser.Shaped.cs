using System.Collections.Immutable;
using Orchestrator.Diagnostics;

namespace Orchestrator.IR;

// Tensor, vector and memref types.
public sealed partial class IRParser
{
    private ShapedType ParseTensor()
    {
        Advance();
        Expect(TokenKind.Less, "'<' and a shape");
        ImmutableArray<long> shape = ParseShape();
        SourceSpan at = Here;
        IRType element = ParseType();
        Attr? encoding = null;
        if (TryTake(TokenKind.Comma) && (AtType() || AtAttribute()))
        {
            encoding = ParseAttribute();
        }

        Expect(TokenKind.Greater, "'>' after the type");
        if (element is not (ComplexType or FloatType or IntegerType or IndexType or OpaqueType or DialectType or ShapedType { Kind: ShapedKind.Vector }))
        {
            FailElement("tensor", element, at);
        }

        if (shape.IsDefault && encoding is not null)
        {
            Fail(IRCodes.WrongType, "a tensor without a rank has no encoding", Here, "leave the encoding out");
        }

        return Shaped(ShapedKind.Tensor, shape, element, encoding is null ? [] : [encoding]);
    }

    private ShapedType ParseVector()
    {
        Advance();
        Expect(TokenKind.Less, "'<' and a shape");
        var shape = ImmutableArray.CreateBuilder<long>();
        var scalable = ImmutableArray.CreateBuilder<bool>();
        while (_token.Kind is TokenKind.Integer or TokenKind.LeftSquare)
        {
            bool bracket = TryTake(TokenKind.LeftSquare);
            shape.Add(TakeDimension());
            if (bracket)
            {
                Expect(TokenKind.RightSquare, "']' after a scalable dimension");
            }

            scalable.Add(bracket);
            TakeBetweenDimensions();
        }

        if (shape.Contains(0))
        {
            Fail(IRCodes.NumberRange, "a dimension of a vector is at least 1", Here, "write a positive number");
        }

        SourceSpan at = Here;
        IRType element = ParseType();
        Expect(TokenKind.Greater, "'>' after the type");
        if (element is not (IntegerType or IndexType or FloatType or DialectType))
        {
            FailElement("vector", element, at);
        }

        return _context.Intern(new ShapedType(
            _context, ShapedKind.Vector, shape.ToImmutable(), scalable.Contains(true) ? scalable.ToImmutable() : default, element, []));
    }

    private ShapedType ParseMemRef()
    {
        SourceSpan start = Here;
        Advance();
        Expect(TokenKind.Less, "'<' and a shape");
        ImmutableArray<long> shape = ParseShape();
        SourceSpan at = Here;
        IRType element = ParseType();
        if (element is not (IntegerType or IndexType or FloatType or ComplexType or DialectType or ShapedType { Kind: ShapedKind.Vector or ShapedKind.MemRef }))
        {
            FailElement("memref", element, at);
        }

        Attr? layout = null;
        Attr? space = null;
        if (!TryTake(TokenKind.Greater))
        {
            Expect(TokenKind.Comma, "',' or '>' in a memref type");
            ParseMemRefParameters(shape.IsDefault, ref layout, ref space);
        }

        CheckLayout(layout, shape, start);
        if (space is not null && !MayBeMemorySpace(space))
        {
            Fail(IRCodes.WrongAttribute, $"{space} is no memory space", start, "use an integer, a string or a dictionary");
        }

        layout = layout is AffineMapAttr { IsIdentity: true } ? null : layout;
        space = space is IntegerAttr { BigValue.IsZero: true } ? null : space;
        return Shaped(ShapedKind.MemRef, shape, element, [.. new[] { layout, space }.OfType<Attr>()]);
    }

    private void ParseMemRefParameters(bool unranked, ref Attr? layout, ref Attr? space)
    {
        if (_token.Kind == TokenKind.Greater)
        {
            FailExpected("a layout or a memory space");
        }

        do
        {
            Attr attr = ParseAttribute();
            if (attr is not (AffineMapAttr or StridedLayoutAttr))
            {
                if (space is not null)
                {
                    Fail(IRCodes.WrongAttribute, "a memref has one memory space", Here, "leave one of them out");
                }

                space = attr;
                continue;
            }

            layout = attr;
            if (unranked || space is not null)
            {
                Fail(IRCodes.WrongAttribute, unranked ? "a memref without a rank has no layout" : "the memory space comes after the layout", Here,
                    unranked ? "leave the layout out" : "write the layout first");
            }
        }
        while (TryTake(TokenKind.Comma));
        Expect(TokenKind.Greater, "',' or '>' in a memref type");
    }

    private void CheckLayout(Attr? layout, ImmutableArray<long> shape, SourceSpan start)
    {
        int? rank = layout switch { AffineMapAttr map => map.DimCount, StridedLayoutAttr strided => strided.Strides.Length, _ => null };
        if (rank is not null && rank != shape.Length)
        {
            Fail(IRCodes.WrongAttribute, $"the layout is for {rank} dimensions, the memref has {shape.Length}", start, "make both the same");
        }
    }

    // Of the attributes that belong to MLIR itself only a few may; a dialect's own attributes always may.
    private static bool MayBeMemorySpace(Attr attr) => attr is not (OpaqueAttr or ArrayAttr or TypeAttr or FloatAttr or UnitAttr or SymbolRefAttr
        or LocationAttr or DenseArrayAttr or DenseElementsAttr or DenseStringElementsAttr or DenseResourceElementsAttr or SparseElementsAttr
        or DistinctAttr or AffineSetAttr);

    private ShapedType Shaped(ShapedKind kind, ImmutableArray<long> shape, IRType element, ImmutableArray<Attr> parameters) =>
        _context.Intern(new ShapedType(_context, kind, shape, default, element, parameters));

    private void FailElement(string container, IRType element, SourceSpan at) =>
        Fail(IRCodes.WrongType, $"a {container} cannot hold {element}", at, "use an integer, index or float type");

    // '*x', or dimensions that are each followed by 'x'; default for the first.
    private ImmutableArray<long> ParseShape()
    {
        if (TryTake(TokenKind.Star))
        {
            TakeBetweenDimensions();
            return default;
        }

        var shape = ImmutableArray.CreateBuilder<long>();
        while (_token.Kind is TokenKind.Integer or TokenKind.Question)
        {
            shape.Add(TryTake(TokenKind.Question) ? ShapedType.Dynamic : TakeDimension());
            TakeBetweenDimensions();
        }

        return shape.ToImmutable();
    }

    private long TakeDimension()
    {
        if (_token.Kind == TokenKind.Integer && _token.Length > 1 && CharAt(_token.Start + 1) == 'x')
        {
            // Looks like a hexadecimal number, but is a dimension of 0 and an 'x'.
            Resume(_token.Start + 1);
            return 0;
        }

        if (_token.Kind != TokenKind.Integer || ParseDigits(TokenString) is var value && value > long.MaxValue)
        {
            Fail(IRCodes.NumberRange, "a dimension is a number below 2^63", Here, "write such a number");
            return 0;
        }

        Advance();
        return (long)value;
    }

    // The 'x' after a dimension; what is written on behind it is a token of its own.
    private void TakeBetweenDimensions()
    {
        if (_token.Kind != TokenKind.BareId || CharAt(_token.Start) != 'x')
        {
            FailExpected("'x' after a dimension");
        }

        Resume(_token.Start + 1);
    }

    // Whether the current token begins an attribute that is no type; as in MLIR, some kinds cannot be an encoding.
    private bool AtAttribute() => _token.Kind switch
    {
        TokenKind.AtId or TokenKind.Float or TokenKind.HashId or TokenKind.Integer or TokenKind.LeftBrace or TokenKind.LeftSquare
            or TokenKind.Minus or TokenKind.String => true,
        TokenKind.BareId => Word(_token) is "affine_map" or "affine_set" or "dense" or "dense_resource" or "false" or "loc" or "sparse" or "true" or "unit",
        _ => false,
    };
}
