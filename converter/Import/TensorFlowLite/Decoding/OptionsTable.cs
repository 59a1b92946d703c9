using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using EdgeQuant.Converter.Import.TensorFlowLite.Options;

namespace EdgeQuant.Converter.Import.TensorFlowLite.Decoding;

/// <summary>Which options an operator has: a line for each that has any.</summary>
internal static class OptionsTable
{
    private static readonly FrozenDictionary<TfliteOperator, OptionsReader> Readers = new Dictionary<TfliteOperator, OptionsReader>
    {
        [TfliteOperator.CONV_2D] = OptionsReader.Of<Conv2DOptions>(),
        [TfliteOperator.DEPTHWISE_CONV_2D] = OptionsReader.Of<DepthwiseConv2DOptions>(),
        [TfliteOperator.TRANSPOSE_CONV] = OptionsReader.Of<TransposeConvOptions>(),
        [TfliteOperator.FULLY_CONNECTED] = OptionsReader.Of<FullyConnectedOptions>(),
        [TfliteOperator.BATCH_MATMUL] = OptionsReader.Of<BatchMatMulOptions>(),
        [TfliteOperator.AVERAGE_POOL_2D] = OptionsReader.Of<Pool2DOptions>(),
        [TfliteOperator.MAX_POOL_2D] = OptionsReader.Of<Pool2DOptions>(),
        [TfliteOperator.L2_POOL_2D] = OptionsReader.Of<Pool2DOptions>(),
        [TfliteOperator.SVDF] = OptionsReader.Of<SvdfOptions>(),
        [TfliteOperator.UNIDIRECTIONAL_SEQUENCE_LSTM] = OptionsReader.Of<UnidirectionalSequenceLstmOptions>(),
        [TfliteOperator.ADD] = OptionsReader.Of<AddOptions>(),
        [TfliteOperator.SUB] = OptionsReader.Of<SubOptions>(),
        [TfliteOperator.MUL] = OptionsReader.Of<MulOptions>(),
        [TfliteOperator.DIV] = OptionsReader.Of<DivOptions>(),
        [TfliteOperator.SOFTMAX] = OptionsReader.Of<SoftmaxOptions>(),
        [TfliteOperator.LEAKY_RELU] = OptionsReader.Of<LeakyReluOptions>(),
        [TfliteOperator.L2_NORMALIZATION] = OptionsReader.Of<L2NormOptions>(),
        [TfliteOperator.CUMSUM] = OptionsReader.Of<CumsumOptions>(),
        [TfliteOperator.MEAN] = OptionsReader.Of<ReducerOptions>(),
        [TfliteOperator.SUM] = OptionsReader.Of<ReducerOptions>(),
        [TfliteOperator.REDUCE_PROD] = OptionsReader.Of<ReducerOptions>(),
        [TfliteOperator.REDUCE_MAX] = OptionsReader.Of<ReducerOptions>(),
        [TfliteOperator.REDUCE_MIN] = OptionsReader.Of<ReducerOptions>(),
        [TfliteOperator.REDUCE_ANY] = OptionsReader.Of<ReducerOptions>(),
        [TfliteOperator.REDUCE_ALL] = OptionsReader.Of<ReducerOptions>(),
        [TfliteOperator.ARG_MAX] = OptionsReader.Of<ArgMaxOptions>(),
        [TfliteOperator.ARG_MIN] = OptionsReader.Of<ArgMinOptions>(),
        [TfliteOperator.RESIZE_BILINEAR] = OptionsReader.Of<ResizeBilinearOptions>(),
        [TfliteOperator.RESIZE_NEAREST_NEIGHBOR] = OptionsReader.Of<ResizeNearestNeighborOptions>(),
        [TfliteOperator.CONCATENATION] = OptionsReader.Of<ConcatenationOptions>(),
        [TfliteOperator.SPLIT] = OptionsReader.Of<SplitOptions>(),
        [TfliteOperator.SPLIT_V] = OptionsReader.Of<SplitVOptions>(),
        [TfliteOperator.PACK] = OptionsReader.Of<PackOptions>(),
        [TfliteOperator.UNPACK] = OptionsReader.Of<UnpackOptions>(),
        [TfliteOperator.GATHER] = OptionsReader.Of<GatherOptions>(),
        [TfliteOperator.STRIDED_SLICE] = OptionsReader.Of<StridedSliceOptions>(),
        [TfliteOperator.MIRROR_PAD] = OptionsReader.Of<MirrorPadOptions>(),
        [TfliteOperator.SPACE_TO_DEPTH] = OptionsReader.Of<SpaceToDepthOptions>(),
        [TfliteOperator.DEPTH_TO_SPACE] = OptionsReader.Of<DepthToSpaceOptions>(),
        [TfliteOperator.RESHAPE] = OptionsReader.Of<ReshapeOptions>(),
        [TfliteOperator.SQUEEZE] = OptionsReader.Of<SqueezeOptions>(),
        [TfliteOperator.SHAPE] = OptionsReader.Of<ShapeOptions>(),
        [TfliteOperator.CAST] = OptionsReader.Of<CastOptions>(),
        [TfliteOperator.CALL_ONCE] = OptionsReader.Of<CallOnceOptions>(),
        [TfliteOperator.VAR_HANDLE] = OptionsReader.Of<VarHandleOptions>(),
    }.ToFrozenDictionary();

    public static bool TryFind(TfliteOperator @operator, [NotNullWhen(true)] out OptionsReader? reader) =>
        Readers.TryGetValue(@operator, out reader);
}
