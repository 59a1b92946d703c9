using System.Diagnostics;
using System.Runtime.InteropServices;
using EdgeQuant.Runtime;
using EdgeQuant.Runtime.Kernels;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Converter.Report;

/// <summary>
/// Measures a model on this machine: first warms up until the just-in-time compiler has nothing left to improve, then times whole inferences,
/// then steps through the operators one by one. Inputs are drawn from a fixed seed and written before each inference, outside of the clock.
/// </summary>
internal sealed class Benchmark
{
    private const uint Seed = 1;
    private const int MostAutomaticIterations = 10_000;
    private const int FewestAutomaticIterations = 20;
    private const double AutomaticSeconds = 1;
    private const double RoundSeconds = 0.15;
    private const double LoadSeconds = 0.1;
    private const int MostLoads = 1000;
    private const int FewestRounds = 3;
    private const int MostRounds = 20;

    /// <summary>The just-in-time compiler improves a method after 30 calls, and once more after 30 of the improved one.</summary>
    private const int FewestWarmUps = 80;
    private const double StillFaster = 0.98;

    private readonly byte[] _file;
    private readonly KernelSet _kernels;
    private readonly int _threads;
    private readonly Network _network;
    private readonly sbyte[][] _inputs;
    private readonly PeakReport _peak;
    private readonly CancellationToken _cancellation;
    private readonly long _firstLoad;
    private readonly long _firstInference;

    private Benchmark(byte[] file, KernelSet kernels, int threads, PeakReport peak, CancellationToken cancellation)
    {
        _file = file;
        _kernels = kernels;
        _threads = threads;
        _peak = peak;
        long start = Stopwatch.GetTimestamp();
        _network = Network.Load(file, kernels);
        long loaded = Stopwatch.GetTimestamp();
        _network.Invoke();
        _firstInference = Stopwatch.GetTimestamp() - loaded;
        _firstLoad = loaded - start;
        _inputs = new sbyte[_network.InputCount][];
        _cancellation = cancellation;
        uint seed = Seed;
        for (int i = 0; i < _inputs.Length; i++)
        {
            _inputs[i] = new sbyte[_network.Input(i).Length];
            seed = SelfTestInputs.Fill(_inputs[i], _network.DescribeInput(i).Type, seed);
        }
    }

    /// <summary>Measures a model.</summary>
    /// <param name="file">The <c>.eqm</c> file.</param>
    /// <param name="kernels">The kernels to measure it with.</param>
    /// <param name="threads">The threads that these kernels are for, for the report.</param>
    /// <param name="peak">What this machine can do at most; the rates are shares of it.</param>
    /// <param name="iterations">Inferences to measure; null for as many as fit into a second, at least 20 and at most 10,000.</param>
    /// <param name="cancellation">Ends the measurement between two inferences.</param>
    /// <exception cref="ModelFormatException">The file is one that the runtime refuses.</exception>
    public static BenchmarkReport Run(byte[] file, KernelSet kernels, int threads, PeakReport peak, int? iterations, CancellationToken cancellation)
    {
        return new Benchmark(file, kernels, threads, peak, cancellation).Run(iterations);
    }

    private BenchmarkReport Run(int? asked)
    {
        ModelReport model = ModelInspector.Inspect(_file);
        (int warmUp, double seconds) = WarmUp();
        int iterations = asked ?? (int)Math.Clamp(AutomaticSeconds / seconds, FewestAutomaticIterations, MostAutomaticIterations);
        double overhead = Overhead();
        long[] whole = new long[iterations];
        long allocated = 0;
        for (int i = 0; i < iterations; i++)
        {
            Prepare();
            long allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
            long start = Stopwatch.GetTimestamp();
            _network.Invoke();
            whole[i] = Stopwatch.GetTimestamp() - start;
            allocated += GC.GetAllocatedBytesForCurrentThread() - allocatedBefore;
        }

        Timing timing = Timing.Of(whole, overhead);
        double rate = Rate(model.Macs, timing);
        return new BenchmarkReport(
            _network.KernelsName,
            _threads,
            $"{RuntimeInformation.ProcessArchitecture}, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}",
            warmUp,
            iterations,
            overhead * 1e9 / Stopwatch.Frequency,
            timing,
            model.Macs,
            rate,
            _peak,
            rate / _peak.MacsPerSecond,
            Load(),
            (double)allocated / iterations,
            model.FileBytes,
            model.ArenaBytes,
            model.StateBytes,
            LoadMeasurement.Run(_file, _kernels),
            Operators(model, StepOperators(iterations), overhead));
    }

