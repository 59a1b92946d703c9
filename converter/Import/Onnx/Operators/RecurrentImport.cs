using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Import.Onnx.Operators;

/// <summary>
/// LSTM, GRU and RNN. The sequence's length is known and each record starts anew, so every step becomes operations of its own; the steps share
/// their weights. Inputs: data [steps, batch, features]; weights [directions, gates x cells, features]; recurrent weights [directions,
/// gates x cells, cells]; biases of both [directions, 2 x gates x cells]; lengths; first hidden states [directions, batch, cells]. Outputs: the
/// hidden states [steps, directions, batch, cells]; the last ones [directions, batch, cells]. With layout 1 the batch comes first everywhere.
/// </summary>
internal static class RecurrentImport
{
    /// <summary>The most steps that are spelled out.</summary>
    public const int MostSteps = 512;

    public static void Lstm(ImportContext context)
    {
        if (context.Attributes.Flag("input_forget"))
        {
            throw ImportContext.Refused("Its input and forget gates are coupled (input_forget).", "Train it with gates of their own.");
        }

        Import(context, LstmCell.Gates, LstmCell.Activations, direction => new LstmCell(direction));
    }

    public static void Gru(ImportContext context)
    {
        bool resetsProduct = context.Attributes.Flag("linear_before_reset");
        Import(context, GruCell.Gates, GruCell.Activations, direction => new GruCell(direction, resetsProduct));
    }

    public static void Rnn(ImportContext context)
    {
        Import(context, RnnCell.Gates, RnnCell.Activations, direction => new RnnCell(direction));
    }

    private static void Import(ImportContext context, int gates, IReadOnlyList<string> activations, Func<RecurrentDirection, RecurrentCell> make)
    {
        context.RequireVersion(7);
        NodeBuilder graph = context.Graph;
        bool batchFirst = context.Attributes.Flag("layout");
        Tensor given = context.Input(0);
        ImportContext.Require(given.Rank == 3, $"Its data {given} has not three dimensions.");
        Tensor data = batchFirst ? graph.Transposed(given, 1, 0, 2) : given;
        (int steps, int batch) = (data.Shape[0], data.Shape[1]);
        RequireLengths(context, steps);
        bool[] reversed = Directions(context.Attributes.Text("direction", "forward"));
        RecurrentCell[] cells = [.. reversed.Select((_, i) => make(new RecurrentDirection(context, i, reversed.Length, gates, activations, batch, batchFirst)))];
        List<Tensor> sequences = [];
        for (int i = 0; i < cells.Length; i++)
        {
            sequences.Add(Run(graph, cells[i], data, reversed[i], context.Wants(0)));
        }

        if (context.Wants(0))
        {
            Tensor all = Joined(graph, sequences, 1);
            context.Give(0, batchFirst ? graph.Transposed(all, 2, 0, 1, 3) : all);
        }

        GiveLast(context, 1, [.. cells.Select(cell => cell.Hidden!)], batchFirst);
        if (cells[0] is LstmCell)
        {
            GiveLast(context, 2, [.. cells.Cast<LstmCell>().Select(cell => cell.State!)], batchFirst);
        }
    }

    /// <summary>All steps of one direction.</summary>
    /// <returns>The hidden states [steps, 1, batch, cells] where they are wanted, otherwise the last one.</returns>
    private static Tensor Run(NodeBuilder graph, RecurrentCell cell, Tensor data, bool reversed, bool wanted)
    {
        int steps = data.Shape[0];
        int batch = data.Shape[1];
        Tensor rows = graph.Reshaped(data, steps * batch, data.Shape[2]);
        Tensor products = cell.Products(rows);
        Tensor[] hidden = new Tensor[steps];
        for (int i = 0; i < steps; i++)
        {
            int step = reversed ? steps - 1 - i : i;
            hidden[step] = cell.Step(graph.Part(products, 0, step * batch, batch));
        }

        return wanted ? Joined(graph, [.. hidden.Select(state => graph.Reshaped(state, [1, 1, .. state.Shape]))], 0) : cell.Hidden!;
    }

    private static void GiveLast(ImportContext context, int output, Tensor[] states, bool batchFirst)
    {
        if (context.Wants(output))
        {
            NodeBuilder graph = context.Graph;
            Tensor all = Joined(graph, [.. states.Select(state => graph.Reshaped(state, [1, .. state.Shape]))], 0);
            context.Give(output, batchFirst ? graph.Transposed(all, 1, 0, 2) : all);
        }
    }

    private static Tensor Joined(NodeBuilder graph, List<Tensor> parts, int axis)
    {
        int[] shape = [.. parts[0].Shape];
        shape[axis] = parts.Sum(part => part.Shape[axis]);
        return parts.Count == 1 ? parts[0] : graph.Add(new Concatenation(axis), shape, [.. parts]);
    }

    private static void RequireLengths(ImportContext context, int steps)
    {
        const int Lengths = 4;
        if (steps is 0 or > MostSteps)
        {
            throw ImportContext.Refused($"Its sequence has {steps} steps; supported are 1 to {MostSteps}.", "Use shorter sequences, or a TensorFlow Lite network, whose LSTM goes on from record to record.");
        }

        if (context.OptionalInput(Lengths) is not null && !Array.TrueForAll(context.Longs(Lengths, "lengths of the sequences"), length => length == steps))
        {
            throw ImportContext.Refused($"A sequence is shorter than the {steps} steps of the data.", "Give it whole sequences only.");
        }
    }

    /// <summary>For each direction whether it runs from the end.</summary>
    private static bool[] Directions(string name)
    {
        return name switch
        {
            "forward" => [false],
            "reverse" => [true],
            "bidirectional" => [false, true],
            _ => throw ImportContext.Inconsistent($"Its direction is '{Shapes.Short(name)}'; there are forward, reverse and bidirectional."),
        };
    }
}
