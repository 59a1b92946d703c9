using System.Text.Json;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Host;
using EdgeQuant.Tests.Support;
using Xunit;

namespace EdgeQuant.Converter.Tests.Host;

/// <summary>The model card's description names all that stands in cards, and nothing else as an operation.</summary>
public sealed class ModelCardReadmeTests
{
    private static readonly string Readme = File.ReadAllText(Path.Combine(Repository.Root, "converter", "Host", "README.md"));

    [Theory]
    [InlineData(typeof(ModelCard))]
    [InlineData(typeof(CardSource))]
    [InlineData(typeof(CardBoard))]
    [InlineData(typeof(HostTensor))]
    [InlineData(typeof(HostStep))]
    public void Every_member_is_described(Type type)
    {
        foreach (System.Text.Json.Serialization.Metadata.JsonPropertyInfo property in CardContext.Default.GetTypeInfo(type)!.Properties)
        {
            if (property.Get is not null)
            {
                Assert.Contains($"`{JsonNamingPolicy.CamelCase.ConvertName(property.Name)}`", Readme, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Every_operation_is_described()
    {
        Assert.All(Enum.GetNames<HostOperation>(), name => Assert.Contains($"`{JsonNamingPolicy.CamelCase.ConvertName(name)}`", Readme, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_type_is_described()
    {
        IEnumerable<DataType> types = Enum.GetValues<DataType>().Where(type => type.Bytes() > 0);
        Assert.All(types, type => Assert.Contains($"`{type.ToString().ToLowerInvariant()}`", Readme, StringComparison.Ordinal));
    }
}
