using EdgeQuant.Runtime.Kernels;
using EdgeQuant.Runtime.Memory;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>Moves runs of elements of any type up to 32 bits between tensors and 32-bit working memory.</summary>
internal static class ElementBlock
{
    /// <summary>Elements that are worked on at once: few enough to stay in the fastest memory.</summary>
    internal const int Length = 64;

    /// <summary>Sets <paramref name="count"/> values from <paramref name="at"/> to elements of a tensor.</summary>
    /// <param name="kernels">What converts elements side by side.</param>
    /// <param name="source">The tensor.</param>
    /// <param name="type">Its type: int8, uint8, int16, int32 or bool.</param>
    /// <param name="start">The first element.</param>
    /// <param name="stride">The elements from one value to the next; 0 if all values are the first.</param>
    /// <param name="values">Where the values go.</param>
    /// <param name="at">The index of the first of them.</param>
    /// <param name="count">The number of values.</param>
    internal static void Load(KernelSet kernels, TensorData source, ElementType type, int start, int stride, int[] values, int at, int count)
    {
        int from = start;
        int end = at + count;
        if (type == ElementType.Int32)
        {
            ReadOnlyInt32Vector elements = source.Int32();
            for (int to = at; to < end; to++, from += stride)
            {
                values[to] = elements[from];
            }
        }
        else if (type == ElementType.Int16)
        {
            ReadOnlyInt16Vector elements = source.Int16();
            if (stride == 1)
            {
                kernels.WidenInt16(elements.Slice(start, count), values, at);
                return;
            }

            for (int to = at; to < end; to++, from += stride)
            {
                values[to] = elements[from];
            }
        }
        else if (type == ElementType.UInt8)
        {
            ReadOnlyInt8Vector elements = source.Int8();
            for (int to = at; to < end; to++, from += stride)
            {
                values[to] = elements[from] & 0xFF;
            }
        }
        else
        {
            ReadOnlyInt8Vector elements = source.Int8();
            if (stride == 1)
            {
                kernels.Widen(elements.Slice(start, count), values, at);
                return;
            }

            for (int to = at; to < end; to++, from += stride)
            {
                values[to] = elements[from];
            }
        }
    }

    /// <summary>Writes the first <paramref name="count"/> values to a tensor, cut to its type.</summary>
    internal static void Store(KernelSet kernels, int[] values, int count, TensorData target, ElementType type, int start)
    {
        if (type == ElementType.Int32)
        {
            Int32Vector elements = target.Int32();
            for (int i = 0; i < count; i++)
            {
                elements[start + i] = values[i];
            }
        }
        else if (type == ElementType.Int16)
        {
            kernels.NarrowInt16(values, 0, target.Int16().Slice(start, count));
        }
        else
        {
            kernels.Narrow(values, 0, target.Int8().Slice(start, count));
        }
    }
}
