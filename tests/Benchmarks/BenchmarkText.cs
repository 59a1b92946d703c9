using System.Globalization;
using EdgeQuant.Tool.Output;
using Spectre.Console;

namespace EdgeQuant.Benchmarks;

/// <summary>The benchmark's figures as text.</summary>
internal static class BenchmarkText
{
    /// <summary>Prints the figures.</summary>
    /// <param name="console">Where to print.</param>
    /// <param name="document">What was measured.</param>
    /// <param name="operators">True to list each network's operators too.</param>
    public static void Print(ToolConsole console, BenchmarkDocument document, bool operators)
    {
        Machine(console, document);
        console.Line();
        Speed(console, document);
        console.Line();
        Start(console, document);
        foreach (NetworkFigures network in operators ? document.Networks : [])
        {
            foreach (KernelSetFigures set in network.Sets)
            {
                console.Line();
                console.Line($"{network.Name}, {set.Kernels}");
                Operators(console, set);
            }
        }
    }

    /// <summary>Prints what operators alone take: 10^9 multiplications a second, at the minimum of their durations.</summary>
    public static void Print(ToolConsole console, OperatorDocument document)
    {
        Facts facts = new();
        Machine(facts, document.Machine);
        facts.Add("measured", "in turn, " + document.Machine.ThreadsAndCores());
        facts.Print(console);
        console.Line();
        Table table = ListTable.Create().Name("operator").Number("MACs");
        foreach (OperatorRate set in document.Operators[0].Sets)
        {
            table.Number(set.Kernels);
        }

        foreach (OperatorRates op in document.Operators)
        {
            table.Row([op.Name, Units.Count(op.Macs), .. op.Sets.Select(set => Units.Rate(set.MacsPerSecond))]);
        }

        console.Write(table);
    }

    private static void Machine(Facts facts, MachineFigures machine)
    {
        facts.Add("processor", $"{machine.Processor}; {string.Join(", ", machine.Features)}");
        facts.Add("system", machine.System);
    }

    private static void Machine(ToolConsole console, BenchmarkDocument document)
    {
        MachineFigures machine = document.Machine;
        Facts facts = new();
        Machine(facts, machine);
        facts.Add("compared", $"EdgeQuant {machine.EdgeQuant}" + (machine.Peer is null ? "" : $", {machine.Peer}") + ": in turn, " + machine.ThreadsAndCores());
        foreach (KernelSetFigures set in document.Networks[0].Sets)
        {
            facts.Add("peak", $"{set.Kernels}: {Units.Rate(set.Peak.MacsPerSecond)} MACs/s ({set.Peak.Instruction}; measured)");
        }

        if (machine.Peer is not null)
        {
            facts.Add("ratios", "ONNX Runtime's time without what a call of an empty network takes, by EdgeQuant's: above 1 EdgeQuant is faster");
        }

        foreach (MeanFigures mean in document.GeometricMeans)
        {
            facts.Add("mean", $"{mean.Kernels}: geometric mean over {mean.Networks} networks {Units.Significant(mean.Ratio.OfMedians)} (medians), {Units.Significant(mean.Ratio.OfMinima)} (minima)");
        }

        facts.Add("tool's start", string.Join("; ", document.Tool.Select(start => $"edgequant {start.Command}: median {Units.Duration(start.Nanoseconds.Median)}, minimum {Units.Duration(start.Nanoseconds.Minimum)}")));
        facts.Print(console);
    }

    private static void Speed(ToolConsole console, BenchmarkDocument document)
    {
        Table table = ListTable.Create().Name("network").Name("kernels").Number("MACs").Number("median").Number("minimum").Number("MACs/s").Number("of peak")
            .Number("ORT median").Number("minimum").Number("call").Number("ratio").Number("of minima").Text("ORT runs");
        foreach (NetworkFigures network in document.Networks)
        {
            foreach (KernelSetFigures set in network.Sets)
            {
                PeerFigures? peer = network.Peer;
                table.Row(
                    network.Name,
                    set.Kernels,
                    Units.Count(network.Macs),
                    Units.Duration(set.Nanoseconds.Median),
                    Units.Duration(set.Nanoseconds.Minimum),
                    Units.Rate(set.MacsPerSecond),
                    Units.Percent(set.ShareOfPeak),
                    peer is null ? "" : Units.Duration(peer.Median),
                    peer is null ? "" : Units.Duration(peer.Minimum),
                    peer is null ? "" : Units.Duration(peer.Call.Median),
                    set.Ratio is null ? "" : Units.Significant(set.Ratio.OfMedians),
                    set.Ratio is null ? "" : Units.Significant(set.Ratio.OfMinima),
                    peer?.Source ?? "");
            }
        }

        console.Write(table);
        foreach (NetworkFigures network in document.Networks.Where(network => network.NoPeer is not null))
        {
            console.Line($"{network.Name}: not in ONNX Runtime. {network.NoPeer}");
        }
    }

    private static void Start(ToolConsole console, BenchmarkDocument document)
    {
        Table table = ListTable.Create().Name("network").Name("kernels").Number("file").Number("load").Number("minimum").Number("first load").Number("first inference").Number("process");
        foreach (NetworkFigures network in document.Networks)
        {
            foreach (KernelSetFigures set in network.Sets)
            {
                table.Row(
                    network.Name,
                    set.Kernels,
                    Units.Bytes(network.FileBytes),
                    Units.Duration(set.Load.Median),
                    Units.Duration(set.Load.Minimum),
                    Units.Duration(set.First.Load),
                    Units.Duration(set.First.Inference),
                    Units.Duration(set.First.Process));
            }
        }

        console.Write(table);
    }

    private static void Operators(ToolConsole console, KernelSetFigures set)
    {
        Table table = ListTable.Create().Number("#").Name("operator").Name("output").Number("MACs").Number("median").Number("minimum").Number("part").Number("MACs/s").Number("of peak");
        foreach (OperatorFigures op in set.Operators)
        {
            table.Row(
                op.Index.ToString(CultureInfo.InvariantCulture),
                op.Kind,
                Units.Shape(op.Output),
                op.Macs == 0 ? "" : Units.Count(op.Macs),
                Units.Duration(op.Nanoseconds.Median),
                Units.Duration(op.Nanoseconds.Minimum),
                Units.Percent(op.Share),
                op.Macs == 0 ? "" : Units.Rate(op.MacsPerSecond),
                op.Macs == 0 ? "" : Units.Percent(op.ShareOfPeak));
        }

        console.Write(table);
    }
}
