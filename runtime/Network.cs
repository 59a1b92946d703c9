using EdgeQuant.Runtime.Kernels;
using EdgeQuant.Runtime.Memory;
using EdgeQuant.Runtime.Model;
using EdgeQuant.Runtime.Operators;

namespace EdgeQuant.Runtime;

/// <summary>
/// A network loaded from an <c>.eqm</c> file. Loading checks the file and allocates everything; after that nothing allocates, and no input
/// can make it fail or leave its buffers. An instance serves one thread at a time; each thread loads its own.
/// </summary>
public sealed partial class Network
{
    private readonly NetworkMemory _memory;
    private readonly Operator[] _operators;
    private readonly TensorData[] _inputs;
    private readonly TensorData[] _outputs;
    private readonly Boundary _boundary;
    private readonly StateReset _reset;
    private readonly SelfTest _selfTest;

    private Network(ModelFile file, KernelSet kernels, int memoryLimit)
    {
        if (file.ArenaBytes > memoryLimit - file.StateBytes)
        {
            throw new ModelFormatException(
                "The file asks for " + file.ArenaBytes.ToString() + " bytes of arena and " + file.StateBytes.ToString() + " of state; the limit is " + memoryLimit.ToString() + ".");
        }

        TensorTable tensors = new TensorTable(file);
        _boundary = new Boundary(tensors);
        FileSection section = file.Require(SectionKind.Operators, "operators", ModelLayout.OperatorRecords);
        int count = section.Int32(ModelLayout.OperatorCount);
        int most = (section.Length - ModelLayout.OperatorRecords) / ModelLayout.OperatorOperands;
        if (count < 0 || count > most)
        {
            throw ModelFile.Error("number of operators", count, 0, most);
        }

        _memory = new NetworkMemory(file);
        OperatorReader reader = new OperatorReader(tensors, _memory, kernels);
        CheckPlan(section, count, reader, tensors);
        _operators = LoadOperators(section, count, reader);
        _memory.Workspace.Allocate();
        _inputs = new TensorData[_boundary.InputCount];
        long inputBytes = 0;
        for (int i = 0; i < _inputs.Length; i++)
        {
            _inputs[i] = _memory.Data(_boundary.Input(i));
            inputBytes += _inputs[i].Length;
        }

        _outputs = new TensorData[_boundary.OutputCount];
        long outputBytes = 0;
        for (int i = 0; i < _outputs.Length; i++)
        {
            _outputs[i] = _memory.Data(_boundary.Output(i));
            outputBytes += _outputs[i].Length;
        }

        _reset = new StateReset(file, _memory);
        _selfTest = new SelfTest(file, inputBytes, outputBytes);
        KernelsName = kernels.Name;
        Reset();
    }

    /// <summary>The number of inputs.</summary>
    public int InputCount => _inputs.Length;

    /// <summary>The number of outputs.</summary>
    public int OutputCount => _outputs.Length;

    /// <summary>Bytes of the arena: what tensors live in while the network runs.</summary>
    public int ArenaBytes => _memory.Arena.Length;

    /// <summary>Bytes of the state: what the network remembers from one inference to the next.</summary>
    public int StateBytes => _memory.State.Length;

    /// <summary>Bytes that the kernels hold beside the file, the arena and the state, so that they are faster: most of all weights in another order.</summary>
    public long HeldBytes
    {
        get
        {
            long bytes = _memory.Workspace.HeldBytes;
            for (int i = 0; i < _operators.Length; i++)
            {
                bytes += _operators[i].HeldBytes;
            }

            return bytes;
        }
    }

    /// <summary>The kernels that were chosen for this machine when the network was loaded.</summary>
    public string KernelsName { get; }

    /// <summary>The number of self-test records in the file.</summary>
    public int SelfTestRecords => _selfTest.Records;

    /// <summary>The number of operators, which run one after the other.</summary>
    public int OperatorCount => _operators.Length;

    /// <summary>Who looks on while the network runs; null: nobody, which costs nothing.</summary>
    public INetworkWatch? Watch { get; set; }

    internal sbyte[] Arena => _memory.Arena;

    /// <summary>
    /// Runs the network: reads the inputs, writes the outputs. The inputs are undefined afterwards, because their memory is used again.
    /// </summary>
    public void Invoke()
    {
        if (Watch != null)
        {
            InvokeWatched(Watch);
            return;
        }

        for (int i = 0; i < _operators.Length; i++)
        {
            _operators[i].Run();
        }
    }

    /// <summary>Puts the state back to what it was after loading. A network without state is not changed.</summary>
    public void Reset()
    {
        _reset.Run();
    }

    /// <summary>
    /// Runs the records that the file carries for this purpose, from a reset, and compares every output byte. Overwrites inputs, outputs and
    /// state; leaves the network reset.
    /// </summary>
    /// <returns>The first record that gave wrong bytes, or -1 if all were right (or the file has none: <see cref="SelfTestRecords"/>).</returns>
    public int SelfTest()
    {
        return _selfTest.Run(this, _inputs, _outputs, _boundary);
    }

    internal TensorData InputData(int index)
    {
        return _inputs[index];
    }

    internal TensorData OutputData(int index)
    {
        return _outputs[index];
    }

    internal void InvokeOperator(int index)
    {
        _operators[index].Run();
    }

    private void InvokeWatched(INetworkWatch watch)
    {
        watch.Begins();
        for (int i = 0; i < _operators.Length; i++)
        {
            _operators[i].Run();
            watch.Ran(i);
        }
    }

    private static Operator[] LoadOperators(FileSection section, int count, OperatorReader reader)
    {
        Operator[] operators = new Operator[count];
        int record = ModelLayout.OperatorRecords;
        for (int i = 0; i < count; i++)
        {
            record = reader.Open(section, i, record);
            Operator? loaded = OperatorKinds.Create(reader);
            if (loaded == null)
            {
                throw reader.Error("this runtime does not know operators of this kind. Update it.");
            }

            reader.Close();
            operators[i] = loaded;
        }

        return operators;
    }

    private void CheckPlan(FileSection section, int count, OperatorReader reader, TensorTable tensors)
    {
        LiveRanges ranges = new LiveRanges(tensors);
        ranges.Start(_boundary);
        int record = ModelLayout.OperatorRecords;
        for (int i = 0; i < count; i++)
        {
            record = reader.Open(section, i, record);
            ranges.Follow(reader, i);
        }

        ranges.Finish(_boundary, count);
    }
}
