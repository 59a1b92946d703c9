using System.Collections.Immutable;
using EdgeQuant.Converter.Import.TensorFlowLite.FlatBuffers;

namespace EdgeQuant.Converter.Import.TensorFlowLite.Decoding;

/// <summary>Reads tensors of a model whose buffers have been read.</summary>
internal sealed class TensorDecoder(ImmutableArray<ReadOnlyMemory<byte>> buffers)
{
    private const int UnknownExtent = -1;

    public TfliteTensor Decode(FlatBufferTable tensor, int index)
    {
        var type = (TfliteType)tensor.Int8(1, "type");
        ImmutableArray<int> shape = tensor.Int32Vector(0, "shape");
        int elements = ElementCount(tensor, shape);
        bool isSparse = tensor.Table(6, "sparsity") is not null;
        uint buffer = tensor.UInt32(2, "buffer");
        if (buffer >= buffers.Length)
        {
            throw tensor.Error(2, "buffer", $"buffer {buffer}", Allowed.IndexOf(buffers.Length));
        }

        ReadOnlyMemory<byte> data = buffers[(int)buffer];
        if (!data.IsEmpty && !isSparse && type.BitsPerElement() != 0)
        {
            CheckDataLength(tensor, type, shape, elements, data.Length);
        }

        return new TfliteTensor
        {
            Index = index,
            Name = tensor.String(3, "name") ?? "",
            Type = type,
            Shape = shape,
            ShapeSignature = tensor.Int32Vector(7, "shape_signature"),
            ElementCount = elements,
            BufferIndex = (int)buffer,
            Data = data.IsEmpty ? default(ReadOnlyMemory<byte>?) : data,
            Quantization = tensor.Table(4, "quantization") is { } quantization ? Quantization(quantization) : null,
            IsVariable = tensor.Bool(5, "is_variable"),
            IsSparse = isSparse,
        };
    }

    /// <summary>The product of the extents; -1 if one is unknown.</summary>
    private static int ElementCount(FlatBufferTable tensor, ImmutableArray<int> shape)
    {
        long count = shape.Contains(0) ? 0 : 1;
        for (int i = 0; i < shape.Length; i++)
        {
            if (shape[i] < UnknownExtent)
            {
                throw tensor.ElementError(0, "shape", i, $"{shape[i]}", $"{UnknownExtent} to {int.MaxValue}");
            }

            count *= Math.Abs(shape[i]);
            if (count > int.MaxValue)
            {
                throw tensor.Error(0, "shape", $"{count} elements or more", $"up to {int.MaxValue}");
            }
        }

        return shape.Contains(UnknownExtent) ? UnknownExtent : (int)count;
    }

    private static void CheckDataLength(FlatBufferTable tensor, TfliteType type, ImmutableArray<int> shape, int elements, int length)
    {
        if (elements == UnknownExtent)
        {
            throw tensor.Error(0, "shape", "an unknown extent", "known extents only, for the tensor is a constant");
        }

        long wanted = type.BytesFor(elements);
        if (length != wanted)
        {
            throw tensor.Error(2, "buffer", $"{length} bytes of data", $"{wanted}, for {elements} elements of {type}");
        }
    }

    private static TfliteQuantization? Quantization(FlatBufferTable quantization)
    {
        ImmutableArray<float> scales = quantization.Float32Vector(2, "scale");
        ImmutableArray<long> zeroPoints = quantization.Int64Vector(3, "zero_point");
        bool hasDetails = quantization.UInt8(4, "details_type") != 0;
        return scales.IsEmpty && zeroPoints.IsEmpty && !hasDetails
            ? null
            : new TfliteQuantization(scales, zeroPoints, quantization.Int32(6, "quantized_dimension"), hasDetails);
    }
}
