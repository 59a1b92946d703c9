using System.CommandLine;
using System.CommandLine.Help;
using EdgeQuant.Converter.Report;
using EdgeQuant.Runtime;
using EdgeQuant.Runtime.Kernels;
using EdgeQuant.Tests.Support;
using EdgeQuant.Tool;
using EdgeQuant.Tool.Files;
using EdgeQuant.Tool.Output;
using EdgeQuant.Tool.Verbs;

namespace EdgeQuant.Benchmarks;

/// <summary>The benchmark's command line.</summary>
internal sealed class BenchmarksCommand : Verb
{
    private const int DefaultRounds = 15;

    private readonly Option<string[]> _networks = Listed(
        "--networks", "A,B", $"Networks to measure: names of reference models ({string.Join(", ", BenchmarkedNetwork.Names)}), or files (.tflite, .onnx, .eqm). [default: all reference models]");

    private readonly Option<string[]> _kernels = Listed(
        "--kernels", "A,B", $"Kernel sets to compare: {string.Join(", ", KernelSets.All.Select(set => set.Name))}. [default: the best of this CPU]");

    private readonly Option<int> _rounds = new("--rounds")
    {
        Description = "Rounds in which all run in turn, some 20 ms each.",
        HelpName = "N",
        DefaultValueFactory = _ => DefaultRounds,
    };

    private readonly Option<int?> _threads = new("--threads")
    {
        Description = $"Compute with so many threads each, on as many cores; {MostThreads} at most on this machine. [default: 1]",
        HelpName = "N",
    };

    private readonly Option<bool> _noPeer = new("--no-peer") { Description = "Measure EdgeQuant alone." };

    private readonly Option<bool> _summary = new("--summary") { Description = "Do not list operators." };

    private readonly Option<string?> _html = new("--html") { Description = "Also draw the figures on a page.", HelpName = "OUT.html" };

    private readonly Option<bool> _operators = new("--operators") { Description = "Measure single operators of usual sizes instead of networks." };

    private BenchmarksCommand()
        : base("EdgeQuant.Benchmarks", "Measures EdgeQuant and ONNX Runtime in turn on this machine, with as many threads each.")
    {
        Options.Add(new HelpOption());
        Options.Add(_networks);
        Options.Add(_kernels);
        Options.Add(_rounds);
        _rounds.AcceptWholeNumbers(1);
        Options.Add(_threads);
        _threads.AcceptWholeNumbers(1, MostThreads);
        Options.Add(_noPeer);
        Options.Add(_summary);
        Options.Add(_html);
        Options.Add(_operators);
        AddJsonOption();
    }

    private static int MostThreads => Math.Min(Environment.ProcessorCount, Network.MostThreads);

    /// <summary>Parses the arguments and does what they ask.</summary>
    /// <returns>The exit code, as the tool's.</returns>
    public static int Run(string[] arguments)
    {
        ParseResult parsed = new BenchmarksCommand().Parse(arguments);
        if (parsed.Errors.Count == 0)
        {
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }

        string errors = string.Join(" ", parsed.Errors.Select(error => error.Message));
        new ToolConsole(arguments.Contains(JsonOption)).Fail(new Failure(ExitCode.WrongUsage, $"{errors} See --help.", []));
        return (int)ExitCode.WrongUsage;
    }

