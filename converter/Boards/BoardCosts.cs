namespace EdgeQuant.Converter.Boards;

/// <summary>
/// What an inference costs on a board, in clock cycles of one core. An estimate: a network's time is the sum over its operators of a cost of its
/// own, of its multiplications, and of the elements that it writes.
/// </summary>
/// <param name="PerOperator">Each operator, whatever it does.</param>
/// <param name="PerProduct">Each multiplication that is accumulated.</param>
/// <param name="PerDepthwiseProduct">The same in depthwise convolutions, which use each number that they read only a few times.</param>
/// <param name="PerElement">Each element that is written: its rescaling, or what an operator without products does.</param>
/// <param name="Source">Where the figures come from, and how far they can be trusted.</param>
internal sealed record BoardCosts(double PerOperator, double PerProduct, double PerDepthwiseProduct, double PerElement, string Source);
