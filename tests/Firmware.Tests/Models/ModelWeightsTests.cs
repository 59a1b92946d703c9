using EdgeQuant.Firmware.Models;
using EdgeQuant.Runtime;
using Xunit;

namespace EdgeQuant.Firmware.Tests.Models;

/// <summary>Weights are kept as the device says; the model decides the same.</summary>
public sealed class ModelWeightsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _folder.Dispose();
    }

    [Fact]
    public void Compact_weights_hold_nothing_and_decide_the_same()
    {
        string path = _folder.File("model.eqm");
        File.WriteAllBytes(path, TiltModel.File());
        Pipeline fast = Load(path, ModelWeights.Fast);
        Pipeline compact = Load(path, ModelWeights.Compact);

        Assert.True(fast.HeldBytes > 0);
        Assert.Equal(0, compact.HeldBytes);
        Random random = new(3);
        HashSet<string> labels = [];
        for (int frame = 0; frame < 100; frame++)
        {
            int level = random.Next(short.MinValue, short.MaxValue);
            short[] samples = [.. Enumerable.Range(0, TiltModel.FrameSamples * 3).Select(_ => (short)level)];
            fast.Push(samples);
            compact.Push(samples);
            Assert.Equal(fast.Decision, compact.Decision);
            Assert.Equal(fast.Score(0), compact.Score(0));
            labels.Add(fast.Decision.Label < 0 ? "none" : fast.Label(fast.Decision.Label));
        }

        Assert.Equal(3, labels.Count);
    }

    private static Pipeline Load(string path, ModelWeights weights)
    {
        return LoadedModel.Load(path, ModelRequirements.None with { Weights = weights }).Pipeline;
    }
}
