using System.Collections.Concurrent;
using EdgeQuant.Converter;
using EdgeQuant.Tests.Support;
using Xunit;

namespace EdgeQuant.Conformance.Tests.Goldens;

/// <summary>A golden and its conversion; each is converted once for all tests.</summary>
internal static class ConvertedGolden
{
    private static readonly ConcurrentDictionary<string, Lazy<ConversionResult>> s_converted = new(StringComparer.Ordinal);

    /// <summary>Names of networks for theories; one empty name where the goldens are absent, for which tests skip.</summary>
    public static TheoryData<string> NetworkNames()
    {
        return Names(Golden.Networks());
    }

    /// <summary>Names of single operators for theories.</summary>
    public static TheoryData<string> OperatorNames()
    {
        return Names(Golden.Operators());
    }

    /// <summary>Names of networks and single operators for theories.</summary>
    public static TheoryData<string> AllNames()
    {
        return Names([.. Golden.Networks(), .. Golden.Operators()]);
    }

    /// <summary>The golden of a name; skips the test where the goldens are absent.</summary>
    public static Golden Find(string name)
    {
        Assert.SkipUnless(Golden.Available, Golden.Absent);
        return Golden.Networks().Concat(Golden.Operators()).Single(golden => golden.Name == name);
    }

    public static ConversionResult Convert(Golden golden)
    {
        return s_converted.GetOrAdd(golden.Name, _ => new Lazy<ConversionResult>(() => ModelConverter.Convert(golden.Model, new ConversionOptions { SourceName = golden.Name }))).Value;
    }

    private static TheoryData<string> Names(IReadOnlyList<Golden> goldens)
    {
        return goldens.Count == 0 ? new TheoryData<string>("") : new TheoryData<string>(goldens.Select(golden => golden.Name));
    }
}