    /// <inheritdoc/>
    protected override ExitCode Run(ParseResult arguments, ToolConsole console, CancellationToken cancellation)
    {
        KernelSet[] sets = arguments.GetValue(_kernels) is { Length: > 0 } names ? Array.ConvertAll(names, name => KernelSets.Find(name, _kernels.Name)) : [KernelSets.Best];
        int threads = arguments.GetValue(_threads) ?? 1;
        if (threads > 1 && sets.Contains(KernelSets.Compact))
        {
            throw new ToolException(ExitCode.WrongUsage, $"'{KernelSets.Compact.Name}' computes with one thread; leave it or {_threads.Name} out.");
        }

        bool operators = arguments.GetValue(_operators);
        if (operators && Array.Find<Option>([_networks, _html], option => arguments.GetResult(option) is { Implicit: false }) is { } unsuited)
        {
            throw new ToolException(ExitCode.WrongUsage, $"{_operators.Name} measures no networks and draws no page; leave it or {unsuited.Name} out.");
        }

        // Threads run on the cores of who starts them.
        IReadOnlyList<int> cores = Affinity.Pin(threads);
        sets = Array.ConvertAll(sets, set => KernelSets.OnThreads(set, threads));
        if (operators)
        {
            MeasureOperators(sets, MachineFigures.Here(peer: null, threads, cores), arguments.GetValue(_rounds), console, cancellation);
            return ExitCode.Done;
        }

        BenchmarkedNetwork[] networks = [.. (arguments.GetValue(_networks) is { Length: > 0 } asked ? asked : BenchmarkedNetwork.Names).Select(BenchmarkedNetwork.Of)];
        RequireFiles(networks);
        string? html = arguments.GetValue(_html);
        if (html is not null)
        {
            OutputFile.RequirePlace(html);
        }

        using OnnxRuntimeProcess? peer = arguments.GetValue(_noPeer) ? null : OnnxRuntimeProcess.Start(threads);
        MachineFigures machine = MachineFigures.Here(peer?.Version, threads, cores);
        BenchmarkDocument document = Measure(networks, sets, peer, arguments.GetValue(_rounds), machine, console, cancellation);
        if (html is not null)
        {
            OutputFile.Write(html, BenchmarkPage.Write(document));
        }

        if (console.Json)
        {
            console.Write(document, BenchmarkJson.Compact.BenchmarkDocument);
        }
        else
        {
            BenchmarkText.Print(console, document, operators: !arguments.GetValue(_summary));
        }

        return ExitCode.Done;
    }

    private static Option<string[]> Listed(string name, string help, string description)
    {
        return new Option<string[]>(name)
        {
            Description = description,
            HelpName = help,
            CustomParser = result => result.Tokens[0].Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        };
    }

    private static void MeasureOperators(KernelSet[] sets, MachineFigures machine, int rounds, ToolConsole console, CancellationToken cancellation)
    {
        List<OperatorRates> rates = [];
        foreach (BenchmarkedOperator op in BenchmarkedOperator.All)
        {
            console.Announce($"Measuring {op.Name}");
            rates.Add(OperatorBenchmark.Run(op, sets, rounds, cancellation));
        }

        OperatorDocument document = new(machine, rates);
        if (console.Json)
        {
            console.Write(document, BenchmarkJson.Compact.OperatorDocument);
        }
        else
        {
            BenchmarkText.Print(console, document);
        }
    }

    private static void RequireFiles(BenchmarkedNetwork[] networks)
    {
        if (Array.Find(networks, network => !File.Exists(network.Path)) is not BenchmarkedNetwork missing)
        {
            return;
        }

        throw new ToolException(
            ExitCode.BadFile,
            BenchmarkedNetwork.Names.Contains(missing.Name)
                ? $"The reference model '{missing.Name}' is not at {missing.Path}: reference models are not part of the repository ({Repository.Shared} is where they are looked for). Give files instead: --networks MODEL.tflite"
                : $"'{missing.Path}' is neither a file nor the name of a reference model; those are {string.Join(", ", BenchmarkedNetwork.Names)}.");
    }

    private static BenchmarkDocument Measure(
        BenchmarkedNetwork[] networks, KernelSet[] sets, OnnxRuntimeProcess? peer, int rounds, MachineFigures machine, ToolConsole console, CancellationToken cancellation)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("edgequant-benchmarks-");
        try
        {
            NetworkBenchmark benchmark = new(sets, machine.Threads, Array.ConvertAll(sets, PeakMeasurement.Run), peer, rounds, folder.FullName);
            List<NetworkFigures> figures = [];
            foreach (BenchmarkedNetwork network in networks)
            {
                console.Announce($"Measuring {network.Name}");
                figures.Add(benchmark.Run(network, cancellation));
            }

            IReadOnlyList<ToolStartFigures> tool = Affinity.Unpinned(() => ToolStart.Measure(benchmark.ModelOf(networks[0])));
            return new BenchmarkDocument(machine, figures, MeanFigures.Of(figures), tool);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
