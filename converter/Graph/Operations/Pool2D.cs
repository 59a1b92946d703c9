namespace EdgeQuant.Converter.Graph.Operations;

/// <summary>
/// Each output pixel made of the input pixels in a window, channel by channel. Input: data [batch, height, width, channels]. Padding is
/// outside: it neither counts in an average nor can it be a maximum.
/// </summary>
internal sealed record Pool2D(PoolKind Kind, int KernelHeight, int KernelWidth, WindowAttributes Window, Activation Activation) : Operation;
