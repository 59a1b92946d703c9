using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Import.TensorFlowLite.Options;

namespace EdgeQuant.Converter.Import.TensorFlowLite;

/// <summary>The resource variables of a network, found by their names or by the tensors that stand for them.</summary>
internal sealed class ResourceVariables(StateMemory memory)
{
    private readonly List<ResourceVariable> _variables = [];
    private readonly Dictionary<Tensor, ResourceVariable> _handles = [];
    private readonly HashSet<int> _called = [];

    /// <summary>True the first time that it is asked about a subgraph: what is called once need not be looked at again.</summary>
    public bool IsFirstCall(int subgraph)
    {
        return _called.Add(subgraph);
    }

    /// <summary>Lets a tensor stand for the variable of a name.</summary>
    public void Declare(Tensor handle, VarHandleOptions options)
    {
        _handles[handle] = Find(options);
    }

    /// <summary>The variable of a name, a new one if there is none. Files may leave the container out: then the name alone decides.</summary>
    public ResourceVariable Find(VarHandleOptions options)
    {
        ResourceVariable? known = _variables.Find(variable =>
            variable.SharedName == options.SharedName && (options.Container.Length == 0 || variable.Container == options.Container));
        if (known is null)
        {
            known = new ResourceVariable(options.Container, options.SharedName);
            _variables.Add(known);
        }

        return known;
    }

    /// <summary>The state that a value is read from or assigned to.</summary>
    /// <param name="handle">What stands for the variable.</param>
    /// <param name="value">The value: it says the variable's type and shape.</param>
    /// <param name="isAssigned">True if the value is assigned: the first such value says what the variable starts with, its zero point.</param>
    /// <param name="problem">Why there is no such state; null if there is.</param>
    public Tensor? State(Tensor handle, Tensor value, bool isAssigned, out string? problem)
    {
        problem = null;
        if (!_handles.TryGetValue(handle, out ResourceVariable? variable))
        {
            problem = "No VAR_HANDLE before it makes the variable.";
            return null;
        }

        if (variable.State is not Tensor state || (isAssigned && !variable.HasStart))
        {
            state = variable.State ?? new Tensor(variable.SharedName, value.Type, value.Shape) { Quantization = value.Quantization };
            if (!Fits(state, value) || !memory.TryStart(state, ZeroPoint(value)))
            {
                problem = Misfit(variable, value);
                return null;
            }

            variable.State = state;
            variable.HasStart = isAssigned;
        }

        if (!Fits(state, value))
        {
            problem = Misfit(variable, value);
            return null;
        }

        return state;
    }

    /// <summary>Lets a variable start as a constant.</summary>
    /// <returns>Why that cannot be; null if it can.</returns>
    public string? Start(ResourceVariable variable, Tensor constant)
    {
        if (variable is { State: not null, HasStart: false })
        {
            return $"The variable '{variable.SharedName}' is read before it is initialised.";
        }

        Tensor state = variable.State ?? new Tensor(variable.SharedName, constant.Type, constant.Shape) { Quantization = constant.Quantization };
        if (!Fits(state, constant) || !memory.TryStart(state, constant.Data!.Value))
        {
            return Misfit(variable, constant);
        }

        variable.State = state;
        variable.HasStart = true;
        return null;
    }

    private static bool Fits(Tensor state, Tensor value)
    {
        return state.Type == value.Type && state.Shape.AsSpan().SequenceEqual(value.Shape);
    }

    private static string Misfit(ResourceVariable variable, Tensor value)
    {
        return variable.State is Tensor state
            ? $"The variable '{variable.SharedName}' holds {state}; it cannot hold {value}."
            : $"The variable '{variable.SharedName}' cannot hold {value}: its size is unknown, or all states together take more than {StateMemory.Limit} bytes.";
    }

    /// <summary>The byte that the reference fills a variable with.</summary>
    private static sbyte ZeroPoint(Tensor value)
    {
        return (sbyte)(value.Quantization?.ZeroPoint ?? 0);
    }
}
