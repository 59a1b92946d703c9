using System.Text;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Quantizing.Recipes;
using EdgeQuant.Converter.Tests.Evaluate;
using Xunit;

namespace EdgeQuant.Converter.Tests.Quantizing.Recipes;

/// <summary>Damaged recipes end in the one exception, or are read and matched: nothing else happens.</summary>
public sealed class HostileRecipeTests
{
    private const int Mutations = 20_000;

    private const string Original = """
        {
          "weights": { "encoding": "int4", "perChannel": true, "symmetric": true, "powerOfTwo": false },
          "activations": { "type": "int8", "symmetric": false },
          "calibration": { "method": "percentile", "percentile": 99.9 },
          "rules": [
            { "from": 0, "to": -2, "weights": { "encoding": "codebook", "indexBits": 4, "codebookMethod": "linear" } },
            { "kind": "FullyConnected", "calibration": { "method": "movingAverage", "momentum": 0.5 } },
            { "name": "layer ?", "activations": { "type": "int16" } }
          ],
          "tensors": [{ "name": "x*", "range": [-1, 1] }, { "name": "layer 0", "calibration": { "method": "entropy" } }],
          "repair": ["equalization", "biasCorrection"]
        }
        """;

    private static readonly string[] s_pieces =
    [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "null", "true", "-1", "0", "1e400", "-0", "99999999999999999999", "1.5", "\"int8\"", "\"float\"", "\"auto\"", "\"*\"", "\"?\"", "\"\\\"",
        "\"\\ud800\"", "\uFEFF", "//", "\"from\": 2147483647,", "\"to\": -2147483648,", "\"rules\": [],",
    ];

    [Fact]
    public void Recipes_with_pieces_changed_cut_or_added()
    {
        NetworkGraph graph = SmallNetworks.Layers(1, 4, 5, 6, 3);
        byte[] original = Encoding.UTF8.GetBytes(Original);
        Assert.NotEmpty(RecipeMatcher.Schemes(graph, RecipeJson.Read(original, "recipe")));
        int read = 0;
        for (int seed = 0; seed < Mutations; seed++)
        {
            byte[] recipe = Damage(original, new Random(seed));
            try
            {
                RecipeMatcher.Schemes(graph, RecipeJson.Read(recipe, "recipe"));
                read++;
            }
            catch (RecipeException refused)
            {
                Assert.NotEmpty(refused.Problems);
                Assert.All(refused.Problems, problem => Assert.True(problem.Place.Length > 0 && problem.Found.Length > 0 && problem.Allowed.Length > 0));
            }
            catch (Exception exception)
            {
                Assert.Fail($"seed {seed}: {exception}{Environment.NewLine}{Encoding.UTF8.GetString(recipe)}");
            }
        }

        Assert.InRange(read, Mutations / 500, Mutations * 9 / 10);
    }

    private static byte[] Damage(byte[] original, Random random)
    {
        List<byte> bytes = [.. original];
        for (int count = random.Next(1, 4); count > 0; count--)
        {
            int place = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0: bytes[place] = (byte)random.Next(256); break;
                case 1: bytes[place] = (byte)('0' + random.Next(10)); break;
                case 2: bytes.RemoveRange(place, Math.Min(random.Next(1, 20), bytes.Count - place)); break;
                case 3: bytes.InsertRange(place, Encoding.UTF8.GetBytes(s_pieces[random.Next(s_pieces.Length)])); break;
                default: bytes.InsertRange(place, bytes.GetRange(random.Next(place + 1), 1)); break;
            }

            if (bytes.Count == 0)
            {
                break;
            }
        }

        return [.. bytes];
    }
}
