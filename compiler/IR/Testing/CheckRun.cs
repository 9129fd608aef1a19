using Orchestrator.Diagnostics;

namespace Orchestrator.IR.Testing;

/// <summary>One comparison. Labels divide the output first; then the checks of each part are looked for in order.</summary>
internal sealed class CheckRun(
    IReadOnlyList<CheckDirective> directives, SourceText output, CheckOptions options, CheckVariables variables, DiagnosticBag diagnostics)
{
    private readonly string _text = output.Text;
    private readonly CheckReport _report = new(output, variables, diagnostics);

    /// <summary>Whether all hold; each part of the output reports its first mismatch.</summary>
    public bool Run()
    {
        bool fine = true;
        int first = 0;
        int start = 0;
        for (int next = 0; next <= directives.Count; next++)
        {
            int end = _text.Length;
            if (next < directives.Count)
            {
                if (directives[next].Kind != CheckKind.Label)
                {
                    continue;
                }

                if (Find(directives[next], start, _text.Length) is not { } label)
                {
                    return false;
                }

                end = label.End;
            }

            if (first > 0 && options.EnableVarScope)
            {
                variables.ClearLocals();
            }

            fine &= CheckPart(first, Math.Min(next, directives.Count - 1), start, end);
            (first, start) = (next + 1, end);
        }

        return fine;
    }

    private bool CheckPart(int first, int last, int start, int end)
    {
        for (int i = first; i <= last; i++)
        {
            if (Check(directives[i], start, end) is not { } match)
            {
                return false;
            }

            start = match.End;
        }

        return true;
    }

    private PatternMatch? Check(CheckDirective directive, int start, int end)
    {
        var excluded = new List<CheckDirective>();
        if (Group(directive.Before, start, end, excluded) is not { } from)
        {
            return null;
        }

        if (Find(directive, from, end) is not { } match)
        {
            return null;
        }

        return RightLine(directive, from, match) && Absent(excluded, from, match.Start) ? match : null;
    }

    // The pattern as many times as it is wanted, one after the other.
    private PatternMatch? Find(CheckDirective directive, int start, int end)
    {
        if (directive.Kind == CheckKind.End)
        {
            return new PatternMatch(end, 0);
        }

        int first = -1;
        int at = start;
        for (int i = 1; i <= directive.Count; i++)
        {
            if (directive.Pattern.Match(_text, at, end - at, variables, out string? problem) is not { } match)
            {
                _report.NotFound(directive, at, end, problem, i);
                return null;
            }

            first = first < 0 ? match.Start : first;
            at = match.End;
        }

        return new PatternMatch(first, at - first);
    }

    private bool RightLine(CheckDirective directive, int from, PatternMatch match)
    {
        int lines = _text.AsSpan(from, match.Start - from).Count('\n');
        string? problem = directive.Kind switch
        {
            CheckKind.Next or CheckKind.Empty when lines == 0 => "is on the same line as previous match",
            CheckKind.Next or CheckKind.Empty when lines > 1 => "is not on the line after the previous match",
            CheckKind.Same when lines > 0 => "is not on the same line as the previous match",
            _ => null,
        };
        if (problem is not null)
        {
            _report.WrongLine(directive, problem, from, match);
        }

        return problem is null;
    }

    private bool Absent(List<CheckDirective> excluded, int start, int end)
    {
        bool fine = true;
        foreach (CheckDirective not in excluded)
        {
            PatternMatch? match = not.Pattern.Match(_text, start, end - start, variables, out string? problem);
            if (match is { } found)
            {
                _report.Excluded(not, found);
            }
            else if (problem is not null)
            {
                _report.NotFound(not, start, end, problem, 1);
            }

            fine &= match is null && problem is null;
        }

        return fine;
    }

    // DAG lines in any order without overlap, NOT lines between the groups that they make. The end of the last group, or null.
    private int? Group(IReadOnlyList<CheckDirective> before, int start, int end, List<CheckDirective> excluded)
    {
        var taken = new List<PatternMatch>();
        for (int i = 0; i < before.Count; i++)
        {
            if (before[i].Kind == CheckKind.Not)
            {
                excluded.Add(before[i]);
                continue;
            }

            if (!Place(before[i], start, end, taken))
            {
                return null;
            }

            if (i + 1 < before.Count && before[i + 1].Kind == CheckKind.Dag)
            {
                continue;
            }

            if (!Absent(excluded, start, Math.Max(start, taken[0].Start)))
            {
                return null;
            }

            excluded.Clear();
            start = taken[^1].End;
            taken.Clear();
        }

        return start;
    }

    // Finds a match that does not overlap those in the list, which are sorted by place, and adds it.
    private bool Place(CheckDirective directive, int start, int end, List<PatternMatch> taken)
    {
        int at = start;
        int index = 0;
        while (true)
        {
            if (directive.Pattern.Match(_text, at, end - at, variables, out string? problem) is not { } match)
            {
                _report.NotFound(directive, at, end, problem, 1);
                return false;
            }

            while (index < taken.Count && match.Start >= taken[index].End)
            {
                index++;
            }

            if (index == taken.Count || taken[index].Start >= match.End)
            {
                taken.Insert(index, match);
                return true;
            }

            at = taken[index++].End;
        }
    }
}
