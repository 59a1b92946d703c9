using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Host;
using EdgeQuant.Converter.Host.Kernels;

namespace EdgeQuant.Converter.Report;

/// <summary>Runs records and compares every byte of the outputs with what is expected.</summary>
internal sealed class Verification
{
    private readonly IReadOnlyList<HostTensor> _outputs;
    private readonly byte[] _expected;
    private long _differentBytes;
    private long _differentElements;
    private int _differentRecords;
    private double _largest;
    private ElementDifference? _first;

    private Verification(IReadOnlyList<HostTensor> outputs, byte[] expected)
    {
        _outputs = outputs;
        _expected = expected;
    }

    /// <summary>Runs all records.</summary>
    /// <param name="runner">The loaded model.</param>
    /// <param name="inputs">Records of inputs, one after the other.</param>
    /// <param name="expected">The outputs that they must give, one after the other.</param>
    /// <param name="resetEvery">The state is reset before the records 0, n, 2n and so on; 0 to reset it before record 0 only.</param>
    /// <param name="cancellation">Ends the run between two records.</param>
    /// <exception cref="InvalidDataException">Inputs or outputs are no whole records, or of different number.</exception>
    public static VerificationReport Run(ModelRunner runner, byte[] inputs, byte[] expected, int resetEvery, CancellationToken cancellation)
    {
        RecordRun run = new(runner, inputs, resetEvery);
        int results = RecordRun.Count(expected, runner.OutputBytes, "expected outputs", runner.Outputs);
        if (results != run.Records)
        {
            throw new InvalidDataException(
                $"There are {run.Records} records of inputs ({runner.InputBytes} bytes each) and {results} of expected outputs ({runner.OutputBytes} bytes each).");
        }

        Verification verification = new(runner.Outputs, expected);
        run.Run(verification.Compare, cancellation);
        return new VerificationReport(
            run.Records,
            resetEvery,
            expected.Length,
            verification._differentBytes == 0,
            verification._differentRecords,
            verification._differentElements,
            verification._differentBytes,
            verification._largest,
            verification._first);
    }

    private void Compare(int record, byte[] result)
    {
        ReadOnlySpan<byte> found = result;
        ReadOnlySpan<byte> expected = _expected.AsSpan(record * result.Length, result.Length);
        if (found.SequenceEqual(expected))
        {
            return;
        }

        _differentRecords++;
        for (int output = 0; output < _outputs.Count; output++)
        {
            int bytes = _outputs[output].ByteLength;
            Compare(record, output, found[..bytes], expected[..bytes]);
            found = found[bytes..];
            expected = expected[bytes..];
        }
    }

    private void Compare(int record, int output, ReadOnlySpan<byte> found, ReadOnlySpan<byte> expected)
    {
        HostTensor tensor = _outputs[output];
        int size = tensor.Type.Bytes();
        for (int element = 0; element < tensor.ElementCount; element++)
        {
            int differentBytes = 0;
            for (int i = element * size; i < (element + 1) * size; i++)
            {
                differentBytes += found[i] == expected[i] ? 0 : 1;
            }

            if (differentBytes == 0)
            {
                continue;
            }

            double foundValue = Numbers.Read(found, tensor.Type, element);
            double expectedValue = Numbers.Read(expected, tensor.Type, element);
            double difference = Math.Abs(foundValue - expectedValue);
            _largest = Math.Max(_largest, double.IsNaN(difference) ? double.PositiveInfinity : difference);
            _differentBytes += differentBytes;
            _differentElements++;
            _first ??= new ElementDifference(record, output, RecordRun.Describe(tensor), element, Coordinates(tensor.Shape, element), foundValue, expectedValue);
        }
    }

    private static int[] Coordinates(int[] shape, int element)
    {
        int[] coordinates = new int[shape.Length];
        for (int axis = shape.Length - 1; axis >= 0; axis--)
        {
            coordinates[axis] = element % shape[axis];
            element /= shape[axis];
        }

        return coordinates;
    }
}
