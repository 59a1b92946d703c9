using System.Text.Json.Serialization;

namespace EdgeQuant.Converter.Host;

/// <summary>What the compiler generates to read and write model cards without reflection.</summary>
[JsonSerializable(typeof(ModelCard))]
internal sealed partial class CardContext : JsonSerializerContext;
