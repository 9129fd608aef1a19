namespace Orchestrator.Cli.Papers.Placing;

/// <summary>Walks through every choice of small problems.</summary>
internal static class Counting
{
    /// <summary>The next number of so many digits in a base, the last digit fastest; false, and all digits 0, after the last one.</summary>
    public static bool Next(int[] digits, int radix)
    {
        for (int i = digits.Length - 1; i >= 0; i--)
        {
            if (++digits[i] < radix)
            {
                return true;
            }

            digits[i] = 0;
        }

        return false;
    }

    /// <summary>The next order of things of which some are equal, in lexicographic order; false after the last one.</summary>
    public static bool NextOrder(int[] things)
    {
        int left = things.Length - 2;
        while (left >= 0 && things[left] >= things[left + 1])
        {
            left--;
        }

        if (left < 0)
        {
            return false;
        }

        int right = things.Length - 1;
        while (things[right] <= things[left])
        {
            right--;
        }

        (things[left], things[right]) = (things[right], things[left]);
        Array.Reverse(things, left + 1, things.Length - left - 1);
        return true;
    }
}
