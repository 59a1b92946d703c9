using System.Runtime.InteropServices;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Signal;

/// <summary>
/// The part that front ends of sound begin with: window, Fourier transform, energies, bands of a mel scale, and their roots: amplitudes in counts x
/// 64 / samples of the transform.
/// </summary>
internal sealed class SpectrumGraph
{
    /// <summary>The network so far; its input is a frame (int16, [1, samples]).</summary>
    public NetworkGraph Graph { get; } = new("front end");

    /// <summary>Adds the part.</summary>
    /// <param name="settings">Frames and bands.</param>
    /// <param name="perCount">Units of one count of the samples.</param>
    /// <param name="window">What each sample of a frame is multiplied with.</param>
    /// <param name="windowBits">Fraction bits of the window.</param>
    /// <param name="bank">The bands.</param>
    /// <returns>Their roots (32 unsigned bits, [1, bands]).</returns>
    public Tensor AddRoots(MelSettings settings, double perCount, short[] window, int windowBits, MelFilterBank bank)
    {
        int length = settings.TransformSamples;
        Tensor samples = new("samples", DataType.Int16, [1, window.Length]) { Quantization = Quantization.PerTensor((float)perCount, 0) };
        Graph.Inputs.Add(samples);
        Tensor windowed = Add("windowed", DataType.Int16, window.Length, new SignalWindow(windowBits), samples, Constant("window", window));
        Tensor scaled = new("scaled", DataType.Int16, [1, window.Length]);
        Tensor shift = new("shift", DataType.Int32, [1]);
        Graph.Nodes.Add(new Node(new SignalFftAutoScale(), [windowed], [scaled, shift]));
        Tensor spectrum = Add("spectrum", DataType.Int16, length + 2, new SignalRfft(length), scaled);
        Tensor energies = Add("energies", DataType.UInt32, (length / 2) + 1, new SignalEnergy(0, (length / 2) + 1), spectrum);
        Tensor[] constants =
        [
            Constant("weights", bank.Weights),
            Constant("counterweights", bank.Counterweights),
            Constant("first bins", bank.FirstBins),
            Constant("first weights", bank.FirstWeights),
            Constant("bins", bank.Bins),
        ];
        Tensor bands = Add("bands", DataType.UInt64, settings.Bands, new SignalFilterBank(), [energies, .. constants]);
        return Add("roots", DataType.UInt32, settings.Bands, new SignalFilterBankSquareRoot(), bands, shift);
    }

    /// <summary>Adds a node.</summary>
    /// <returns>Its output [1, elements].</returns>
    public Tensor Add(string name, DataType type, int elements, Operation operation, params Tensor[] inputs)
    {
        Tensor output = new(name, type, [1, elements]);
        Graph.Nodes.Add(new Node(operation, inputs, [output]));
        return output;
    }

    /// <summary>A constant of 16 bits.</summary>
    public static Tensor Constant(string name, short[] values)
    {
        return new Tensor(name, DataType.Int16, [values.Length]) { Data = MemoryMarshal.AsBytes(values.AsSpan()).ToArray() };
    }

    /// <summary>Packs the network.</summary>
    /// <param name="features">Its output.</param>
    public byte[] Pack(Tensor features)
    {
        Graph.Outputs.Add(features);
        return GraphConverter.Convert(Graph, [], "front end", new ConversionOptions()).File;
    }
}
