using System.Globalization;
using System.Numerics;

namespace Orchestrator.IR.Testing;

/// <summary>How a number is written in output: <c>%u</c>, <c>%d</c>, <c>%x</c> or <c>%X</c>, with <c>0x</c> before it or not, and how many digits at least.</summary>
internal readonly record struct NumericFormat(char Kind, int Precision = 0, bool Prefixed = false)
{
    /// <summary>Digits at least, at most this many.</summary>
    public const int PrecisionMax = 255;

    public static NumericFormat Unsigned { get; } = new('u');

    /// <summary>A .NET regular expression for every number of this format, without groups.</summary>
    public string Wildcard
    {
        get
        {
            string digit = Kind switch { 'x' => "[0-9a-f]", 'X' => "[0-9A-F]", _ => "[0-9]" };
            string first = Kind switch { 'x' => "[1-9a-f]", 'X' => "[1-9A-F]", _ => "[1-9]" };
            string sign = Kind == 'd' ? "-?" : "";
            string digits = Precision > 0
                ? $"(?:{first}{digit}*)?{digit}{{{Precision.ToString(CultureInfo.InvariantCulture)}}}"
                : $"{digit}+";
            return sign + (Prefixed ? "0x" : "") + digits;
        }
    }

    /// <summary>The number in this format, or null when it has no such form.</summary>
    public string? Write(BigInteger value)
    {
        if (value.Sign < 0 && Kind != 'd')
        {
            return null;
        }

        BigInteger magnitude = BigInteger.Abs(value);
        string digits = Kind switch
        {
            'x' => Hex(magnitude.ToString("x", CultureInfo.InvariantCulture)),
            'X' => Hex(magnitude.ToString("X", CultureInfo.InvariantCulture)),
            _ => magnitude.ToString(CultureInfo.InvariantCulture),
        };
        return (value.Sign < 0 ? "-" : "") + (Prefixed ? "0x" : "") + digits.PadLeft(Precision, '0');
    }

    /// <summary>The number that text in this format says, or null.</summary>
    public BigInteger? Read(string text)
    {
        bool negative = text.StartsWith('-');
        ReadOnlySpan<char> digits = text.AsSpan(negative ? 1 : 0);
        digits = Prefixed && digits.StartsWith("0x") ? digits[2..] : digits;
        bool fine = Kind is 'x' or 'X'
            ? BigInteger.TryParse(string.Concat("0", digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out BigInteger value)
            : BigInteger.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value);
        return fine ? negative ? -value : value : null;
    }

    /// <inheritdoc/>
    public override string ToString() => $"%{(Prefixed ? "#" : "")}{(Precision > 0 ? "." + Precision.ToString(CultureInfo.InvariantCulture) : "")}{Kind}";

    // A leading zero only keeps the sign bit clear.
    private static string Hex(string digits) => digits.TrimStart('0') is { Length: > 0 } trimmed ? trimmed : "0";
}
