using EdgeQuant.Runtime.Kernels;

namespace EdgeQuant.Runtime.Operators;

/// <summary>On .NET convolutions that hold weights in an order of their own share more.</summary>
internal sealed partial class Workspace
{
    private ConvolutionWorkspace? _ofConvolutions;

    /// <summary>What they share.</summary>
    internal ConvolutionWorkspace OfConvolutions => _ofConvolutions ??= new ConvolutionWorkspace();

    /// <summary>The bytes that kernels hold in it beside the arena.</summary>
    internal long HeldBytes => _ofConvolutions is null ? 0 : _ofConvolutions.HeldBytes;

    partial void AllocateForConvolutions()
    {
        _ofConvolutions?.Allocate();
    }
}
