using System.Text;
using System.Text.Json;
using EdgeQuant.Converter.Quantizing.Recipes;
using EdgeQuant.Tests.Support;
using Xunit;

namespace EdgeQuant.Converter.Tests.Quantizing.Recipes;

/// <summary>The schema says what the code reads: the same members, the same words, the same limits, the same defaults.</summary>
public sealed class RecipeSchemaTests
{
    private static readonly string s_folder = Path.Combine(Repository.Root, "converter", "Quantizing");

    private readonly JsonElement _schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(s_folder, "recipe.schema.json"))).RootElement;

    [Theory]
    [InlineData("", "{0}")]
    [InlineData("weights", "{{\"weights\": {0}}}")]
    [InlineData("activations", "{{\"activations\": {0}}}")]
    [InlineData("calibration", "{{\"calibration\": {0}}}")]
    [InlineData("rule", "{{\"rules\": [{0}]}}")]
    [InlineData("tensor", "{{\"tensors\": [{0}]}}")]
    public void An_object_has_the_same_members(string definition, string form)
    {
        string[] members = [.. Definition(definition).GetProperty("properties").EnumerateObject().Select(member => member.Name)];

        RecipeException exception = Assert.Throws<RecipeException>(() => Read(string.Format(form, "{\"unknown\": 0}")));

        string allowed = exception.Problems.Single(problem => problem.Found.Contains("unknown", StringComparison.Ordinal)).Allowed;
        Assert.Equal(members.Order(StringComparer.Ordinal), allowed.Split(", ").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("weights", "encoding")]
    [InlineData("weights", "codebookMethod")]
    [InlineData("activations", "type")]
    [InlineData("calibration", "method")]
    public void A_word_is_one_of_the_same(string definition, string member)
    {
        string[] words = [.. Definition(definition).GetProperty("properties").GetProperty(member).GetProperty("enum").EnumerateArray().Select(word => word.GetString()!)];

        RecipeException exception = Assert.Throws<RecipeException>(() => Read(Within(definition, $"\"{member}\": \"?\"")));

        Assert.Equal(string.Join(", ", words.Select(word => $"\"{word}\"")), exception.Problems.Single().Allowed);
    }

    [Theory]
    [InlineData("weights")]
    [InlineData("activations")]
    [InlineData("calibration")]
    public void Defaults_change_nothing(string definition)
    {
        JsonElement properties = Definition(definition).GetProperty("properties");
        foreach (JsonProperty property in properties.EnumerateObject())
        {
            string value = property.Value.GetProperty("default").GetRawText();
            Recipe recipe = Read(Within(definition, $"\"{property.Name}\": {value}"));
            Assert.Equal(Recipe.Default.Operators, recipe.Operators);
        }
    }

    [Fact]
    public void Repairs_are_the_same()
    {
        JsonElement listed = _schema.GetProperty("properties").GetProperty("repair").GetProperty("oneOf")[1].GetProperty("items").GetProperty("enum");

        Assert.Equal(string.Join(' ', RecipeJson.Repairs), string.Join(' ', listed.EnumerateArray().Select(word => word.GetString())));
    }

    [Fact]
    public void Limits_are_the_same()
    {
        JsonElement index = Definition("weights").GetProperty("properties").GetProperty("indexBits");
        int least = index.GetProperty("minimum").GetInt32();
        int most = index.GetProperty("maximum").GetInt32();
        _ = Read(WithIndexBits(least));
        _ = Read(WithIndexBits(most));
        Assert.Throws<RecipeException>(() => Read(WithIndexBits(least - 1)));
        Assert.Throws<RecipeException>(() => Read(WithIndexBits(most + 1)));
    }

    [Fact]
    public void The_examples_of_the_documentation_are_recipes()
    {
        string[] parts = File.ReadAllText(Path.Combine(s_folder, "README.md")).Split("```");
        string[] examples = [.. parts.Where((part, i) => i % 2 == 1 && part.StartsWith("json\n", StringComparison.Ordinal)).Select(part => part["json".Length..])];

        Assert.NotEmpty(examples);
        Assert.All(examples, example => Read(example));
    }

    private static Recipe Read(string json)
    {
        return RecipeJson.Read(Encoding.UTF8.GetBytes(json), "r.json");
    }

    private static string WithIndexBits(int bits)
    {
        return Within("weights", $"\"encoding\": \"codebook\", \"indexBits\": {bits}");
    }

    private static string Within(string member, string content)
    {
        return "{\"" + member + "\": {" + content + "}}";
    }

    private JsonElement Definition(string name)
    {
        return name.Length == 0 ? _schema : _schema.GetProperty("$defs").GetProperty(name);
    }
}
