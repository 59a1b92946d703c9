using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Memory;

/// <summary>Owns what a loaded network lives in: the arena and the state, both allocated once here, and the constants.</summary>
internal sealed partial class NetworkMemory
{
    private readonly ModelFile _file;
    private readonly int _constants;

    /// <summary>Allocates arena and state.</summary>
    internal NetworkMemory(ModelFile file)
    {
        _file = file;
        _constants = file.OffsetOf(SectionKind.Constants);
        Arena = new sbyte[file.ArenaBytes];
        State = new sbyte[file.StateBytes];
    }

    internal sbyte[] Arena { get; }

    internal sbyte[] State { get; }

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
