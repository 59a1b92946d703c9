using System.Runtime.InteropServices;
using EdgeQuant.Runtime;
using EdgeQuant.Runtime.Kernels;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Converter.Host;

/// <summary>
/// Runs a model file in the form of its source: records are the raw bytes of all the source's inputs, one after the other, and results those
/// of all its outputs (float32 where the source has float32). A file without a model card runs in the device's own form.
/// </summary>
internal sealed class ModelRunner
{
    private readonly HostExecutor _host;
    private readonly ModelCard _card;

    private ModelRunner(Network network, ModelCard? card)
    {
        Network = network;
        Card = card;
        _card = card ?? DeviceCard.Of(network);
        DeviceCard.Check(_card, network);
        _host = new HostExecutor(_card.Tensors);
        InputBytes = _card.Inputs.Sum(tensor => _card.Tensors[tensor].ByteLength);
        OutputBytes = _card.Outputs.Sum(tensor => _card.Tensors[tensor].ByteLength);
    }

    /// <summary>The device's part: what remains when the host's is taken away.</summary>
    public Network Network { get; }

    /// <summary>The file's model card; null if it has none.</summary>
    public ModelCard? Card { get; }

    /// <summary>The source's inputs, in the order in which they stand in a record.</summary>
    public IReadOnlyList<HostTensor> Inputs => [.. _card.Inputs.Select(tensor => _card.Tensors[tensor])];

    /// <summary>The source's outputs, in the order in which they stand in a result.</summary>
    public IReadOnlyList<HostTensor> Outputs => [.. _card.Outputs.Select(tensor => _card.Tensors[tensor])];

    /// <summary>Bytes of a record.</summary>
    public int InputBytes { get; }

    /// <summary>Bytes of a result.</summary>
    public int OutputBytes { get; }

    /// <summary>Loads a model file with the best kernels for this machine.</summary>
    /// <exception cref="ModelFormatException">The file or its model card is damaged.</exception>
    public static ModelRunner Load(byte[] file)
    {
        return new ModelRunner(Network.Load(file), ReadCard(file));
    }

    /// <summary>Loads a model file with given kernels.</summary>
    /// <exception cref="ModelFormatException">The file or its model card is damaged.</exception>
    public static ModelRunner Load(byte[] file, KernelSet kernels)
    {
        return new ModelRunner(Network.Load(file, kernels), ReadCard(file));
    }

    /// <summary>Reads the model card of a file; null if it has none.</summary>
    /// <exception cref="ModelFormatException">The file or its model card is damaged.</exception>
    public static ModelCard? ReadCard(byte[] file)
    {
        ReadOnlyMemory<byte> card = Network.CardOf(file);
        return card.IsEmpty ? null : ModelCardJson.Read(card.Span);
    }

    /// <summary>Runs a record: inputs, inference, outputs.</summary>
    /// <param name="record"><see cref="InputBytes"/> bytes.</param>
    /// <param name="result">Room for <see cref="OutputBytes"/> bytes.</param>
    public void Run(ReadOnlySpan<byte> record, Span<byte> result)
    {
        SetInputs(record);
        Network.Invoke();
        GetOutputs(result);
    }

    /// <summary>The host's part before the device: computes the device's inputs of a record and writes them.</summary>
    public void SetInputs(ReadOnlySpan<byte> record)
    {
        RequireBytes(record.Length, InputBytes, nameof(record));
        foreach (int tensor in _card.Inputs)
        {
            Span<byte> input = _host[tensor];
            record[..input.Length].CopyTo(input);
            record = record[input.Length..];
        }

        _host.Run(_card.Before);
        for (int i = 0; i < _card.DeviceInputs.Length; i++)
        {
            _host[_card.DeviceInputs[i]].CopyTo(MemoryMarshal.AsBytes(Network.Input(i)));
        }
    }

    /// <summary>The host's part after the device: computes a result of the device's outputs, and of what <see cref="SetInputs"/> was given.</summary>
    public void GetOutputs(Span<byte> result)
    {
        RequireBytes(result.Length, OutputBytes, nameof(result));
        for (int i = 0; i < _card.DeviceOutputs.Length; i++)
        {
            MemoryMarshal.AsBytes(Network.Output(i)).CopyTo(_host[_card.DeviceOutputs[i]]);
        }

        _host.Run(_card.After);
        foreach (int tensor in _card.Outputs)
        {
            Span<byte> output = _host[tensor];
            output.CopyTo(result);
            result = result[output.Length..];
        }
    }

    /// <summary>Puts the network's state back to what it was after loading.</summary>
    public void Reset()
    {
        Network.Reset();
    }

    private static void RequireBytes(int found, int needed, string parameter)
    {
        if (found != needed)
        {
            throw new ArgumentException($"It has {found} bytes; needed are {needed}.", parameter);
        }
    }
}
