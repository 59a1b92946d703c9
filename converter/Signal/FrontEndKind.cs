using System.Text.Json.Serialization;

namespace EdgeQuant.Converter.Signal;

/// <summary>What makes features of samples.</summary>
internal enum FrontEndKind
{
    /// <summary>The samples are the features.</summary>
    [JsonStringEnumMemberName("raw")]
    Raw,

    /// <summary>A network in a file of its own.</summary>
    [JsonStringEnumMemberName("network")]
    Network,
}
