using EdgeQuant.Runtime;
using EdgeQuant.Runtime.Kernels;

namespace EdgeQuant.Benchmarks;

/// <summary>Inferences of a network in EdgeQuant, as a program pays for them: inputs are written, then the network runs.</summary>
internal sealed class EdgeQuantContestant : ManagedContestant
{
    private const uint Seed = 1;

    private readonly Network _network;
    private readonly sbyte[][] _inputs;

    /// <param name="file">The <c>.eqm</c> file.</param>
    /// <param name="kernels">The kernels to run it with.</param>
    public EdgeQuantContestant(byte[] file, KernelSet kernels)
    {
        _network = Network.Load(file, kernels);
        _inputs = new sbyte[_network.InputCount][];
        uint seed = Seed;
        for (int i = 0; i < _inputs.Length; i++)
        {
            _inputs[i] = new sbyte[_network.Input(i).Length];
            seed = SelfTestInputs.Fill(_inputs[i], _network.DescribeInput(i).Type, seed);
        }
    }

    protected override void Repeat(int times)
    {
        for (int time = 0; time < times; time++)
        {
            for (int i = 0; i < _inputs.Length; i++)
            {
                _inputs[i].CopyTo(_network.Input(i));
            }

            _network.Invoke();
        }
    }
}
