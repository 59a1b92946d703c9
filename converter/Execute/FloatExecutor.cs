using System.Runtime.ExceptionServices;
using EdgeQuant.Converter.Data;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Movement;

namespace EdgeQuant.Converter.Execute;

/// <summary>
/// Runs a network on the desktop with real numbers, any tensor of it observable. A float network gives what its trainer's runtime gives. A
/// quantized one is simulated: constants stand as the real numbers that they mean, and what a node writes to a quantized tensor is moved to
/// the nearest number that the tensor can hold.
/// </summary>
internal sealed class FloatExecutor
{
    private readonly Dictionary<Tensor, int> _slots = [];
    private readonly List<float[]?> _constants = [];
    private readonly List<Step> _steps = [];
    private readonly List<(int Slot, Grid Grid)> _inputGrids = [];

    private FloatExecutor(NetworkGraph graph)
    {
        Graph = graph;
    }

    /// <summary>The network.</summary>
    public NetworkGraph Graph { get; }

    /// <summary>True if a record's results depend on the records before it.</summary>
    public bool HasState => _slots.Keys.Any(tensor => tensor.IsState);

    /// <summary>Prepares a network, as it was imported or quantized; not after the passes that give tensors places in each other.</summary>
    /// <exception cref="UnsupportedNetworkException">It has nodes that cannot be executed: all reasons at once.</exception>
    public static FloatExecutor Of(NetworkGraph graph)
    {
        FloatExecutor executor = new(graph);
        List<Refusal> refusals = [.. graph.Refusals];
        Node[] nodes = [.. graph.HostBefore, .. graph.Nodes, .. graph.HostAfter];
        foreach (Tensor tensor in graph.Inputs.Concat(nodes.SelectMany(node => node.Inputs.OfType<Tensor>().Concat(node.Outputs))).Concat(graph.Outputs))
        {
            executor.Place(tensor, refusals);
        }

        foreach (Node node in nodes)
        {
            executor.Add(node, refusals);
        }

        return refusals.Count == 0 ? executor : throw new UnsupportedNetworkException(refusals);
    }

    /// <summary>Memory for one record at a time.</summary>
    public FloatWorkspace NewWorkspace()
    {
        float[][] values = new float[_slots.Count][];
        foreach ((Tensor tensor, int slot) in _slots)
        {
            values[slot] = _constants[slot] ?? new float[tensor.ElementCount];
        }

        FloatWorkspace workspace = new(_slots, values);
        Reset(workspace);
        return workspace;
    }

    /// <summary>Puts the network's state back to what it starts with.</summary>
    public void Reset(FloatWorkspace workspace)
    {
        foreach (Tensor tensor in _slots.Keys.Where(tensor => tensor.IsState))
        {
            Tensor start = new(tensor.Name, tensor.Type, tensor.Shape) { Quantization = tensor.Quantization, Data = tensor.InitialState };
            ConstantValues.Of(start)?.CopyTo(workspace[tensor]);
        }
    }

    /// <summary>Runs one record, whose inputs the caller has written to the workspace.</summary>
    public void Run(FloatWorkspace workspace)
    {
        foreach ((int slot, Grid grid) in _inputGrids)
        {
            grid.Round(workspace[slot]);
        }

        foreach (Step step in _steps)
        {
            step.Run(workspace);
        }
    }

    /// <summary>
    /// Runs all records, on all cores where they are independent of each other; where a record goes on with the state that the one before left
    /// (<see cref="SampleSet.StateContinues"/>), in their order.
    /// </summary>
    /// <param name="samples">The records.</param>
    /// <param name="visit">Called after each record with its number and the values of all tensors, which are valid until it returns; from several threads.</param>
    /// <param name="progress">Told how many records are done.</param>
    /// <param name="cancellation">Ends the run between two records.</param>
    public void RunAll(SampleSet samples, Action<int, FloatWorkspace> visit, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        bool hasState = HasState;
        bool inOrder = hasState && samples.StateContinues;
        int started = -1;
        int done = 0;
        int workers = inOrder ? 1 : Math.Min(Environment.ProcessorCount, samples.Count);
        try
        {
            Parallel.For(0, workers, new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Math.Max(workers, 1) }, _ => Work());
        }
        catch (AggregateException exception)
        {
            ExceptionDispatchInfo.Throw(exception.InnerExceptions[0]);
        }

