using EdgeQuant.Converter.Import.TensorFlowLite.FlatBuffers;

namespace EdgeQuant.Converter.Import.TensorFlowLite.Options;

/// <summary>Options of STRIDED_SLICE. Bit <c>i</c> of a mask speaks of entry <c>i</c> of begin, end and strides.</summary>
/// <param name="BeginMask">The begin is ignored: as far as the slice can reach.</param>
/// <param name="EndMask">The end is ignored: as far as the slice can reach.</param>
/// <param name="EllipsisMask">The entry stands for as many whole dimensions as fit.</param>
/// <param name="NewAxisMask">The entry adds a dimension of extent 1.</param>
/// <param name="ShrinkAxisMask">The entry takes one element and removes the dimension.</param>
/// <param name="EndIsOffset">The end counts from the begin.</param>
internal sealed record StridedSliceOptions(
    int BeginMask,
    int EndMask,
    int EllipsisMask,
    int NewAxisMask,
    int ShrinkAxisMask,
    bool EndIsOffset)
    : TfliteOptions, ITfliteOptions<StridedSliceOptions>
{
    public static byte UnionType => 32;

    public static StridedSliceOptions Read(FlatBufferTable table) => new(
        BeginMask: table.Int32(0, "begin_mask"),
        EndMask: table.Int32(1, "end_mask"),
        EllipsisMask: table.Int32(2, "ellipsis_mask"),
        NewAxisMask: table.Int32(3, "new_axis_mask"),
        ShrinkAxisMask: table.Int32(4, "shrink_axis_mask"),
        EndIsOffset: table.Bool(5, "offset"));
}
