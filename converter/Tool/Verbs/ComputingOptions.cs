using System.CommandLine;
using EdgeQuant.Firmware.Models;
using EdgeQuant.Runtime;

namespace EdgeQuant.Tool.Verbs;

/// <summary>What a program is told that runs a model: how it keeps the weights, and with how many threads it computes.</summary>
/// <param name="note">What the help adds to each.</param>
internal sealed class ComputingOptions(string note = "")
{
    private readonly Option<bool> _compact = new("--compact") { Description = "Keep weights only as they are in the file, without a copy in the order that is fastest." + note };

    private readonly Option<int?> _threads = new("--threads")
    {
        Description = $"Let so many threads compute large layers together, 1 to {Network.MostThreads}; the bytes are the same.{note} [default: 1]",
        HelpName = "N",
    };

    /// <summary>Both.</summary>
    public IReadOnlyList<Option> All => [_compact, _threads];

    /// <summary>The option that chooses the kernels which keep no copy.</summary>
    public Option Compact => _compact;

    /// <summary>Adds them to a verb.</summary>
    public void AddTo(Verb verb)
    {
        verb.Options.Add(_compact);
        verb.Options.Add(_threads);
        _threads.AcceptWholeNumbers(1, Network.MostThreads);
        verb.Validators.Add(result =>
        {
            if (result.GetResult(_compact) is not null && result.GetResult(_threads) is not null)
            {
                result.AddError($"{_compact.Name} computes with one thread; leave out {_threads.Name}.");
            }
        });
    }

    /// <summary>How the weights are kept.</summary>
    public ModelWeights Weights(ParseResult arguments)
    {
        return arguments.GetValue(_compact) ? ModelWeights.Compact : ModelWeights.Fast;
    }

    /// <summary>How many threads the arguments ask for.</summary>
    public int Threads(ParseResult arguments)
    {
        return arguments.GetValue(_threads) ?? 1;
    }
}
