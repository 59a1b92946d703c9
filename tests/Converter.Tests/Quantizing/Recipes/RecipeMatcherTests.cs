using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Quantizing.Recipes;
using Xunit;

namespace EdgeQuant.Converter.Tests.Quantizing.Recipes;

/// <summary>Which operators a recipe's rules are for.</summary>
public sealed class RecipeMatcherTests
{
    private static readonly NetworkGraph s_graph = Graph();

    [Theory]
    [InlineData("*", null, null, null, "first second third")]
    [InlineData("s*", null, null, null, "second")]
    [InlineData("*ir*", null, null, null, "first third")]
    [InlineData("S*", null, null, null, "")]
    [InlineData(null, "relu", null, null, "first third")]
    [InlineData("third", "Relu", null, null, "third")]
    [InlineData(null, null, 0, null, "first")]
    [InlineData(null, null, -1, null, "third")]
    [InlineData(null, null, 1, -1, "second third")]
    [InlineData(null, null, null, 1, "first second")]
    [InlineData(null, "Relu", 1, 2, "third")]
    [InlineData("t?ird", null, null, null, "third")]
    public void A_rule_matches_by_name_kind_and_position(string? name, string? kind, int? from, int? to, string expected)
    {
        RecipeRule rule = Rule(WeightEncoding.Int4, name, kind, from, to);

        IEnumerable<string> matched = s_graph.Nodes.Where((node, i) => RecipeMatcher.Matches(rule, node, i, s_graph.Nodes.Count)).Select(node => node.Output().Name);

        Assert.Equal(expected, string.Join(' ', matched));
    }

    [Fact]
    public void Later_rules_win()
    {
        Recipe recipe = new() { Rules = [Rule(WeightEncoding.Int4, "*", null, null, null), Rule(WeightEncoding.Codebook, "second", null, null, null)] };

        IReadOnlyDictionary<Node, OperatorScheme> schemes = RecipeMatcher.Schemes(s_graph, recipe);

        Assert.Equal([WeightEncoding.Int4, WeightEncoding.Codebook, WeightEncoding.Int4], s_graph.Nodes.Select(node => schemes[node].Weights.Encoding));
    }

    [Fact]
    public void Rules_that_match_nothing_are_said_with_what_there_is()
    {
        Recipe recipe = new()
        {
            Rules = [Rule(WeightEncoding.Int4, null, "Rleu", null, null), Rule(WeightEncoding.Int4, "secnd", null, null, null), Rule(WeightEncoding.Int4, null, null, 7, null)],
            Tensors = [new TensorRule("inptu") { Range = (0, 1) }],
        };

        RecipeException exception = Assert.Throws<RecipeException>(() => RecipeMatcher.Schemes(s_graph, recipe));

        Assert.Equal(4, exception.Problems.Count);
        Assert.Contains("kinds Relu, Tanh. Did you mean \"Relu\"?", exception.Problems[0].ToString(), StringComparison.Ordinal);
        Assert.Contains("names first, second, third. Did you mean \"second\"?", exception.Problems[1].ToString(), StringComparison.Ordinal);
        Assert.Contains("positions 0 to 2", exception.Problems[2].ToString(), StringComparison.Ordinal);
        Assert.Contains("Did you mean \"input\"?", exception.Problems[3].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_rules_make_impossible_together_is_said_with_the_operators()
    {
        Recipe recipe = new()
        {
            Operators = OperatorScheme.Default with { Weights = new WeightScheme(PerChannel: false, Symmetric: false) },
            Rules = [Rule(WeightEncoding.Codebook, null, "Tanh", null, null)],
        };

        RecipeException exception = Assert.Throws<RecipeException>(() => RecipeMatcher.Schemes(s_graph, recipe));

        Assert.Contains("Tanh 'second'", exception.Problems.Single().Place, StringComparison.Ordinal);
    }

    private static RecipeRule Rule(WeightEncoding encoding, string? name, string? kind, int? from, int? to)
    {
        return new RecipeRule(new SchemeChange { WeightEncoding = encoding }) { Name = name, Kind = kind, From = from, To = to };
    }

    private static NetworkGraph Graph()
    {
        NetworkGraph graph = new("three");
        Tensor input = new("input", DataType.Float32, [1]);
        graph.Inputs.Add(input);
        foreach ((string name, UnaryFunction function) in new[] { ("first", UnaryFunction.Relu), ("second", UnaryFunction.Tanh), ("third", UnaryFunction.Relu) })
        {
            Tensor output = new(name, DataType.Float32, [1]);
            graph.Nodes.Add(new Node(new Unary(function), [input], [output]));
            input = output;
        }

        graph.Outputs.Add(input);
        return graph;
    }
}
