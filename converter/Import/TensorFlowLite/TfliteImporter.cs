using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Import.TensorFlowLite;

/// <summary>Makes a graph of a TensorFlow Lite model's main subgraph.</summary>
internal static class TfliteImporter
{
    /// <summary>Imports the network.</summary>
    /// <exception cref="UnsupportedNetworkException">Operators, types or shapes that are not supported: all of them.</exception>
    public static NetworkGraph Import(TfliteModel model)
    {
        List<Refusal> refusals = [];
        TfliteSubgraph subgraph = model.Subgraphs[0];
        StateMemory states = new();
        ResourceVariables variables = new(states);
        Tensor[] tensors = [.. subgraph.Tensors.Select(tensor => TensorImport.Import(tensor, refusals, states))];
        NetworkGraph graph = new(subgraph.Name);
        graph.Inputs.AddRange(subgraph.Inputs.Select(index => tensors[index]));
        graph.Outputs.AddRange(subgraph.Outputs.Select(index => tensors[index]));
        foreach (TfliteNode node in subgraph.Nodes)
        {
            Tensor?[] inputs = [.. node.Inputs.Select(index => index == TfliteNode.Absent ? null : tensors[index])];
            Tensor[] outputs = [.. node.Outputs.Select(index => tensors[index])];
            ImportContext context = new(model, node, inputs, outputs, variables, refusals);
            Operation? operation = OperatorTable.Import(context);
            if (operation is not null)
            {
                graph.Nodes.Add(new Node(operation, context.Inputs, context.Outputs) { Source = context.Source });
            }
        }

        return refusals.Count == 0 ? graph : throw new UnsupportedNetworkException(refusals);
    }
}
