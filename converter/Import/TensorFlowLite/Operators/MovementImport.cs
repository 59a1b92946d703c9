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
            ? new Concatenation(options.Axis)
            : context.Refuse($"The fused activation is {options.Activation}; a concatenation has none.", "Make the activation an operator of its own.");
    }

    public static Operation Pack(ImportContext context)
    {
        return new Stack(context.Options<PackOptions>().Axis);
    }

    public static Operation Unpack(ImportContext context)
    {
        return new Unstack(context.Options<UnpackOptions>().Axis);
    }

    public static Operation StridedSlice(ImportContext context)
    {
        StridedSliceOptions options = context.Options<StridedSliceOptions>();
        return new StridedSlice(
            options.BeginMask, options.EndMask, options.EllipsisMask, options.NewAxisMask, options.ShrinkAxisMask, options.EndIsOffset);
    }

    public static Operation Gather(ImportContext context)
    {
        GatherOptions options = context.Options<GatherOptions>();
        return new Gather(options.Axis, options.BatchDimensions);
    }

    public static Operation MirrorPad(ImportContext context)
    {
        MirrorMode mode = context.Options<MirrorPadOptions>().Mode == TfliteMirrorPadMode.Reflect ? MirrorMode.Reflect : MirrorMode.Symmetric;
        return new MirrorPad(mode);
    }

    public static Operation SpaceToDepth(ImportContext context)
    {
        return new SpaceToDepth(context.Options<SpaceToDepthOptions>().BlockSize);
    }

    public static Operation DepthToSpace(ImportContext context)
    {
        return new DepthToSpace(context.Options<DepthToSpaceOptions>().BlockSize);
    }
}
