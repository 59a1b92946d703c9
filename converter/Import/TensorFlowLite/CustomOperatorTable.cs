using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Import.TensorFlowLite.Operators;

namespace EdgeQuant.Converter.Import.TensorFlowLite;

/// <summary>The table of supported custom operators, by name: TensorFlow Lite Micro's signal library.</summary>
internal static class CustomOperatorTable
{
    /// <summary>The operation for a node; null after the context was told why not.</summary>
    public static Operation? Import(ImportContext context)
    {
        return context.Node.Code.CustomName switch
        {
            "SignalWindow" => SignalImport.Window(context),
            "SignalFftAutoScale" => new SignalFftAutoScale(),
            "SignalRfft" => SignalImport.Rfft(context),
            "SignalEnergy" => SignalImport.Energy(context),
            "SignalFilterBank" => SignalImport.FilterBank(context),
            "SignalFilterBankSquareRoot" => new SignalFilterBankSquareRoot(),
            "SignalFilterBankSpectralSubtraction" => SignalImport.SpectralSubtraction(context),
            "SignalPCAN" => SignalImport.Pcan(context),
            "SignalFilterBankLog" => SignalImport.FilterBankLog(context),
            _ => UnknownOperator.Refuse(context),
        };
    }
}
