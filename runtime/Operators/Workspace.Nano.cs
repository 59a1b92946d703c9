namespace EdgeQuant.Runtime.Operators;

/// <summary>On nanoFramework convolutions share nothing more, because they go over images window by window.</summary>
internal sealed partial class Workspace
{
    /// <summary>The bytes that kernels hold in it beside the arena: none.</summary>
    internal long HeldBytes => 0;
}
