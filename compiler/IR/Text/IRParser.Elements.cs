using System.Collections.Immutable;
using System.Numerics;
using Orchestrator.Diagnostics;

namespace Orchestrator.IR;

// Attributes that hold many elements: dense, sparse, dense_resource and array; and strided, which describes where elements lie.
public sealed partial class IRParser
{
    private Attr ParseDense()
    {
        SourceSpan start = Here;
        Advance();
        Expect(TokenKind.Less, "'<' after 'dense'");
        ElementsLiteral literal = new();
        if (!TryTake(TokenKind.Greater))
        {
            ParseElementsLiteral(literal, allowBytes: true);
            Expect(TokenKind.Greater, "'>' after the elements");
        }

        return MakeElements(literal, ParseElementsType(start), start);
    }

    private ShapedType ParseElementsType(SourceSpan start)
    {
        Expect(TokenKind.Colon, "':' and the type of the elements");
        if (ParseType() is not ShapedType shaped)
        {
            Fail(IRCodes.TypeMismatch, "elements have a tensor, vector or memref type", start, "write such a type after ':'");
            return null;
        }

        if (!shaped.HasStaticShape)
        {
            Fail(IRCodes.TypeMismatch, "the type of elements has a static shape", start, "write numbers for all dimensions");
        }

        return shaped;
    }

    private DenseResourceElementsAttr ParseDenseResource()
    {
        SourceSpan start = Here;
        Advance();
        Expect(TokenKind.Less, "'<' after 'dense_resource'");
        string handle = TakeResourceKey();
        Expect(TokenKind.Greater, "'>' after the name of the resource");
        SourceSpan colon = Here;
        Expect(TokenKind.Colon, "':' and the type of the elements");
        if (ParseType() is not ShapedType type)
        {
            Fail(IRCodes.TypeMismatch, "elements have a tensor, vector or memref type", colon, "write such a type after ':'");
            return null;
        }

        return _context.Intern(new DenseResourceElementsAttr(_context, handle, type));
    }

    private SparseElementsAttr ParseSparse()
    {
        SourceSpan start = Here;
        Advance();
        Expect(TokenKind.Less, "'<' after 'sparse'");
        if (TryTake(TokenKind.Greater))
        {
            ShapedType empty = ParseElementsType(start);
            return MakeSparse(empty, new ElementsLiteral(), start, new ElementsLiteral(), start, start, isEmpty: true);
        }

        ElementsLiteral indices = new();
        ElementsLiteral values = new();
        SourceSpan indicesAt = Here;
        ParseElementsLiteral(indices, allowBytes: false);
        Expect(TokenKind.Comma, "',' and the values");
        SourceSpan valuesAt = Here;
        ParseElementsLiteral(values, allowBytes: true);
        Expect(TokenKind.Greater, "'>' after the values");
        return MakeSparse(ParseElementsType(start), indices, indicesAt, values, valuesAt, start, isEmpty: false);
    }

    private SparseElementsAttr MakeSparse(
        ShapedType type, ElementsLiteral indices, SourceSpan indicesAt, ElementsLiteral values, SourceSpan valuesAt, SourceSpan start, bool isEmpty)
    {
        int rank = type.Shape.Length;
        ImmutableArray<long> indexShape = isEmpty ? [0, rank] : indices.Shape.IsDefaultOrEmpty ? [1, rank] : indices.Shape;
        ImmutableArray<long> valueShape = isEmpty || values.Shape.IsDefaultOrEmpty ? [indexShape[0]] : values.Shape;
        var where = (DenseElementsAttr)MakeElements(indices, TensorOf(indexShape, _context.I64), indicesAt);
        Attr what = MakeElements(values, TensorOf(valueShape, type.Element), valuesAt);
        bool indicesFit = indexShape.Length == 2 ? indexShape[1] == rank : indexShape.Length == 1 && rank == 1;
        if (valueShape.Length != 1 || !indicesFit || indexShape[0] != valueShape[0])
        {
            Fail(IRCodes.CountMismatch, "the shapes of indices and values do not fit the type", start, "write one value and one index of the type's rank for each element");
        }

        long rows = where.IsSplat ? Math.Min(indexShape[0], 1) : indexShape[0];
        for (long row = 0; row < rows; row++)
        {
            for (int d = 0; d < rank; d++)
            {
                if (where.BitsAt(where.IsSplat ? 0 : (row * rank) + d) >= type.Shape[d])
                {
                    Fail(IRCodes.NumberRange, System.FormattableString.Invariant($"index {row} lies outside {type}"), start, "write an index inside the shape");
                }
            }
        }

        return _context.Intern(new SparseElementsAttr(_context, where, what, type));
    }

