using EdgeQuant.Runtime.Memory;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>
/// Sums of energies over overlapping bands: the bins between two bands' centres go to the one with their weights and to the other with their
/// counterweights.
/// </summary>
/// <remarks>
/// Inputs: energies (int32, of which all bits are the number); constants of int16: weights, counterweights (as many), and for each band and
/// one more: first bin, first weight, bins. Output: int32, two for each band: the low and the high half of a 64-bit sum. Group g of bins
/// counts with its weights towards band g - 1, with its counterweights towards band g; group 0 has no band for its weights.
/// </remarks>
internal sealed class SignalFilterBank : Operator
{
    private readonly TensorData _input;
    private readonly Int16ParameterData _weights;
    private readonly Int16ParameterData _counterweights;
    private readonly Int16ParameterData _firstBins;
    private readonly Int16ParameterData _firstWeights;
    private readonly Int16ParameterData _bins;
    private readonly TensorData _output;
    private readonly int _bands;

    internal SignalFilterBank(OperatorReader reader)
    {
        reader.RequireOperands(6, 1, 0);
        TensorInfo input = reader.Input(0);
        TensorInfo output = reader.Output(0);
        reader.RequireType(input, ElementType.Int32);
        reader.RequireType(output, ElementType.Int32);
        reader.Require(output.ElementCount % 2 == 0, "its output has an odd number of elements; needed are two for each band.");
        _bands = output.ElementCount / 2;
        int weights = reader.Input(1).ElementCount;
        _weights = reader.Int16Parameters(reader.Input(1), weights);
        _counterweights = reader.Int16Parameters(reader.Input(2), weights);
        _firstBins = reader.Int16Parameters(reader.Input(3), _bands + 1);
        _firstWeights = reader.Int16Parameters(reader.Input(4), _bands + 1);
        _bins = reader.Int16Parameters(reader.Input(5), _bands + 1);
        for (int i = 0; i <= _bands; i++)
        {
            int bins = _bins.Vector[i];
            RequireRange(reader, "bins", i, _firstBins.Vector[i], bins, input.ElementCount);
            RequireRange(reader, "weights", i, _firstWeights.Vector[i], bins, weights);
        }

        _input = reader.Data(input);
        _output = reader.Data(output);
    }

    internal override void Run()
    {
        ReadOnlyInt32Vector input = _input.Int32();
        Int32Vector output = _output.Int32();
        Int16Parameters weights = _weights.Vector;
        Int16Parameters counterweights = _counterweights.Vector;
        long next = 0;
        for (int group = 0; group <= _bands; group++)
        {
            long sum = next;
            next = 0;
            int bin = _firstBins.Vector[group];
            int weight = _firstWeights.Vector[group];
            for (int end = bin + _bins.Vector[group]; bin < end; bin++, weight++)
            {
                long energy = (uint)input[bin];
                sum += weights[weight] * energy;
                next += counterweights[weight] * energy;
            }

            if (group > 0)
            {
                output[(2 * group) - 2] = (int)sum;
                output[(2 * group) - 1] = (int)(sum >> 32);
            }
        }
    }

    private static void RequireRange(OperatorReader reader, string what, int group, int first, int count, int length)
    {
        if (first < 0 || count < 0 || first + count > length)
        {
            throw reader.Error("group " + group.ToString() + " has " + count.ToString() + " " + what + " from " + first.ToString() + "; there are " + length.ToString() + ".");
        }
    }
}
