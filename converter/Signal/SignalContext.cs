using System.Text.Json.Serialization;
using EdgeQuant.Converter.Decisions;

namespace EdgeQuant.Converter.Signal;

/// <summary>What the compiler generates to read front ends and decisions without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, UseStringEnumConverter = true, AllowDuplicateProperties = false, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(FrontEnd))]
[JsonSerializable(typeof(DecisionRule))]
internal sealed partial class SignalContext : JsonSerializerContext;
