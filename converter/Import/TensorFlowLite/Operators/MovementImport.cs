using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Import.TensorFlowLite.Options;

namespace EdgeQuant.Converter.Import.TensorFlowLite.Operators;

/// <summary>Operators that move elements without computing.</summary>
internal static class MovementImport
{
    public static Operation? Concatenation(ImportContext context)
    {
        ConcatenationOptions options = context.Options<ConcatenationOptions>();
        return options.Activation == TfliteActivation.None
            ? Plain(context, context.Inputs.Length, new Concatenation(options.Axis))
            : context.Refuse($"The fused activation is {options.Activation}; a concatenation has none.", "Make the activation an operator of its own.");
    }

    public static Operation? Pack(ImportContext context)
    {
        return Plain(context, context.Inputs.Length, new Stack(context.Options<PackOptions>().Axis));
    }

    public static Operation? Unpack(ImportContext context)
    {
        return Plain(context, 1, new Unstack(context.Options<UnpackOptions>().Axis));
    }

    public static Operation? StridedSlice(ImportContext context)
    {
        StridedSliceOptions options = context.Options<StridedSliceOptions>();
        return Plain(
            context,
            4,
            new StridedSlice(options.BeginMask, options.EndMask, options.EllipsisMask, options.NewAxisMask, options.ShrinkAxisMask, options.EndIsOffset));
    }

    public static Operation? Gather(ImportContext context)
    {
        GatherOptions options = context.Options<GatherOptions>();
        return Plain(context, 2, new Gather(options.Axis, options.BatchDimensions));
    }

    public static Operation? MirrorPad(ImportContext context)
    {
        MirrorMode mode = context.Options<MirrorPadOptions>().Mode == TfliteMirrorPadMode.Reflect ? MirrorMode.Reflect : MirrorMode.Symmetric;
        return Plain(context, 2, new MirrorPad(mode));
    }

    public static Operation? SpaceToDepth(ImportContext context)
    {
        return Plain(context, 1, new SpaceToDepth(context.Options<SpaceToDepthOptions>().BlockSize));
    }

    public static Operation? DepthToSpace(ImportContext context)
    {
        return Plain(context, 1, new DepthToSpace(context.Options<DepthToSpaceOptions>().BlockSize));
    }

    /// <summary>An operation without options, after a look at whether the operator has its inputs and outputs.</summary>
    /// <param name="context">The operator.</param>
    /// <param name="inputs">How many inputs there must be.</param>
    /// <param name="operation">The operation.</param>
    public static Operation? Plain(ImportContext context, int inputs, Operation operation)
    {
        return inputs > 0 && context.Inputs.Length >= inputs && !context.Inputs.Take(inputs).Contains(null) && context.Outputs.Length > 0
            ? operation
            : context.Refuse($"It has {context.Inputs.Length} inputs and {context.Outputs.Length} outputs; needed are {Math.Max(inputs, 1)} inputs and an output.", "Convert the source network again.");
    }
}
