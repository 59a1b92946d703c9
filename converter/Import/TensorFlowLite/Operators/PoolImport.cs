using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Import.TensorFlowLite.Options;

namespace EdgeQuant.Converter.Import.TensorFlowLite.Operators;

/// <summary>AVERAGE_POOL_2D and MAX_POOL_2D.</summary>
internal static class PoolImport
{
    public static Operation? Import(ImportContext context, PoolKind kind)
    {
        Pool2DOptions options = context.Options<Pool2DOptions>();
        if (context.Input(0).Rank != 4 || context.Output().Rank != 4)
        {
            return context.Refuse("Data and output must have 4 dimensions.", "Reshape the data to [batch, height, width, channels].");
        }

        WindowAttributes window = WindowImport.Window(
            context.Input(0).Shape, options.FilterHeight, options.FilterWidth, options.Padding, (options.StrideHeight, options.StrideWidth), (1, 1));
        return ActivationImport.Of(context, options.Activation) is Activation activation
            ? new Pool2D(kind, options.FilterHeight, options.FilterWidth, window, activation)
            : null;
    }
}
