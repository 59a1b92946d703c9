using System.Text.Json;
using EdgeQuant.Converter;
using EdgeQuant.Converter.Report;
using EdgeQuant.Tests.Support;
using Xunit;

namespace EdgeQuant.Tool.Tests;

/// <summary>Multiply-accumulate operations of real networks, against figures that were counted elsewhere.</summary>
public sealed class MacCountTests
{
    [Fact]
    public void Networks_have_the_work_that_their_description_says()
    {
        Assert.SkipUnless(Golden.Available, Golden.Absent);
        Assert.All(Golden.Networks(), golden =>
        {
            using JsonDocument meta = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(golden.Folder, "meta.json")));
            byte[] file = ModelConverter.Convert(golden.Model, new ConversionOptions()).File;
            Assert.Equal(meta.RootElement.GetProperty("macs").GetInt64(), ModelInspector.Inspect(file).Macs);
        });
    }
}
