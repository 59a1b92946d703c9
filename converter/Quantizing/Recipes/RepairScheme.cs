namespace EdgeQuant.Converter.Quantizing.Recipes;

/// <summary>Which repairs are made to a network before and while it is quantized.</summary>
/// <param name="Equalization">Cross-layer equalization of weight ranges (Nagel et al. 2019).</param>
/// <param name="BiasCorrection">Biases make up for the mean error of rounding (Nagel et al. 2019).</param>
/// <param name="AdaptiveRounding">Weights are rounded so that outputs stay close, up or down (Nagel et al. 2020).</param>
/// <param name="Auto">Try each and keep what helps on samples that were held out.</param>
internal sealed record RepairScheme(bool Equalization = false, bool BiasCorrection = false, bool AdaptiveRounding = false, bool Auto = false);
