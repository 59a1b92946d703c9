using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Export.Onnx;

/// <summary>A constant's elements in another shape and order of axes.</summary>
internal static class ConstantForm
{
    /// <summary>The bytes of a constant with its axes in another order; int4 is unpacked to int8.</summary>
    /// <param name="constant">The constant.</param>
    /// <param name="shape">A shape with as many elements, which the order is of.</param>
    /// <param name="order">Axis i of the result is axis order[i] of the shape.</param>
    public static byte[] Permuted(Tensor constant, int[] shape, int[] order)
    {
        ReadOnlySpan<byte> bytes = constant.Type == DataType.Int4 ? (byte[])(object)Int4Elements.Unpack(constant.Data!.Value.Span, constant.ElementCount) : constant.Data!.Value.Span;
        int size = constant.Type == DataType.Int4 ? 1 : constant.Type.Bytes();
        int[] strides = new int[shape.Length];
        for (int axis = shape.Length - 1, stride = size; axis >= 0; stride *= shape[axis--])
        {
            strides[axis] = stride;
        }

        byte[] result = new byte[bytes.Length];
        int[] index = new int[shape.Length];
        for (int to = 0, from = 0; to < result.Length; to += size)
        {
            bytes.Slice(from, size).CopyTo(result.AsSpan(to));
            for (int axis = order.Length - 1; axis >= 0; axis--)
            {
                from += strides[order[axis]];
                if (++index[axis] < shape[order[axis]])
                {
                    break;
                }

                from -= index[axis] * strides[order[axis]];
                index[axis] = 0;
            }
        }

        return result;
    }
}
