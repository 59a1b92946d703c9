using EdgeQuant.Converter.Data;
using EdgeQuant.Converter.Execute;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Quantizing.Calibration;
using EdgeQuant.Converter.Quantizing.Recipes;

namespace EdgeQuant.Converter.Tests.Quantizing;

/// <summary>The smallest and largest values that tensors take on samples, whatever the method.</summary>
internal sealed class SampledRanges : ITensorRanges
{
    private readonly Dictionary<Tensor, TensorRange> _ranges = [];

    private SampledRanges()
    {
    }

    public static SampledRanges Of(NetworkGraph graph, SampleSet samples)
    {
        SampledRanges ranges = new();
        Tensor[] tensors = [.. graph.Nodes.SelectMany(node => node.Inputs.OfType<Tensor>().Concat(node.Outputs)).Concat(graph.Inputs).Where(tensor => !tensor.IsConstant).Distinct()];
        FloatExecutor.Of(graph).RunAll(samples, (_, workspace) =>
        {
            foreach (Tensor tensor in tensors)
            {
                float minimum = float.PositiveInfinity;
                float maximum = float.NegativeInfinity;
                foreach (float value in workspace[tensor])
                {
                    minimum = Math.Min(minimum, value);
                    maximum = Math.Max(maximum, value);
                }

                lock (ranges._ranges)
                {
                    TensorRange known = ranges._ranges.GetValueOrDefault(tensor, new TensorRange(minimum, maximum));
                    ranges._ranges[tensor] = new TensorRange(Math.Min(known.Minimum, minimum), Math.Max(known.Maximum, maximum));
                }
            }
        });
        return ranges;
    }

    public TensorRange RangeOf(Tensor tensor, CalibrationScheme calibration, int levels, bool symmetric)
    {
        return _ranges[tensor];
    }
}
