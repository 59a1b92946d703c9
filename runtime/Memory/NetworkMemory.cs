using EdgeQuant.Runtime.Model;
using EdgeQuant.Runtime.Operators;

namespace EdgeQuant.Runtime.Memory;

/// <summary>Owns what a loaded network lives in: the arena and the state, both allocated once here, the constants, and the workspace.</summary>
internal sealed partial class NetworkMemory
{
    private readonly ModelFile _file;

    /// <summary>Allocates arena and state.</summary>
    internal NetworkMemory(ModelFile file)
    {
        _file = file;
        Arena = new sbyte[file.ArenaBytes];
        State = new sbyte[file.StateBytes];
    }

    internal sbyte[] Arena { get; }

    internal sbyte[] State { get; }

    internal Workspace Workspace { get; } = new Workspace();

    /// <summary>Where the constants start in the file.</summary>
    private int Constants => _file.OffsetOf(SectionKind.Constants);

    /// <summary>The bytes of a tensor.</summary>
    internal TensorData Data(TensorInfo tensor)
    {
        switch (tensor.Storage)
        {
            case TensorStorage.Arena:
                return new TensorData(Arena, tensor.Offset, tensor.ByteLength);
            case TensorStorage.State:
                return new TensorData(State, tensor.Offset, tensor.ByteLength);
            default:
                return Constant(tensor);
        }
    }
}