    private ShapedType TensorOf(ImmutableArray<long> shape, IRType element) =>
        _context.Intern(new ShapedType(_context, ShapedKind.Tensor, shape, default, element, []));

    private StridedLayoutAttr ParseStrided()
    {
        Advance();
        Expect(TokenKind.Less, "'<' after 'strided'");
        Expect(TokenKind.LeftSquare, "'[' and the strides");
        var strides = ImmutableArray.CreateBuilder<long>();
        if (_token.Kind != TokenKind.RightSquare)
        {
            do
            {
                strides.Add(ParseStride());
            }
            while (TryTake(TokenKind.Comma));
        }

        Expect(TokenKind.RightSquare, "']' after the strides");
        long offset = 0;
        if (!TryTake(TokenKind.Greater))
        {
            Expect(TokenKind.Comma, "',' or '>' after the strides");
            if (!TryKeyword("offset"u8))
            {
                FailExpected("'offset'");
            }

            Expect(TokenKind.Colon, "':' after 'offset'");
            offset = ParseStride();
            Expect(TokenKind.Greater, "'>' after the offset");
        }

        return _context.Intern(new StridedLayoutAttr(_context, offset, strides.ToImmutable()));
    }

    private long ParseStride()
    {
        if (TryTake(TokenKind.Question))
        {
            return ShapedType.Dynamic;
        }

        SourceSpan at = Here;
        bool negative = TryTake(TokenKind.Minus);
        if (_token.Kind != TokenKind.Integer || ParseDigits(TokenString) > long.MaxValue)
        {
            Fail(IRCodes.NumberRange, "a stride or offset is a number below 2^63, or '?'", at, "write a number or '?'");
        }

        long value = (long)ParseDigits(TokenString);
        Advance();
        return negative ? -value : value;
    }

    private DenseArrayAttr ParseDenseArray()
    {
        Advance();
        Expect(TokenKind.Less, "'<' after 'array'");
        SourceSpan at = Here;
        IRType element = ParseType();
        if (element is not (IntegerType or FloatType))
        {
            Fail(IRCodes.TypeMismatch, $"an array cannot hold {element}", at, "use an integer or float type");
        }

        if (element is not IntegerType { Width: 1 } && DenseElementsAttr.WidthOf(element) % 8 != 0)
        {
            Fail(IRCodes.TypeMismatch, "the elements of an array take whole bytes", at, "use a type with a multiple of 8 bits, or i1");
        }

        var values = ImmutableArray.CreateBuilder<Attr>();
        if (!TryTake(TokenKind.Greater))
        {
            Expect(TokenKind.Colon, "':' after the element type");
            do
            {
                values.Add(ParseArrayElement(element));
            }
            while (TryTake(TokenKind.Comma));
            Expect(TokenKind.Greater, "',' or '>' in an array");
        }

        return _context.DenseArray(element, values.ToImmutable());
    }

    private Attr ParseArrayElement(IRType element)
    {
        bool negative = TryTake(TokenKind.Minus);
        Token number = _token;
        if (element is FloatType floating)
        {
            BigInteger bits = FloatBitsOf(number, floating, negative);
            Advance();
            return _context.FloatBits(bits, floating);
        }

        if (number.Kind == TokenKind.BareId && TokenString is "true" or "false")
        {
            if (element is not IntegerType { Width: 1 })
            {
                Fail(IRCodes.TypeMismatch, $"{TokenString} is not a {element}", Here, "write a number");
            }

            bool value = Is("true"u8);
            Advance();
            return _context.Int(value ? 1 : 0, element);
        }

        bool onlyWords = element is IntegerType { Width: 1, Signedness: Signedness.Signless };
        if (number.Kind != TokenKind.Integer || onlyWords)
        {
            if (onlyWords)
            {
                Advance();
            }

            Fail(IRCodes.Syntax, $"expected an element of type {element}, found '{TextOf(number)}'", Here, $"write a number of type {element}, or true or false for i1");
        }

        Advance();
        return _context.Int(TakeIntegerOf(number, negative, element), element);
    }
}
