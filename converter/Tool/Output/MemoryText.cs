using EdgeQuant.Converter.Report;

namespace EdgeQuant.Tool.Output;

/// <summary>What kernels hold, in words.</summary>
internal static class MemoryText
{
    /// <summary>What a kernel set holds beside the file.</summary>
    public static string Held(MemoryReport memory)
    {
        return memory.HeldBytes == 0 ? "weights only as they are in the file" : $"and {Units.Bytes(memory.HeldBytes)} that the kernels hold beside them (weights in their order, rows of images)";
    }
}
