using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Import.TensorFlowLite.FlexBuffers;

namespace EdgeQuant.Converter.Import.TensorFlowLite.Operators;

/// <summary>TensorFlow Lite Micro's signal library: custom operators with options in the FlexBuffers format.</summary>
internal static class SignalImport
{
    private const int MostShift = 31;

    public static Operation Window(ImportContext context)
    {
        return new SignalWindow(context.CustomOptions().Int32("shift", 0, MostShift));
    }

    public static Operation Rfft(ImportContext context)
    {
        return new SignalRfft(context.CustomOptions().Int32("fft_length", 1, int.MaxValue));
    }

    public static Operation Energy(ImportContext context)
    {
        FlexBufferMap options = context.CustomOptions();
        return new SignalEnergy(options.Int32("start_index", 0, int.MaxValue), options.Int32("end_index", 0, int.MaxValue));
    }

    public static Operation FilterBank(ImportContext context)
    {
        RequireChannels(context.CustomOptions(), context.Output());
        return new SignalFilterBank();
    }

    public static Operation? SpectralSubtraction(ImportContext context)
    {
        FlexBufferMap options = context.CustomOptions();
        Tensor bands = context.Input(0);
        RequireChannels(options, bands);
        SignalFilterBankSpectralSubtraction operation = new(
            new SmoothingFilter(Coefficient(options, "smoothing"), Coefficient(options, "one_minus_smoothing")),
            new SmoothingFilter(Coefficient(options, "alternate_smoothing"), Coefficient(options, "alternate_one_minus_smoothing")),
            Coefficient(options, "min_signal_remaining"),
            options.Int32("smoothing_bits", 0, MostShift),
            options.Int32("spectral_subtraction_bits", 0, MostShift),
            options.Int32("clamping", 0, 1) == 1);
        Tensor state = new("noise estimate of " + bands.Name, bands.Type, [.. bands.Shape]);
        if (!context.States.TryStart(state, 0))
        {
            return context.Refuse($"All states of the network together take more than {StateMemory.Limit} bytes.", "Use smaller states.");
        }

        context.Inputs = [.. context.Inputs, state];
        return operation;
    }

    public static Operation Pcan(ImportContext context)
    {
        const int MostProductShift = 63;
        return new SignalPcan(context.CustomOptions().Int32("snr_shift", 0, MostProductShift));
    }

    public static Operation FilterBankLog(ImportContext context)
    {
        FlexBufferMap options = context.CustomOptions();
        return new SignalFilterBankLog(options.Int32("input_correction_bits", 0, MostShift), options.Int32("output_scale", 0, int.MaxValue));
    }

    private static int Coefficient(FlexBufferMap options, string name)
    {
        return options.Int32(name, 0, int.MaxValue);
    }

    /// <summary>The number of channels that the options say is the tensor's.</summary>
    private static void RequireChannels(FlexBufferMap options, Tensor tensor)
    {
        options.Int32("num_channels", tensor.ElementCount, tensor.ElementCount);
    }
}
