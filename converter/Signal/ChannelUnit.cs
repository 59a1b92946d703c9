using System.Text.Json.Serialization;
using EdgeQuant.Runtime.Signal;

namespace EdgeQuant.Converter.Signal;

/// <summary>Units by the words that stand in front-end files.</summary>
internal enum ChannelUnit
{
    [JsonStringEnumMemberName("counts")]
    Counts = SignalUnit.None,

    [JsonStringEnumMemberName("full scale")]
    FullScale = SignalUnit.FullScale,

    [JsonStringEnumMemberName("g")]
    Gravity = SignalUnit.Gravity,

    [JsonStringEnumMemberName("m/s^2")]
    MetrePerSecondSquared = SignalUnit.MetrePerSecondSquared,

    [JsonStringEnumMemberName("degree/s")]
    DegreePerSecond = SignalUnit.DegreePerSecond,

    [JsonStringEnumMemberName("rad/s")]
    RadianPerSecond = SignalUnit.RadianPerSecond,

    [JsonStringEnumMemberName("V")]
    Volt = SignalUnit.Volt,

    [JsonStringEnumMemberName("degree C")]
    DegreeCelsius = SignalUnit.DegreeCelsius,

    [JsonStringEnumMemberName("Pa")]
    Pascal = SignalUnit.Pascal,

    [JsonStringEnumMemberName("ratio")]
    Relative = SignalUnit.Relative,
}
