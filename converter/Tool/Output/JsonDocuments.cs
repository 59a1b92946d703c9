using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using EdgeQuant.Converter.Boards;
using EdgeQuant.Converter.Evaluate;
using EdgeQuant.Converter.Evaluate.Comparison;
using EdgeQuant.Converter.Evaluate.Metrics;
using EdgeQuant.Converter.Evaluate.Subjects;
using EdgeQuant.Converter.Report;
using EdgeQuant.Firmware;
using EdgeQuant.Firmware.Deploy;
using EdgeQuant.Firmware.Deploy.Inventory;
using EdgeQuant.Tool.Demo;

namespace EdgeQuant.Tool.Output;

/// <summary>The JSON documents that the tool prints.</summary>
[JsonSerializable(typeof(FailureDocument))]
[JsonSerializable(typeof(ConversionReport))]
[JsonSerializable(typeof(ModelReport))]
[JsonSerializable(typeof(BenchmarkReport))]
[JsonSerializable(typeof(RunDocument))]
[JsonSerializable(typeof(VerificationReport))]
[JsonSerializable(typeof(DemoDocument))]
[JsonSerializable(typeof(ExportDocument))]
[JsonSerializable(typeof(Evaluation))]
[JsonSerializable(typeof(NetworkComparison))]
[JsonSerializable(typeof(SensitivityDocument))]
[JsonSerializable(typeof(SimulationDocument))]
[JsonSerializable(typeof(IReadOnlyList<Board>))]
[JsonSerializable(typeof(DeployReport))]
[JsonSerializable(typeof(DeviceStatus))]
[JsonSerializable(typeof(FleetDocument))]
[JsonSerializable(typeof(PlaybookDocument))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
internal sealed partial class JsonDocuments : JsonSerializerContext
{
    /// <summary>The documents as they are printed: in one line, with names of tensors as they are, and NaN where a number is none.</summary>
    public static JsonDocuments Compact { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters =
        {
            new JsonStringEnumConverter<BoardRuntime>(JsonNamingPolicy.CamelCase),
            new JsonStringEnumConverter<BoardDeployment>(JsonNamingPolicy.CamelCase),
            new JsonStringEnumConverter<BusKind>(JsonNamingPolicy.CamelCase),
            new JsonStringEnumConverter<SubjectForm>(JsonNamingPolicy.CamelCase),
            new JsonStringEnumConverter<Metric>(JsonNamingPolicy.CamelCase),
            new JsonStringEnumConverter<AnomalyScore>(JsonNamingPolicy.CamelCase),
            new JsonStringEnumConverter<HostOutcome>(JsonNamingPolicy.KebabCaseLower),
            new JsonStringEnumConverter<DeviceEventKind>(JsonNamingPolicy.KebabCaseLower),
        },
    });
}
