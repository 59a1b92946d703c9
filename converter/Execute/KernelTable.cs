using EdgeQuant.Converter.Execute.Kernels;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Execute;

/// <summary>The table of kernels: a line for each operation.</summary>
internal static class KernelTable
{
    /// <summary>The kernel for a node; null if there is none.</summary>
    public static FloatKernel? Of(KernelContext context)
    {
        return context.Node.Operation switch
        {
            FullyConnected operation => new FullyConnectedKernel(context, operation),
            _ => null,
        };
    }
}
