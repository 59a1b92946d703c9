namespace EdgeQuant.Runtime.Operators;

/// <summary>Memory that all operators of a network share, one after the other, for accumulators.</summary>
internal sealed partial class Workspace
{
    private static readonly int[] s_none = new int[0];

    private int _required;

    /// <summary>The elements; allocated once, after every operator has said what it needs.</summary>
    internal int[] Int32 { get; private set; } = s_none;

    /// <summary>Asks for at least this many elements.</summary>
    internal void Require(int elements)
    {
        if (elements > _required)
        {
            _required = elements;
        }
    }

    internal void Allocate()
    {
        Int32 = new int[_required];
        AllocateForConvolutions();
    }

    partial void AllocateForConvolutions();
}
