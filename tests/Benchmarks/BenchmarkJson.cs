using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeQuant.Benchmarks;

/// <summary>The benchmark's figures as one JSON document.</summary>
[JsonSerializable(typeof(BenchmarkDocument))]
[JsonSerializable(typeof(OperatorDocument))]
internal sealed partial class BenchmarkJson : JsonSerializerContext
{
    public static BenchmarkJson Compact { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    });
}
