using System.Buffers;
using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using IncidentBot.Templating.Runtime;

namespace IncidentBot.Templating.Functions;

/// <summary>JSON, for the <c>object</c> functions.</summary>
internal static class JsonFunctions
{
    /// <summary>The value of a JSON text. Numbers become decimals.</summary>
    /// <example><c>{{ ('{"id": 7, "tags": ["db"]}' | object.from_json).tags[0] }}</c> gives <c>db</c></example>
    public static object? FromJson(in BuiltinCall call)
    {
        var json = call.Text(0) ?? throw BuiltinCall.ArgumentError("json", "Value cannot be null.");
        using var document = JsonDocument.Parse(json);
        call.Context.Charge((long)json.Length * 4, call.Node);
        return Read(document.RootElement);
    }

    /// <summary>A value as a JSON text.</summary>
    /// <example><c>{{ {id: 7, tags: ["db"], owner: null} | object.to_json }}</c> gives <c>{"id":7,"tags":["db"],"owner":null}</c></example>
    public static object? ToJson(in BuiltinCall call)
    {
        if (call[0] is ScriptFunction or DateFunctions)
            throw BuiltinCall.ArgumentError("value", "Can not serialize functions to JSON.");
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Write(in call, writer, buffer, call[0], 0);
        }

        return StringFunctions.Limited(in call, Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    private static object? Read(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var members = new ScriptObject();
                foreach (var property in element.EnumerateObject()) members[property.Name] = Read(property.Value);
                return members;
            case JsonValueKind.Array:
                var items = new ScriptArray(element.GetArrayLength());
                foreach (var item in element.EnumerateArray()) items.Add(Read(item));
                return items;
            case JsonValueKind.String:
                return element.GetString();
            case JsonValueKind.Number:
                return element.GetDecimal();
            case JsonValueKind.True or JsonValueKind.False:
                return Values.Box(element.ValueKind == JsonValueKind.True);
            default:
                return null;
        }
    }

    private static void Write(in BuiltinCall call, Utf8JsonWriter writer, ArrayBufferWriter<byte> buffer, object? value, int depth)
    {
        var context = call.Context;
        context.Charge(4, call.Node);
        var limit = context.LimitToString;
        if (limit > 0 && buffer.WrittenCount + (long)writer.BytesPending > limit * 6L) throw StringFunctions.TooLong(in call);
        switch (value)
        {
            case null or ScriptFunction or EmptyObject:
                writer.WriteNullValue();
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case string or char:
                writer.WriteStringValue(Values.ToText(context, value));
                break;
            case DateTime { Kind: DateTimeKind.Utc } date:
                writer.WriteStringValue(date);
                break;
            case DateTime date:
                // A time without a zone is what the library calls local, and writes with the offset of the machine.
                writer.WriteStringValue(new DateTimeOffset(date, TimeSpan.Zero));
                break;
            case DateTimeOffset date:
                writer.WriteStringValue(date);
                break;
            case TimeSpan span:
                writer.WriteStringValue(span.ToString("c", CultureInfo.InvariantCulture));
                break;
            case BigInteger big:
                context.ChargeText(in big);
                writer.WriteRawValue(big.ToString(CultureInfo.InvariantCulture));
                break;
            case float number:
                writer.WriteNumberValue(number);
                break;
            case decimal number:
                writer.WriteNumberValue(number);
                break;
            case double number:
                writer.WriteNumberValue(number);
                break;
            case KeyValuePair<string, object?> pair:
                var members = new ScriptObject { ["key"] = pair.Key, ["value"] = pair.Value };
                WriteNested(in call, writer, buffer, members, depth);
                break;
            case IEnumerable:
                WriteNested(in call, writer, buffer, value, depth);
                break;
            default:
                if (Numbers.IsNumber(value)) writer.WriteNumberValue(Numbers.ToLong(value));
                else writer.WriteStringValue(value.ToString());
                break;
        }
    }

    private static void WriteNested(
        in BuiltinCall call,
        Utf8JsonWriter writer,
        ArrayBufferWriter<byte> buffer,
        object value,
        int depth)
    {
        var limit = call.Context.ObjectRecursionLimit;
        if ((limit > 0 && depth >= limit) || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw call.Error(ValueText.TooDeep(call.Context).OriginalMessage);
        var isObject = Members.IsDictionary(value);
        if (isObject) writer.WriteStartObject();
        else writer.WriteStartArray();
        foreach (var item in Values.ToSequence(value)!)
        {
            if (!isObject)
            {
                Write(in call, writer, buffer, item, depth + 1);
                continue;
            }

            var pair = (KeyValuePair<string, object?>)item!;
            writer.WritePropertyName(pair.Key);
            Write(in call, writer, buffer, pair.Value, depth + 1);
        }

        if (isObject) writer.WriteEndObject();
        else writer.WriteEndArray();
    }
}
