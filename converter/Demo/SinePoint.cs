namespace EdgeQuant.Converter.Demo;

/// <summary>An angle and what is made of it.</summary>
/// <param name="Angle">In radians, 0 to 2 pi.</param>
/// <param name="Sine">The true sine.</param>
/// <param name="Float">What the network in floating point makes of it.</param>
/// <param name="Int8">What the model file makes of it, with integers only.</param>
internal sealed record SinePoint(double Angle, double Sine, double Float, double Int8);
