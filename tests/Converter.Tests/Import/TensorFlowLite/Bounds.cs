namespace EdgeQuant.Converter.Tests.Import.TensorFlowLite;

/// <summary>What reading one file may cost, whatever it says.</summary>
internal static class Bounds
{
    /// <summary>Far above what a small file takes, far below a hang; another process may take the CPU for a while.</summary>
    public static readonly TimeSpan Time = TimeSpan.FromSeconds(2);

    /// <summary>Bytes allocated, passing objects included.</summary>
    public static long Allocation(long fileLength)
    {
        const int PerByte = 64;
        const int Fixed = 1 << 20;
        return (PerByte * fileLength) + Fixed;
    }
}
