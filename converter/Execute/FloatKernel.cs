namespace EdgeQuant.Converter.Execute;

/// <summary>
/// One node's computation with real numbers. Made once for a network with what does not change from record to record; <see cref="Run"/> only
/// computes and may run for several workspaces at the same time.
/// </summary>
internal abstract class FloatKernel
{
    /// <summary>Computes the node's outputs from its inputs.</summary>
    public abstract void Run(FloatWorkspace workspace);
}
