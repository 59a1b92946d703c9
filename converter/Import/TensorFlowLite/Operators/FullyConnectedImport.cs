using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Import.TensorFlowLite.Options;

namespace EdgeQuant.Converter.Import.TensorFlowLite.Operators;

/// <summary>FULLY_CONNECTED.</summary>
internal static class FullyConnectedImport
{
    public static Operation? Import(ImportContext context)
    {
        FullyConnectedOptions options = context.Options<FullyConnectedOptions>();
        if (context.Input(1).Rank != 2)
        {
            return context.Refuse("The weights must have 2 dimensions.", "Reshape the weights to [outputs, inputs].");
        }

        if (options.WeightsFormat != TfliteWeightsFormat.Default)
        {
            return context.Refuse("The weights are shuffled.", "Convert the network again with the default weights format.");
        }

        if (context.Input(1).Quantization is { IsPerChannel: true })
        {
            SymmetricWeights.Of(context.Input(1));
        }

        return ActivationImport.Of(context, options.Activation) is Activation activation ? new FullyConnected(activation) : null;
    }
}
