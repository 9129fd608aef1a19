using System.Buffers;
using System.Text.Json;
using Orchestrator.IR;

namespace Orchestrator.Compiler.Stages;

/// <summary>Attributes as JSON: numbers, text, truth values, arrays and objects as such; a symbol as its name; unit as true; a type in Flow's notation.</summary>
internal static class AttrJson
{
    private const int DepthLimit = 64;

    public static JsonElement From(Attr attr)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Write(writer, attr, 0);
        }

        return JsonDocument.Parse(buffer.WrittenMemory).RootElement.Clone();
    }


    private static void Write(Utf8JsonWriter writer, Attr attr, int depth)
    {
        if (depth > DepthLimit)
        {
            writer.WriteStringValue(attr.ToString());
            return;
        }

        switch (attr)
        {
            case UnitAttr:
                writer.WriteBooleanValue(true);
                break;
            case IntegerAttr { IsBool: true } truth:
                writer.WriteBooleanValue(truth.Bool);
                break;
            case IntegerAttr number:
                writer.WriteNumberValue(number.Value);
                break;
            case FloatAttr number when double.IsFinite(number.Value):
                writer.WriteNumberValue(number.Value);
                break;
            case StringAttr text:
                writer.WriteStringValue(text.Value);
                break;
            case SymbolRefAttr symbol:
                writer.WriteStringValue(symbol.Leaf);
                break;
            case TypeAttr type:
                writer.WriteStringValue(FlowType.Text(type.Type));
                break;
            case ArrayAttr array:
                writer.WriteStartArray();
                foreach (Attr element in array.Elements)
                {
                    Write(writer, element, depth + 1);
                }

                writer.WriteEndArray();
                break;
            case DictionaryAttr dictionary:
                writer.WriteStartObject();
                foreach (NamedAttr entry in dictionary.Entries)
                {
                    writer.WritePropertyName(entry.Name);
                    Write(writer, entry.Value, depth + 1);
                }

                writer.WriteEndObject();
                break;
            default:
                writer.WriteStringValue(attr.ToString());
                break;
        }
    }
}
