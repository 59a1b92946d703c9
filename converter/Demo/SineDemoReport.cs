using EdgeQuant.Converter.Report;

namespace EdgeQuant.Converter.Demo;

/// <summary>How the demonstration went.</summary>
/// <param name="Conversion">The conversion of the quantized network.</param>
/// <param name="MeanErrorFloat">The mean distance of the floating-point network from the sine.</param>
/// <param name="MeanErrorInt8">The mean distance of the model file from the sine.</param>
/// <param name="LargestErrorInt8">The largest distance of the model file from the sine.</param>
/// <param name="LargestAllowedError">What <paramref name="LargestErrorInt8"/> must stay below.</param>
/// <param name="Points">Angles from 0 to 2 pi.</param>
internal sealed record SineDemoReport(
    ConversionReport Conversion,
    double MeanErrorFloat,
    double MeanErrorInt8,
    double LargestErrorInt8,
    double LargestAllowedError,
    IReadOnlyList<SinePoint> Points);
