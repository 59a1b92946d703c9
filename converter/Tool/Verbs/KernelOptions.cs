using System.CommandLine;
using EdgeQuant.Runtime.Kernels;

namespace EdgeQuant.Tool.Verbs;

/// <summary>What verbs that run a model are told about the kernels.</summary>
internal sealed class KernelOptions
{
    private readonly Option<string?> _kernels = new("--kernels")
    {
        Description = "Run with these kernels. [default: the best of this CPU; a wrong name lists what it has]",
        HelpName = "NAME",
    };

    private readonly Option<bool> _compact = new("--compact") { Description = "Keep weights only as they are in the file, without a copy in the order that is fastest." };

    /// <summary>Adds them to a verb.</summary>
    public void AddTo(Verb verb)
    {
        verb.Options.Add(_kernels);
        verb.Options.Add(_compact);
        verb.Validators.Add(result =>
        {
            if (result.GetResult(_kernels) is not null && result.GetResult(_compact) is not null)
            {
                result.AddError($"{_compact.Name} names the kernels already; leave out {_kernels.Name}.");
            }
        });
    }

    /// <summary>The kernels that the arguments name.</summary>
    /// <exception cref="NotSupportedException">This machine has no such kernels.</exception>
    public KernelSet Read(ParseResult arguments)
    {
        return arguments.GetValue(_compact) ? KernelSets.Compact
            : arguments.GetValue(_kernels) is string name ? KernelSets.Find(name, _kernels.Name)
            : KernelSets.Best;
    }
}
