using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Import.TensorFlowLite.FlexBuffers;

namespace EdgeQuant.Converter.Import.TensorFlowLite;

/// <summary>One operator of the source on its way into the graph.</summary>
internal sealed class ImportContext(
    TfliteModel model, TfliteNode node, Tensor?[] inputs, Tensor[] outputs, StateMemory states, ResourceVariables variables, List<Refusal> refusals)
{
    public TfliteModel Model { get; } = model;

    public TfliteNode Node { get; } = node;

    /// <summary>The operator's inputs; an import puts them into the order that the operation asks for.</summary>
    public Tensor?[] Inputs { get; set; } = inputs;

    /// <summary>The operator's outputs; an import that gives it others says so here.</summary>
    public Tensor[] Outputs { get; set; } = outputs;

    /// <summary>What states start with: for operators that keep one of their own.</summary>
    public StateMemory States { get; } = states;

    /// <summary>The variables that the operators so far have named.</summary>
    public ResourceVariables Variables { get; } = variables;

    public NodeSource Source { get; } = new(node.Index, node.Code.Name, node.Code.Version);

    /// <summary>The operator's options, which the reader has typed.</summary>
    public T Options<T>()
        where T : Options.TfliteOptions
    {
        return Node.OptionsAs<T>();
    }

    /// <summary>The options of a custom operator.</summary>
    /// <exception cref="CustomOptionsException">They are damaged: the operator is refused.</exception>
    public FlexBufferMap CustomOptions()
    {
        return new FlexBufferMap(Node.CustomOptions);
    }

    /// <summary>An input that must be there.</summary>
    /// <exception cref="MissingOperandException">It is not: the operator is refused.</exception>
    public Tensor Input(int index)
    {
        return Inputs.ElementAtOrDefault(index) ?? throw new MissingOperandException($"input {index}");
    }

    /// <summary>An output that must be there.</summary>
    /// <exception cref="MissingOperandException">It is not: the operator is refused.</exception>
    public Tensor Output(int index = 0)
    {
        return Outputs.ElementAtOrDefault(index) ?? throw new MissingOperandException($"output {index}");
    }

    /// <summary>Refuses the operator.</summary>
    /// <returns>Null, to be returned in place of an operation.</returns>
    public Operation? Refuse(string reason, string help)
    {
        refusals.Add(Refusal.Of(new Node(new Unsupported(), Inputs, Outputs) { Source = Source }, reason, help));
        return null;
    }
}