        void Work()
        {
            // A core has one workspace for all of its records.
            FloatWorkspace workspace = NewWorkspace();
            for (int record = Interlocked.Increment(ref started); record < samples.Count; record = Interlocked.Increment(ref started))
            {
                cancellation.ThrowIfCancellationRequested();
                if (hasState && !inOrder)
                {
                    Reset(workspace);
                }

                One(record, workspace);
            }
        }

        void One(int record, FloatWorkspace workspace)
        {
            for (int i = 0; i < Graph.Inputs.Count; i++)
            {
                samples.Inputs[record][i].CopyTo(workspace[Graph.Inputs[i]]);
            }

            Run(workspace);
            visit(record, workspace);
            progress?.Report(Interlocked.Increment(ref done));
        }
    }

    private void Place(Tensor tensor, List<Refusal> refusals)
    {
        if (!_slots.TryAdd(tensor, _constants.Count))
        {
            return;
        }

        float[]? constant = tensor.IsConstant ? ConstantValues.Of(tensor) : null;
        if (tensor.IsConstant && constant is null)
        {
            refusals.Add(new Refusal("tensor " + tensor.SourceIndex, [tensor.ToString()], "Its type holds no numbers.", "Replace it in the source network."));
        }

        _constants.Add(constant);
        if (Graph.Inputs.Contains(tensor) && Grid.Of(tensor) is Grid grid)
        {
            _inputGrids.Add((_slots[tensor], grid));
        }
    }

    private void Add(Node node, List<Refusal> refusals)
    {
        if (ImpliedBias.Of(node) is Tensor bias)
        {
            _constants[_slots[node.Input(2)]] = ConstantValues.Of(bias);
        }

        KernelContext context = new(node, _slots, _constants);
        if (KernelTable.Of(context) is not FloatKernel kernel)
        {
            refusals.Add(context.Refusal ?? Refusal.Of(node, $"{node.Operation.Name} cannot be executed with real numbers.", "Replace it in the source network."));
            return;
        }

        List<(int, Grid)> grids = [];
        foreach (Tensor output in node.Outputs)
        {
            if (Grid.Of(output) is Grid grid && !StaysOnGrid(node, output))
            {
                grids.Add((_slots[output], grid));
            }
        }

        Step step = new(kernel, [.. grids]);
        if (IsConstant(node))
        {
            Fold(node, step);
        }
        else
        {
            _steps.Add(step);
        }
    }

    /// <summary>True if a node only moves numbers of a grid to a tensor of the same grid.</summary>
    private static bool StaysOnGrid(Node node, Tensor output)
    {
        return node.Operation is MovementOperation
            && Array.TrueForAll(node.Inputs, input => input?.Quantization is Quantization own ? own.Equals(output.Quantization) && input.Type == output.Type : input is null or { IsConstant: true });
    }

    /// <summary>True if a node computes the same for every record.</summary>
    private bool IsConstant(Node node)
    {
        return Array.TrueForAll(node.Inputs, input => input is null || _constants[_slots[input]] is not null) && !Array.Exists(node.Outputs, output => output.IsState);
    }

    /// <summary>Computes what is the same for every record once.</summary>
    private void Fold(Node node, Step step)
    {
        float[][] values = [.. _constants.Select(constant => constant ?? [])];
        foreach (Tensor output in node.Outputs)
        {
            values[_slots[output]] = new float[output.ElementCount];
        }

        step.Run(new FloatWorkspace(_slots, values));
        foreach (Tensor output in node.Outputs)
        {
            _constants[_slots[output]] = values[_slots[output]];
        }
    }

    private sealed record Step(FloatKernel Kernel, (int Slot, Grid Grid)[] Grids)
    {
        public void Run(FloatWorkspace workspace)
        {
            Kernel.Run(workspace);
            foreach ((int slot, Grid grid) in Grids)
            {
                grid.Round(workspace[slot]);
            }
        }
    }
}
