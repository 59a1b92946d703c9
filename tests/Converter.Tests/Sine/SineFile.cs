namespace EdgeQuant.Converter.Tests.Sine;

/// <summary>A model file made in a moment: the sine network.</summary>
internal static class SineFile
{
    /// <summary>Trains, quantizes and converts the network; the same on every run.</summary>
    /// <returns>The <c>.eqm</c> file: float angle [1, 1] in, float sine [1, 1] out.</returns>
    public static byte[] Make()
    {
        return GraphConverter.Convert(SineQuantization.Quantize(SineNetwork.Train()), [], "test", new ConversionOptions { SourceName = "sine" }).File;
    }
}
