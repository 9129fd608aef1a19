using Orchestrator.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Orchestrator.Plan;

/// <summary>A piece of a YAML text with its place.</summary>
internal sealed class FleetFileNode(SourceSpan span)
{
    /// <summary>Where it stands.</summary>
    public SourceSpan Span { get; } = span;

    /// <summary>The text of a scalar, null for anything else.</summary>
    public string? Text { get; init; }

    /// <summary>The items of a sequence, null for anything else.</summary>
    public List<FleetFileNode>? Items { get; init; }

    /// <summary>The entries of a mapping in written order, null for anything else.</summary>
    public List<(FleetFileNode Key, FleetFileNode Value)>? Entries { get; init; }

    /// <summary>What it is, for people.</summary>
    public string Shape => Text is not null ? "a value" : Items is not null ? "a list" : "a mapping";
}

/// <summary>
/// Reads YAML into nodes with places. Anchors, aliases and several documents are refused: a fleet file is data that a person checks by eye.
/// The text's size and depth are bounded, and no call nests with the text.
/// </summary>
internal static class FleetFileYaml
{
    private const int LongestText = 1 << 20;
    private const int DeepestNesting = 16;

    /// <summary>The root, or null after reporting why there is none.</summary>
    public static FleetFileNode? Read(SourceText source, DiagnosticBag bag)
    {
        if (source.Text.Length > LongestText)
        {
            bag.Error("ORC3011", $"a fleet file has at most {LongestText} characters, this one has {source.Text.Length}", new SourceSpan(source, 0, 0), "split the fleet");
            return null;
        }

        try
        {
            return Build(source, bag);
        }
        catch (YamlException e)
        {
            bag.Error("ORC3001", "this is not YAML: " + FirstLine(e), SpanOf(source, e.End, e.End), "check indentation, brackets, quotes and the space after ':'");
            return null;
        }
    }

    private static string FirstLine(YamlException e)
    {
        string message = e.InnerException?.Message ?? e.Message;
        int colon = message.StartsWith('(') ? message.IndexOf("): ", StringComparison.Ordinal) : -1;
        message = (colon >= 0 ? message[(colon + 3)..] : message).Split('\n')[0].TrimEnd('.');
        return message.Length > 0 ? char.ToLowerInvariant(message[0]) + message[1..] : "it cannot be read";
    }

    private static FleetFileNode? Build(SourceText source, DiagnosticBag bag)
    {
        var parser = new Parser(new StringReader(source.Text));
        var open = new Stack<(FleetFileNode Node, FleetFileNode? Key)>();
        FleetFileNode? root = null;
        while (parser.MoveNext())
        {
            ParsingEvent current = parser.Current ?? throw new InvalidOperationException("the parser moved to nothing");
            SourceSpan span = SpanOf(source, current.Start, current.End);
            FleetFileNode? made = current switch
            {
                Scalar s => new FleetFileNode(span) { Text = s.Value },
                SequenceStart => new FleetFileNode(span) { Items = [] },
                MappingStart => new FleetFileNode(span) { Entries = [] },
                _ => null,
            };
            bool anchored = current is NodeEvent { Anchor.IsEmpty: false };
            if (anchored || current is AnchorAlias || (current is DocumentStart && root is not null) || open.Count >= DeepestNesting)
            {
                bag.Error("ORC3011", "anchors, aliases, several documents and deep nesting have no place in a fleet file", span, "write each device out in full");
                return null;
            }

            if (current is SequenceEnd or MappingEnd)
            {
                open.Pop();
            }
            else if (made is not null)
            {
                root ??= made;
                Attach(open, made);
                if (made.Text is null)
                {
                    open.Push((made, null));
                }
            }
        }

        if (root is null)
        {
            bag.Error("ORC3001", "the file is empty", new SourceSpan(source, 0, 0), "start with 'fleet: NAME' and 'devices:'");
        }

        return root;
    }

    private static void Attach(Stack<(FleetFileNode Node, FleetFileNode? Key)> open, FleetFileNode made)
    {
        if (open.Count == 0)
        {
            return;
        }

        (FleetFileNode parent, FleetFileNode? key) = open.Pop();
        if (parent.Items is not null)
        {
            parent.Items.Add(made);
        }
        else if (key is null)
        {
            key = made;
        }
        else
        {
            parent.Entries?.Add((key, made));
            key = null;
        }

        open.Push((parent, key));
    }

    // The end of an unfinished text is a line beyond it.
    private static int OffsetOf(SourceText source, Mark mark) => mark.Line > source.Locate(source.Text.Length).Line
        ? source.Text.TrimEnd().Length
        : source.OffsetOf((int)mark.Line, (int)mark.Column);

    private static SourceSpan SpanOf(SourceText source, Mark start, Mark end)
    {
        int from = OffsetOf(source, start);
        int to = OffsetOf(source, end);
        int lineEnd = source.Text.IndexOf('\n', Math.Min(from, source.Text.Length));
        to = lineEnd < 0 ? to : Math.Min(to, lineEnd);
        return new SourceSpan(source, from, Math.Max(0, to - from));
    }
}