    private LoadTiming Load()
    {
        List<long> loads = [];
        for (long begin = Stopwatch.GetTimestamp(); loads.Count == 0 || (loads.Count < MostLoads && Stopwatch.GetElapsedTime(begin).TotalSeconds < LoadSeconds);)
        {
            _cancellation.ThrowIfCancellationRequested();
            long start = Stopwatch.GetTimestamp();
            Network.Load(_file, _kernels);
            loads.Add(Stopwatch.GetTimestamp() - start);
        }

        double nanoseconds = 1e9 / Stopwatch.Frequency;
        return new LoadTiming(_firstLoad * nanoseconds, _firstInference * nanoseconds, Timing.Of([.. loads], 0));
    }

    /// <summary>Runs rounds of inferences until the fastest of a round is no longer faster than that of the round before.</summary>
    /// <returns>The inferences, and the seconds of the fastest.</returns>
    private (int Inferences, double Seconds) WarmUp()
    {
        int inferences = 0;
        double before = double.MaxValue;
        for (int round = 1; ; round++)
        {
            double best = double.MaxValue;
            long begin = Stopwatch.GetTimestamp();
            while (best == double.MaxValue || Stopwatch.GetElapsedTime(begin).TotalSeconds < RoundSeconds)
            {
                Prepare();
                long start = Stopwatch.GetTimestamp();
                _network.Invoke();
                best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
                StepOnce(null, 0);
                inferences += 2;
            }

            bool settled = round >= FewestRounds && inferences >= FewestWarmUps && best > before * StillFaster;
            if (settled || round >= MostRounds)
            {
                return (inferences, Math.Max(best, 1e-9));
            }

            before = Math.Min(before, best);
        }
    }

    private long[][] StepOperators(int iterations)
    {
        long[][] ticks = new long[_network.OperatorCount][];
        for (int i = 0; i < ticks.Length; i++)
        {
            ticks[i] = new long[iterations];
        }

        for (int i = 0; i < iterations; i++)
        {
            StepOnce(ticks, i);
        }

        return ticks;
    }

    private void StepOnce(long[][]? ticks, int iteration)
    {
        Prepare();
        for (int op = 0; op < _network.OperatorCount; op++)
        {
            long start = Stopwatch.GetTimestamp();
            _network.InvokeOperator(op);
            long taken = Stopwatch.GetTimestamp() - start;
            if (ticks is not null)
            {
                ticks[op][iteration] = taken;
            }
        }
    }

    private void Prepare()
    {
        _cancellation.ThrowIfCancellationRequested();
        for (int i = 0; i < _inputs.Length; i++)
        {
            _inputs[i].CopyTo(_network.Input(i));
        }
    }

    /// <summary>The median of what two readings of the clock differ by with nothing between them.</summary>
    private static double Overhead()
    {
        long[] ticks = new long[1001];
        for (int i = 0; i < ticks.Length; i++)
        {
            long start = Stopwatch.GetTimestamp();
            ticks[i] = Stopwatch.GetTimestamp() - start;
        }

        Array.Sort(ticks);
        return ticks[ticks.Length / 2];
    }

    private OperatorTiming[] Operators(ModelReport model, long[][] ticks, double overhead)
    {
        Timing[] timings = Array.ConvertAll(ticks, samples => Timing.Of(samples, overhead));
        double sum = timings.Sum(timing => timing.Median);
        return
        [
            .. timings.Select((timing, i) =>
            {
                double rate = Rate(model.Operators[i].Macs, timing);
                return new OperatorTiming(model.Operators[i], timing, sum > 0 ? timing.Median / sum : 0, rate, rate / _peak.MacsPerSecond);
            }),
        ];
    }

    private static double Rate(long macs, Timing timing)
    {
        return timing.Median > 0 ? macs / (timing.Median * 1e-9) : 0;
    }
}
