using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Import.TensorFlowLite.Options;

namespace EdgeQuant.Converter.Import.TensorFlowLite.Operators;

/// <summary>
/// Resource variables become states: VAR_HANDLE only names one, READ_VARIABLE copies out of it, ASSIGN_VARIABLE copies into it, and what
/// CALL_ONCE assigns is what it starts with.
/// </summary>
internal static class VariableImport
{
    public static Operation? Handle(ImportContext context)
    {
        if (context.Outputs is not [Tensor handle])
        {
            return context.Refuse("It must have one output.", "Convert the source network again.");
        }

        context.Variables.Declare(handle, context.Options<VarHandleOptions>());
        return null;
    }

    public static Operation? Read(ImportContext context)
    {
        if (context.Inputs is not [Tensor handle] || context.Outputs is not [Tensor value])
        {
            return context.Refuse("Needed are the variable as input and one output.", "Convert the source network again.");
        }

        if (context.Variables.State(handle, value, isAssigned: false, out string? problem) is not Tensor state)
        {
            return context.Refuse(problem!, "Convert the source network again.");
        }

        context.Inputs = [state];
        return new Copy();
    }

    public static Operation? Assign(ImportContext context)
    {
        if (context.Inputs is not [Tensor handle, Tensor value] || context.Outputs.Length != 0)
        {
            return context.Refuse("Needed are the inputs variable and value, and no output.", "Convert the source network again.");
        }

        if (context.Variables.State(handle, value, isAssigned: true, out string? problem) is not Tensor state)
        {
            return context.Refuse(problem!, "Convert the source network again.");
        }

        context.Inputs = [value];
        context.Outputs = [state];
        return new Copy();
    }

    public static Operation? CallOnce(ImportContext context)
    {
        int index = context.Options<CallOnceOptions>().InitSubgraph;
        if (index < 1 || index >= context.Model.Subgraphs.Length)
        {
            return context.Refuse($"It calls subgraph {index}; the file has 0 to {context.Model.Subgraphs.Length - 1}, and 0 is the network.", "Convert the source network again.");
        }

        if (!context.Variables.IsFirstCall(index))
        {
            return null;
        }

        TfliteSubgraph subgraph = context.Model.Subgraphs[index];
        TensorImport tensors = new(subgraph, new StateMemory(), []);
        Dictionary<int, ResourceVariable> handles = [];
        foreach (TfliteNode node in subgraph.Nodes)
        {
            if (node.Code.Operator == TfliteOperator.VAR_HANDLE && node.Outputs is [int output])
            {
                handles[output] = context.Variables.Find(node.OptionsAs<VarHandleOptions>());
            }
            else if (Assigned(subgraph, node, handles, tensors, out Tensor? constant) is not ResourceVariable variable)
            {
                context.Refuse(
                    $"Node {node.Index} of the subgraph that it calls, {node.Code.Name}, does more than to assign a constant to a variable.",
                    "Let variables start as constants.");
            }
            else if (context.Variables.Start(variable, constant!) is string problem)
            {
                context.Refuse(problem, "Convert the source network again.");
            }
        }

        return null;
    }

    /// <summary>The variable that a node assigns a constant to; null if it does something else.</summary>
    private static ResourceVariable? Assigned(
        TfliteSubgraph subgraph, TfliteNode node, Dictionary<int, ResourceVariable> handles, TensorImport tensors, out Tensor? constant)
    {
        constant = null;
        if (node.Code.Operator != TfliteOperator.ASSIGN_VARIABLE
            || node.Inputs is not [int handle, >= 0 and int value]
            || subgraph.Tensors[value].Data is null
            || !handles.TryGetValue(handle, out ResourceVariable? variable))
        {
            return null;
        }

        constant = tensors[value];
        return constant.IsConstant && !tensors.IsRefused(constant) ? variable : null;
    }
}
