using System.Text;
using EdgeQuant.Converter.Quantizing.Recipes;
using Xunit;

namespace EdgeQuant.Converter.Tests.Quantizing.Recipes;

/// <summary>Recipes as JSON: what is read, and what is said of what cannot be.</summary>
public sealed class RecipeJsonTests
{
    [Fact]
    public void An_empty_object_is_the_default()
    {
        Assert.Equal(Recipe.Default.Operators, Read("{}").Operators);
        Assert.Equal("{}\n", Encoding.UTF8.GetString(RecipeJson.Write(Read("{}"))));
    }

    [Fact]
    public void Every_member_is_read()
    {
        Recipe recipe = Read("""
            {
              "weights": { "encoding": "codebook", "perChannel": false, "powerOfTwo": true, "indexBits": 3, "codebookMethod": "linear" },
              "activations": { "type": "int16", "symmetric": true, "powerOfTwo": true },
              "calibration": { "method": "percentile", "percentile": 99.5 },
              "rules": [{ "name": "a*", "kind": "Add", "from": -3, "to": -1, "weights": { "encoding": "int8" } }],
              "tensors": [{ "name": "x", "range": [-1, 2.5] }, { "name": "y", "calibration": { "method": "movingAverage", "momentum": 0.5 } }],
              "repair": ["biasCorrection"]
            }
            """);

        Assert.Equal(new WeightScheme(WeightEncoding.Codebook, PerChannel: false, PowerOfTwo: true, IndexBits: 3, CodebookMethod: CodebookMethod.Linear), recipe.Operators.Weights);
        Assert.Equal(new ActivationScheme(ActivationType.Int16, Symmetric: true, PowerOfTwo: true), recipe.Operators.Activations);
        Assert.Equal(new CalibrationScheme(CalibrationMethod.Percentile, 99.5), recipe.Operators.Calibration);
        RecipeRule rule = Assert.Single(recipe.Rules);
        Assert.Equal(("a*", "Add", -3, -1, "$.rules[0] (line 5)"), (rule.Name, rule.Kind, rule.From, rule.To, rule.Place));
        Assert.Equal(WeightEncoding.Int8, rule.Change.WeightEncoding);
        Assert.Equal((-1f, 2.5f), recipe.Tensors[0].Range);
        Assert.Equal(new CalibrationScheme(CalibrationMethod.MovingAverage, Momentum: 0.5), recipe.Tensors[1].Calibration);
        Assert.Equal(new RepairScheme(BiasCorrection: true), recipe.Repair);
    }

    [Fact]
    public void What_is_written_is_read_again()
    {
        string json = """
            {
              "weights": {
                "encoding": "int4"
              },
              "rules": [
                {
                  "kind": "Add",
                  "activations": {
                    "type": "int16"
                  }
                }
              ],
              "tensors": [
                {
                  "name": "x",
                  "range": [
                    -1,
                    2.5
                  ]
                }
              ],
              "repair": "auto"
            }

            """.ReplaceLineEndings("\n");

        Assert.Equal(json, Encoding.UTF8.GetString(RecipeJson.Write(Read(json))));
    }

    [Theory]
    [InlineData("""{"wieghts": {}}""", "$.wieghts (line 1)", "Did you mean \"weights\"?")]
    [InlineData("{\n\"weights\": {\"encoding\": \"int5\"}}", "$.weights.encoding (line 2): found \"int5\"; allowed: \"int8\", \"int4\", \"codebook\", \"float\"", "Did you mean")]
    [InlineData("""{"weights": {"perChannel": 1}}""", "$.weights.perChannel", "true or false")]
    [InlineData("""{"weights": {"encoding": "codebook", "indexBits": 9}}""", "found 9", "a whole number from 2 to 8")]
    [InlineData("""{"weights": []}""", "found an array", "an object")]
    [InlineData("""{"weights": {"symmetric": false, "encoding": "codebook"}}""", "codebook weights with zero points", "zero points with int8 or int4 weights")]
    [InlineData("""{"weights": {"encoding": "int8", "indexBits": 4}}""", "indexBits", "\"codebook\" weights")]
    [InlineData("""{"calibration": {"percentile": 50}}""", "found 50", "above 50")]
    [InlineData("""{"calibration": {"momentum": 1}}""", "found 1", "below 1")]
    [InlineData("""{"rules": [{"kind": "Add"}]}""", "$.rules[0]", "changes nothing")]
    [InlineData("""{"rules": [{"from": 3, "to": 2, "weights": {"encoding": "int4"}}]}""", "from 3 to 2", "")]
    [InlineData("""{"rules": {}}""", "$.rules", "an array")]
    [InlineData("""{"tensors": [{"name": "x"}]}""", "$.tensors[0]", "\"range\" or \"calibration\"")]
    [InlineData("""{"tensors": [{"name": "x", "range": [1, -1]}]}""", "[1, -1]", "the smaller one first")]
    [InlineData("""{"tensors": [{"name": "x", "range": [0, 1e40]}]}""", "[0, 1e40]", "finite")]
    [InlineData("""{"repair": "atuo"}""", "found \"atuo\"", "Did you mean \"auto\"?")]
    [InlineData("""{"repair": ["equalisation"]}""", "$.repair[0]", "Did you mean \"equalization\"?")]
    [InlineData("""{"weights": {}, "weights": {}}""", "a second time", "each member once")]
    [InlineData("""{"weights": {}""", "line 1", "no JSON")]
    [InlineData("""{} {}""", "line 1", "no JSON")]
    [InlineData("", "line 1", "no JSON")]
    [InlineData("[1]", "$ (line 1)", "an object")]
    public void What_cannot_be_is_said_with_its_place(string json, string part, string other)
    {
        string message = Assert.Throws<RecipeException>(() => Read(json)).Message;

        Assert.StartsWith("r.json: ", message, StringComparison.Ordinal);
        Assert.Contains(part, message, StringComparison.Ordinal);
        Assert.Contains(other, message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_that_is_wrong_is_said_at_once()
    {
        RecipeException exception = Assert.Throws<RecipeException>(() => Read("""{"a": 1, "weights": {"encoding": 3, "b": 2}, "repair": 4}"""));

        Assert.Equal(4, exception.Problems.Count);
    }

    [Fact]
    public void Damaged_text_is_refused_and_nothing_else_happens()
    {
        byte[] json = Encoding.UTF8.GetBytes("""{"weights": {"encoding": "int4"}, "rules": [{"name": "x\u00e9", "from": 1, "weights": {"perChannel": false}}], "repair": ["biasCorrection"]}""");
        Random random = new(5);
        for (int i = 0; i < 2000; i++)
        {
            byte[] damaged = [.. json];
            damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            damaged = damaged[..random.Next(damaged.Length / 2, damaged.Length + 1)];
            Exception? exception = Record.Exception(() => RecipeJson.Read(damaged, "r.json"));
            Assert.True(exception is null or RecipeException, exception?.ToString());
        }
    }

    private static Recipe Read(string json)
    {
        return RecipeJson.Read(Encoding.UTF8.GetBytes(json), "r.json");
    }
}
