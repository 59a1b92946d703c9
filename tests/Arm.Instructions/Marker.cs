using System.Runtime.CompilerServices;

namespace EdgeQuant.Arm.Instructions;

/// <summary>A place that is found by its name in the log of executed code.</summary>
internal static class Marker
{
    /// <summary>Stands before every operator, and behind the last.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void NextOperator()
    {
    }
}
