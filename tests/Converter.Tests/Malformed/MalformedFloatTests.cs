using EdgeQuant.Converter.Quantizing.Recipes;
using EdgeQuant.Converter.Tests.Import.Onnx;
using Xunit;

namespace EdgeQuant.Converter.Tests.Malformed;

/// <summary>Float networks, damaged, on their whole way: whatever they say, they are refused or quantized and converted.</summary>
public sealed class MalformedFloatTests
{
    private const int Mutations = 300;

    [Theory]
    [InlineData("{}")]
    [InlineData("""{ "weights": { "encoding": "int4" }, "activations": { "type": "int16" } }""")]
    [InlineData("""{ "weights": { "encoding": "codebook" }, "calibration": { "method": "meanSquaredError" } }""")]
    [InlineData("""{ "activations": { "type": "dynamic" }, "calibration": { "method": "entropy" } }""")]
    [InlineData("""{ "weights": { "powerOfTwo": true }, "repair": "auto" }""")]
    public void Damaged_TensorFlow_Lite_files(string json)
    {
        Recipe recipe = RecipeJson.Read(System.Text.Encoding.UTF8.GetBytes(json), "recipe");
        byte[] original = MadeFloatNetwork.Build().ToFile();
        Assert.Equal(Verdict.Converted, HostileSource.Quantize(original, recipe, () => json));
        SourceMutation mutation = new(original);
        byte[] file = new byte[original.Length];
        int[] verdicts = new int[Enum.GetValues<Verdict>().Length];
        for (int seed = 0; seed < Mutations; seed++)
        {
            mutation.Apply(file, seed);
            int damage = seed;
            verdicts[(int)HostileSource.Quantize(file, recipe, () => $"damaged with seed {damage}, {json}")]++;
        }

        Assert.True(Array.TrueForAll(verdicts, number => number >= Mutations / 50), $"{string.Join(", ", verdicts)} files were malformed, unsupported, converted");
    }

    [Fact]
    public void Damaged_ONNX_files()
    {
        const int Networks = 25;
        const int Variants = 25;
        int[] verdicts = new int[Enum.GetValues<Verdict>().Length];
        for (int seed = 0; seed < Networks; seed++)
        {
            byte[] original = RandomOnnxNetwork.Draw(seed).File();
            for (int variant = 0; variant < Variants; variant++)
            {
                Random random = new((seed * Variants) + variant);
                byte[] file = [.. original];
                for (int count = random.Next(3); count > 0; count--)
                {
                    file[random.Next(file.Length)] ^= (byte)(1 << random.Next(8));
                }

                int network = seed;
                int change = variant;
                verdicts[(int)HostileSource.Quantize(file, Recipe.Default, () => $"network {network}, variant {change}")]++;
            }
        }

        Assert.True(Array.TrueForAll(verdicts, number => number >= Networks * Variants / 50), $"{string.Join(", ", verdicts)} files were malformed, unsupported, converted");
    }
}
