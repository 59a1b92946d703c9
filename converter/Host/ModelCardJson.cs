using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using EdgeQuant.Converter.Boards;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Converter.Host;

/// <summary>The model card as UTF-8 JSON without white space. Numbers keep every bit; absent values and empty lists are left out.</summary>
internal static class ModelCardJson
{
    /// <summary>The most bytes that a card may have.</summary>
    public const int MaximumBytes = 1024 * 1024;

    private static readonly JsonTypeInfo<ModelCard> Form = (JsonTypeInfo<ModelCard>)new JsonSerializerOptions(JsonSerializerDefaults.Strict)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = 8,
        TypeInfoResolver = CardContext.Default.WithAddedModifier(LeaveOutEmptyLists),
        Converters =
        {
            new JsonStringEnumConverter<DataType>(LowerCase.Policy, allowIntegerValues: false),
            new JsonStringEnumConverter<BoardRuntime>(JsonNamingPolicy.CamelCase, allowIntegerValues: false),
            new JsonStringEnumConverter<Activation>(JsonNamingPolicy.CamelCase, allowIntegerValues: false),
            new JsonStringEnumConverter<HostOperation>(JsonNamingPolicy.CamelCase, allowIntegerValues: false),
        },
    }.GetTypeInfo(typeof(ModelCard));

    public static byte[] Write(ModelCard card)
    {
        return JsonSerializer.SerializeToUtf8Bytes(card, Form);
    }

    /// <summary>Reads a card; nothing in it is believed unchecked.</summary>
    /// <exception cref="ModelFormatException">It is no JSON, has unknown or missing members, or its values contradict each other.</exception>
    public static ModelCard Read(ReadOnlySpan<byte> json)
    {
        if (json.Length > MaximumBytes)
        {
            throw new ModelFormatException($"The model card has {json.Length} bytes; allowed are at most {MaximumBytes}.");
        }

        ModelCard card;
        try
        {
            card = JsonSerializer.Deserialize(json, Form) ?? throw new JsonException("It is null.");
        }
        catch (JsonException error)
        {
            throw new ModelFormatException($"The model card is not what it should be: {error.Message}");
        }

        ModelCardCheck.Run(card);
        return card;
    }

    private static void LeaveOutEmptyLists(JsonTypeInfo type)
    {
        foreach (JsonPropertyInfo property in type.Properties.Where(property => property is { IsRequired: false, PropertyType.IsArray: true }))
        {
            property.ShouldSerialize = (_, value) => value is Array { Length: > 0 };
        }
    }

    private sealed class LowerCase : JsonNamingPolicy
    {
        public static JsonNamingPolicy Policy { get; } = new LowerCase();

        public override string ConvertName(string name)
        {
            return name.ToLowerInvariant();
        }
    }
}
