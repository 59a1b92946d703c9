using EdgeQuant.Runtime;
using EdgeQuant.Runtime.Kernels;

namespace EdgeQuant.Benchmarks;

/// <summary>Loads a network: checks its file, allocates, and lays out its weights as the kernels want them.</summary>
/// <param name="file">The <c>.eqm</c> file.</param>
/// <param name="kernels">The kernels to load it with.</param>
internal sealed class LoadContestant(byte[] file, KernelSet kernels) : ManagedContestant
{
    protected override void Repeat(int times)
    {
        for (int time = 0; time < times; time++)
        {
            Network.Load(file, kernels);
        }
    }
}
