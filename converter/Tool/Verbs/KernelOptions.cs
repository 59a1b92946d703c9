using System.CommandLine;
using EdgeQuant.Firmware.Models;
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

    private readonly ComputingOptions _computing = new();

    /// <summary>Adds them to a verb.</summary>
    public void AddTo(Verb verb)
    {
        verb.Options.Add(_kernels);
        _computing.AddTo(verb);
        verb.Validators.Add(result =>
        {
            if (result.GetResult(_kernels) is not null && result.GetResult(_computing.Compact) is not null)
            {
                result.AddError($"{_computing.Compact.Name} names the kernels already; leave out {_kernels.Name}.");
            }
        });
    }

    /// <summary>How many threads the arguments ask for.</summary>
    public int Threads(ParseResult arguments)
    {
        return _computing.Threads(arguments);
    }

    /// <summary>The kernels that the arguments name, on as many threads as they ask for.</summary>
    /// <exception cref="NotSupportedException">This machine has no such kernels.</exception>
    public KernelSet Read(ParseResult arguments)
    {
        KernelSet kernels = _computing.Weights(arguments) == ModelWeights.Compact ? KernelSets.Compact
            : arguments.GetValue(_kernels) is string name ? KernelSets.Find(name, _kernels.Name)
            : KernelSets.Best;
        return KernelSets.OnThreads(kernels, Threads(arguments));
    }
}
