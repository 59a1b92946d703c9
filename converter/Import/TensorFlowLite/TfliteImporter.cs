using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Checks;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Import.TensorFlowLite.FlexBuffers;

namespace EdgeQuant.Converter.Import.TensorFlowLite;

/// <summary>Makes a graph of a TensorFlow Lite model's main subgraph.</summary>
internal static class TfliteImporter
{
    /// <summary>
    /// Imports the network. What cannot be imported stands in the graph's refusals; the nodes concerned are <see cref="Unsupported"/>, so that
    /// the rest of the network can be looked at too.
    /// </summary>
    /// <exception cref="UnsupportedNetworkException">The file has more nodes than can be looked at.</exception>
    public static NetworkGraph Import(TfliteModel model)
    {
        SizeCheck.RequireNodes(model.Subgraphs.Sum(part => (long)part.Nodes.Length));
        TfliteSubgraph subgraph = model.Subgraphs[0];
        NetworkGraph graph = new(subgraph.Name);
        StateMemory states = new();
        ResourceVariables variables = new(states);
        TensorImport tensors = new(subgraph, states, graph.Refusals);
        graph.Inputs.AddRange(subgraph.Inputs.Select(index => tensors[index]));
        foreach (TfliteNode node in subgraph.Nodes)
        {
            Tensor?[] inputs = [.. node.Inputs.Select(index => index == TfliteNode.Absent ? null : tensors[index])];
            Tensor[] outputs = [.. node.Outputs.Select(index => tensors[index])];
            int refusals = graph.Refusals.Count;
            ImportContext context = new(model, node, inputs, outputs, states, variables, graph.Refusals);
            Operation? operation = Import(context);
            bool refused = graph.Refusals.Count > refusals || Array.Exists(inputs, tensors.IsRefused) || Array.Exists(outputs, tensors.IsRefused);
            if (refused || operation is not null)
            {
                graph.Nodes.Add(new Node(refused ? new Unsupported() : operation!, context.Inputs, context.Outputs) { Source = context.Source });
            }
        }

        graph.Outputs.AddRange(subgraph.Outputs.Select(index => tensors[index]));
        return graph;
    }

    private static Operation? Import(ImportContext context)
    {
        try
        {
            return OperatorTable.Import(context);
        }
        catch (Exception exception) when (exception is MissingOperandException or CustomOptionsException)
        {
            return context.Refuse(exception.Message, "The file is inconsistent; convert the source network again.");
        }
    }
}
