using System.Collections.Immutable;
using System.Globalization;
using Orchestrator.Diagnostics;

namespace Orchestrator.IR;

// Affine maps and sets. Expressions are simplified while they are built; operators of one rank associate to the left.
public sealed partial class IRParser
{
    private readonly Dictionary<string, AffineExpr> _affineNames = new(StringComparer.Ordinal);

    private Attr ParseAffine(bool set)
    {
        string kind = set ? "integer set" : "affine map";
        Advance();
        Expect(TokenKind.Less, $"'<' in {kind}");
        SourceSpan start = Here;
        _affineNames.Clear();
        int dims = ParseAffineNames(TokenKind.LeftParen, TokenKind.RightParen, AffineKind.Dim);
        int symbols = _token.Kind == TokenKind.LeftSquare ? ParseAffineNames(TokenKind.LeftSquare, TokenKind.RightSquare, AffineKind.Symbol) : 0;
        Attr attr;
        if (TryTake(TokenKind.Arrow))
        {
            attr = ParseAffineResults(dims, symbols);
        }
        else
        {
            Expect(TokenKind.Colon, "'->' or ':'");
            attr = ParseAffineConstraints(dims, symbols);
        }

        if (attr is AffineSetAttr != set)
        {
            Fail(IRCodes.Syntax, set ? "this is an affine map, not a set" : "this is an affine set, not a map", start,
                set ? "write ':' and constraints, or use affine_map" : "write '->' and results, or use affine_set");
        }

        Expect(TokenKind.Greater, $"'>' in {kind}");
        return attr;
    }

    private int ParseAffineNames(TokenKind open, TokenKind close, AffineKind kind)
    {
        Expect(open, kind == AffineKind.Dim ? "'(' in the list of dimensions" : "'[' in the list of symbols");
        int count = 0;
        if (TryTake(close))
        {
            return count;
        }

        do
        {
            if (_token.Kind != TokenKind.BareId)
            {
                FailExpected("the name of a dimension or symbol");
            }

            string name = TokenString;
            if (!_affineNames.TryAdd(name, kind == AffineKind.Dim ? AffineRules.Dim(_context, count) : AffineRules.Symbol(_context, count)))
            {
                Fail(IRCodes.Redefinition, $"{name} is named twice", Here, "give one of them another name");
            }

            count++;
            Advance();
        }
        while (TryTake(TokenKind.Comma));
        Expect(close, kind == AffineKind.Dim ? "')' in the list of dimensions" : "']' in the list of symbols");
        return count;
    }

    private AffineMapAttr ParseAffineResults(int dims, int symbols)
    {
        var results = ImmutableArray.CreateBuilder<AffineExpr>();
        Expect(TokenKind.LeftParen, "'(' before the results of the map");
        if (!TryTake(TokenKind.RightParen))
        {
            do
            {
                results.Add(ParseAffineExpr());
            }
            while (TryTake(TokenKind.Comma));
            Expect(TokenKind.RightParen, "')' after the results of the map");
        }

        return _context.Intern(new AffineMapAttr(_context, dims, symbols, results.ToImmutable()));
    }

    private AffineSetAttr ParseAffineConstraints(int dims, int symbols)
    {
        var constraints = ImmutableArray.CreateBuilder<AffineConstraint>();
        Expect(TokenKind.LeftParen, "'(' before the constraints of the set");
        if (TryTake(TokenKind.RightParen))
        {
            // Without constraints every point is in the set.
            constraints.Add(new AffineConstraint(AffineRules.Constant(_context, 0), IsEquality: true));
        }
        else
        {
            do
            {
                constraints.Add(ParseAffineConstraint());
            }
            while (TryTake(TokenKind.Comma));
            Expect(TokenKind.RightParen, "')' after the constraints of the set");
        }

        return _context.Intern(new AffineSetAttr(_context, dims, symbols, constraints.ToImmutable()));
    }

    private AffineConstraint ParseAffineConstraint()
    {
        AffineExpr left = ParseAffineExpr();
        TokenKind relation = _token.Kind;
        bool known = relation is TokenKind.Greater or TokenKind.Less or TokenKind.Equal;
        if (known)
        {
            Advance();
        }

        if (!known || !TryTake(TokenKind.Equal))
        {
            Fail(IRCodes.Syntax, "a constraint compares two expressions", Here, "write '>=', '<=' or '==' and an expression");
        }

        AffineExpr right = ParseAffineExpr();
        AffineExpr difference = relation == TokenKind.Less ? AffineRules.Subtract(right, left) : AffineRules.Subtract(left, right);
        return new AffineConstraint(Bounded(difference, Here), relation == TokenKind.Equal);
    }

