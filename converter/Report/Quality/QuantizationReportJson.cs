using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeQuant.Converter.Report.Quality;

/// <summary>The report as JSON. Enumerations stand by name; numbers that are none as "NaN" or "Infinity".</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
[JsonSerializable(typeof(QuantizationReport))]
internal sealed partial class QuantizationReportJson : JsonSerializerContext
{
    private static readonly QuantizationReportJson Indented = new(new JsonSerializerOptions
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter<OperatorPlace>(JsonNamingPolicy.CamelCase), new JsonStringEnumConverter<TensorRole>(JsonNamingPolicy.CamelCase) },
    });

    /// <summary>Writes the report, UTF-8.</summary>
    public static byte[] Write(QuantizationReport report)
    {
        return JsonSerializer.SerializeToUtf8Bytes(report, Indented.QuantizationReport);
    }
}
