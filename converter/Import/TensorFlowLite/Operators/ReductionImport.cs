using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Import.TensorFlowLite.Options;

namespace EdgeQuant.Converter.Import.TensorFlowLite.Operators;

/// <summary>Operators that work along axes: MEAN, SUM, REDUCE_*, CUMSUM.</summary>
internal static class ReductionImport
{
    public static Operation Reduce(ImportContext context, ReduceFunction function)
    {
        return new Reduce(function, context.Options<ReducerOptions>().KeepDimensions);
    }

    public static Operation CumulativeSum(ImportContext context)
    {
        CumsumOptions options = context.Options<CumsumOptions>();
        return new CumulativeSum(options.Exclusive, options.Reverse);
    }
}