    private AffineExpr ParseAffineExpr()
    {
        Enter();
        AffineExpr? sum = null;
        bool minus = false;
        while (true)
        {
            SourceSpan at = Here;
            AffineExpr part = ParseAffineOperand(sum is not null);
            if (AffineProductKind() is { } kind)
            {
                part = ParseAffineProduct(part, kind);
            }

            sum = sum is null ? part : Bounded(minus ? AffineRules.Subtract(sum, part) : AffineRules.Add(sum, part), at);
            if (_token.Kind is not (TokenKind.Plus or TokenKind.Minus))
            {
                break;
            }

            minus = _token.Kind == TokenKind.Minus;
            Advance();
        }

        Leave();
        return sum;
    }

    private AffineExpr ParseAffineProduct(AffineExpr left, AffineKind kind)
    {
        SourceSpan at = Here;
        Advance();
        while (true)
        {
            AffineExpr right = ParseAffineOperand(hasLeft: true);
            AffineKind? next = AffineProductKind();

            // As in MLIR, a mistake inside a chain is reported at the operator that follows.
            at = next is null ? at : Here;
            left = Bounded(CombineAffine(kind, left, right, at), at);
            if (next is null)
            {
                return left;
            }

            kind = next.Value;
            Advance();
        }
    }

    private AffineExpr CombineAffine(AffineKind kind, AffineExpr left, AffineExpr right, SourceSpan at)
    {
        if (!right.IsSymbolicOrConstant && (kind != AffineKind.Mul || !left.IsSymbolicOrConstant))
        {
            Fail(IRCodes.Syntax, kind == AffineKind.Mul ? "a product of two expressions with dimensions is not affine" : "a division by an expression with dimensions is not affine",
                at, kind == AffineKind.Mul ? "multiply by a constant or a symbol" : "divide by a constant or a symbol");
        }

        return kind switch
        {
            AffineKind.Mul => AffineRules.Mul(left, right),
            AffineKind.FloorDiv => AffineRules.FloorDiv(left, right),
            AffineKind.CeilDiv => AffineRules.CeilDiv(left, right),
            _ => AffineRules.Mod(left, right),
        };
    }

    private AffineKind? AffineProductKind()
    {
        if (_token.Kind == TokenKind.Star)
        {
            return AffineKind.Mul;
        }

        return IsKeyword("floordiv"u8) ? AffineKind.FloorDiv : IsKeyword("ceildiv"u8) ? AffineKind.CeilDiv : IsKeyword("mod"u8) ? AffineKind.Mod : null;
    }

    private AffineExpr ParseAffineOperand(bool hasLeft)
    {
        switch (_token.Kind)
        {
            case TokenKind.Integer:
                return ParseAffineConstant();
            case TokenKind.LeftParen:
                Advance();
                if (_token.Kind == TokenKind.RightParen)
                {
                    Fail(IRCodes.Syntax, "nothing stands in the parentheses", Here, "write an expression in them");
                }

                AffineExpr inner = ParseAffineExpr();
                Expect(TokenKind.RightParen, "')'");
                return inner;
            case TokenKind.Minus:
                Enter();
                Advance();
                AffineExpr negated = AffineRules.Negate(ParseAffineOperand(hasLeft));
                Leave();
                return negated;
            case TokenKind.BareId when AffineProductKind() is null && !IsKeyword("symbol"u8):
                if (!_affineNames.TryGetValue(TokenString, out AffineExpr? named))
                {
                    FailExpectedAs(IRCodes.UndefinedValue, $"{TokenString} is no dimension or symbol of this map",
                        NearestName.Suggest(TokenString, _affineNames.Keys) ?? "name it in the lists before");
                }

                Advance();
                return named;
            default:
                Fail(IRCodes.Syntax, hasLeft ? "an operator has no right side" : "an expression is missing", Here, "write a dimension, a symbol, a number or '('");
                return null;
        }
    }

    private AffineExpr ParseAffineConstant()
    {
        if (ParseDigits(TokenString) is var value && value > long.MaxValue)
        {
            Fail(IRCodes.NumberRange, $"{TokenString} does not fit index", Here, "write a smaller number");
        }

        Advance();
        return AffineRules.Constant(_context, (long)value);
    }

    // Printing and comparing follow expressions by recursion.
    private AffineExpr Bounded(AffineExpr expr, SourceSpan at)
    {
        if (expr.Depth > AffineExpr.DepthMax)
        {
            string limit = AffineExpr.DepthMax.ToString(CultureInfo.InvariantCulture);
            Fail(IRCodes.TooDeep, $"an affine expression has more than {limit} nested parts", at, "split it over several maps");
        }

        return expr;
    }
}
