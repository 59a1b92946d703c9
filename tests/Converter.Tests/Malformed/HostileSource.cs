using System.Diagnostics;
using EdgeQuant.Converter.Data;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Checks;
using EdgeQuant.Converter.Import;
using EdgeQuant.Converter.Import.Onnx;
using EdgeQuant.Converter.Import.TensorFlowLite;
using EdgeQuant.Converter.Quantizing;
using EdgeQuant.Converter.Quantizing.Recipes;
using EdgeQuant.Runtime;
using Xunit;

namespace EdgeQuant.Converter.Tests.Malformed;

/// <summary>A TensorFlow Lite file that may say anything, and the verdict on how the converter takes it.</summary>
internal static class HostileSource
{
    private const int LongestMessage = 1 << 20;
    private const long FixedAllocation = 256 << 20;
    private const long AllocationForByte = 400;
    private const long AllocationForNeeded = 16;

    /// <summary>Far above what a small network takes, far below a hang; other processes may take the CPU for a while.</summary>
    private static readonly TimeSpan s_timeLimit = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Converts the file: it must be refused by one of the two exception types, with reasons, or give a file that loads, runs and passes its own
    /// test; all within bounds of time and memory.
    /// </summary>
    /// <param name="file">The file.</param>
    /// <param name="how">How the file was made, for the message of a failed test.</param>
    public static Verdict Convert(ReadOnlyMemory<byte> file, Func<string> how)
    {
        return Convert(file, how, source => ModelConverter.Convert(source, new ConversionOptions()));
    }

    /// <summary>
    /// Quantizes and converts the file of a float network, with samples that are drawn for the inputs that it says it has. It may also be refused
    /// because its numbers go beyond what is finite.
    /// </summary>
    /// <param name="file">The file.</param>
    /// <param name="recipe">How it is quantized.</param>
    /// <param name="how">How the file was made, for the message of a failed test.</param>
    public static Verdict Quantize(ReadOnlyMemory<byte> file, Recipe recipe, Func<string> how)
    {
        return Convert(file, how, source =>
        {
            ImportedNetwork network = NetworkFile.Import(source);
            GraphCheck.Run(network.Graph);
            return network.Graph.Refusals.Count > 0
                ? throw new UnsupportedNetworkException([.. network.Graph.Refusals])
                : ModelConverter.Convert(network, source, new ConversionOptions { Quantization = new QuantizationOptions { Recipe = recipe, Samples = Samples(network.Graph) } });
        });
    }

    private static SampleSet Samples(NetworkGraph graph)
    {
        const int Records = 8;
        Random random = new(3);
        return new SampleSet(
            [.. Enumerable.Range(0, Records).Select(_ => graph.Inputs.Select(input => Enumerable.Range(0, input.ElementCount).Select(_ => (2 * random.NextSingle()) - 1).ToArray()).ToArray())],
            "samples");
    }

    private static Verdict Convert(ReadOnlyMemory<byte> file, Func<string> how, Func<ReadOnlyMemory<byte>, ConversionResult> convert)
    {
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        long started = Stopwatch.GetTimestamp();
        long needed = 0;
        Verdict verdict;
        try
        {
            ConversionResult result = convert(file);
            needed = result.Plan.Bytes + result.Network.StateBytes + result.File.Length + result.Card.Tensors.Sum(tensor => (long)tensor.ByteLength);
            Network network = Network.Load(result.File);
            network.Invoke();
            network.Reset();
            Assert.Equal(-1, network.SelfTest());
            verdict = Verdict.Converted;
        }
        catch (Exception exception) when (exception is UnknownFormatException or TfliteFormatException or OnnxFormatException)
        {
            Assert.InRange(exception.Message.Length, 1, LongestMessage);
            verdict = Verdict.Malformed;
        }
        catch (UnsupportedNetworkException exception)
        {
            Assert.NotEmpty(exception.Refusals);
            Assert.InRange(exception.Message.Length, 1, LongestMessage);
            Assert.All(exception.Refusals, refusal => Assert.True(refusal.Place.Length > 0 && refusal.Reason.Length > 0 && refusal.Help.Length > 0));
            verdict = Verdict.Unsupported;
        }
        catch (Exception exception) when (exception is DataException or RecipeException or SamplesNeededException)
        {
            Assert.InRange(exception.Message.Length, 1, LongestMessage);
            verdict = Verdict.Unsupported;
        }
        catch (Exception exception)
        {
            throw new Xunit.Sdk.XunitException($"{how()}: {exception}", exception);
        }

        TimeSpan elapsed = Stopwatch.GetElapsedTime(started);
        Assert.True(elapsed <= s_timeLimit, $"{how()}: took {elapsed}");
        long bytes = GC.GetAllocatedBytesForCurrentThread() - allocated;
        Assert.True(bytes <= FixedAllocation + (AllocationForByte * file.Length) + (AllocationForNeeded * needed), $"{how()}: {bytes} bytes were allocated");
        return verdict;
    }
}
