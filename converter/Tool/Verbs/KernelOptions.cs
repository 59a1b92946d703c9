using System.CommandLine;
using EdgeQuant.Runtime;
using EdgeQuant.Runtime.Kernels;

namespace EdgeQuant.Tool.Verbs;

/// <summary>What verbs that run a model are told about the kernels and the threads that run them.</summary>
internal sealed class KernelOptions
{
    private readonly Option<string?> _kernels = new("--kernels")
    {
        Description = "Run with these kernels. [default: the best of this CPU; a wrong name lists what it has]",
        HelpName = "NAME",
    };

    private readonly Option<bool> _compact = new("--compact") { Description = "Keep weights only as they are in the file, without a copy in the order that is fastest." };

    private readonly Option<int?> _threads = new("--threads")
    {
        Description = $"Let so many threads compute large layers together, 1 to {Network.MostThreads}; the bytes are the same. [default: 1]",
        HelpName = "N",
    };

    /// <summary>Adds them to a verb.</summary>
    public void AddTo(Verb verb)
    {
        verb.Options.Add(_kernels);
        verb.Options.Add(_compact);
        verb.Options.Add(_threads);
        _threads.AcceptWholeNumbers(1, Network.MostThreads);
        verb.Validators.Add(result =>
        {
            if (result.GetResult(_kernels) is not null && result.GetResult(_compact) is not null)
            {
                result.AddError($"{_compact.Name} names the kernels already; leave out {_kernels.Name}.");
            }

            if (result.GetResult(_compact) is not null && result.GetResult(_threads) is not null)
            {
                result.AddError($"{_compact.Name} computes with one thread; leave out {_threads.Name}.");
            }
        });
    }

    /// <summary>How many threads the arguments ask for.</summary>
    public int Threads(ParseResult arguments)
    {
        return arguments.GetValue(_threads) ?? 1;
    }

    /// <summary>The kernels that the arguments name, on as many threads as they ask for.</summary>
    /// <exception cref="NotSupportedException">This machine has no such kernels.</exception>
    public KernelSet Read(ParseResult arguments)
    {
        KernelSet kernels = arguments.GetValue(_compact) ? KernelSets.Compact
            : arguments.GetValue(_kernels) is string name ? KernelSets.Find(name, _kernels.Name)
            : KernelSets.Best;
        return KernelSets.OnThreads(kernels, Threads(arguments));
    }
}
