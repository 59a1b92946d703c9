using EdgeQuant.Converter.Host;

namespace EdgeQuant.Converter.Report;

/// <summary>Runs raw records, one after the other, in the form of the source network: a record is the bytes of all inputs, a result those of all outputs.</summary>
internal sealed class RecordRun
{
    private readonly ModelRunner _runner;
    private readonly byte[] _inputs;
    private readonly int _resetEvery;

    /// <summary>Checks that the inputs are whole records.</summary>
    /// <param name="runner">The loaded model.</param>
    /// <param name="inputs">Records, one after the other.</param>
    /// <param name="resetEvery">The state is reset before the records 0, n, 2n and so on; 0 to reset it before record 0 only.</param>
    /// <exception cref="InvalidDataException">There is no record, or a part of one.</exception>
    public RecordRun(ModelRunner runner, byte[] inputs, int resetEvery)
    {
        _runner = runner;
        _inputs = inputs;
        _resetEvery = resetEvery;
        Records = Count(inputs, runner.InputBytes, "inputs", runner.Inputs);
    }

    public int Records { get; }

    /// <summary>Runs all records.</summary>
    /// <param name="each">Called with each record's number and result, which is valid until it returns.</param>
    /// <param name="cancellation">Ends the run between two records.</param>
    public void Run(Action<int, byte[]> each, CancellationToken cancellation)
    {
        byte[] result = new byte[_runner.OutputBytes];
        _runner.Reset();
        for (int record = 0; record < Records; record++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (_resetEvery > 0 && record % _resetEvery == 0)
            {
                _runner.Reset();
            }

            _runner.Run(_inputs.AsSpan(record * _runner.InputBytes, _runner.InputBytes), result);
            each(record, result);
        }
    }

    /// <summary>Runs all records.</summary>
    /// <param name="cancellation">Ends the run between two records.</param>
    /// <returns>The results, one after the other.</returns>
    /// <exception cref="InvalidDataException">The results together do not fit into an array.</exception>
    public byte[] Run(CancellationToken cancellation)
    {
        long bytes = (long)Records * _runner.OutputBytes;
        if (bytes > Array.MaxLength)
        {
            throw new InvalidDataException($"The outputs of {Records} records take {bytes} bytes; at most {Array.MaxLength} can be held. Run fewer records at a time.");
        }

        byte[] results = new byte[bytes];
        Run((record, result) => result.CopyTo(results, record * result.Length), cancellation);
        return results;
    }

    /// <summary>The number of whole records in a file's bytes.</summary>
    /// <exception cref="InvalidDataException">There is no record, or a part of one.</exception>
    internal static int Count(byte[] bytes, int recordBytes, string what, IReadOnlyList<HostTensor> tensors)
    {
        if (recordBytes == 0)
        {
            throw new InvalidDataException($"The model has no {what}, so there are no records of them.");
        }

        if (bytes.Length == 0 || bytes.Length % recordBytes != 0)
        {
            string parts = string.Join(", ", tensors.Select(tensor => $"{Describe(tensor)} {tensor.ByteLength} bytes"));
            throw new InvalidDataException($"The {what} have {bytes.Length} bytes, which is no whole number of records: a record has {recordBytes} bytes ({parts}).");
        }

        return bytes.Length / recordBytes;
    }

    /// <summary>Name, if it has one, type and shape.</summary>
    internal static string Describe(HostTensor tensor)
    {
        string typeAndShape = $"{tensor.Type.ToString().ToLowerInvariant()}[{string.Join(',', tensor.Shape)}]";
        return tensor.Name is null ? typeAndShape : $"'{tensor.Name}' {typeAndShape}";
    }
}
