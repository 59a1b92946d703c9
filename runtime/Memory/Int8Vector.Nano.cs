using System;

namespace EdgeQuant.Runtime.Memory;

/// <summary>Int8 elements inside a larger array: what <c>Span&lt;sbyte&gt;</c> is on .NET.</summary>
/// <remarks>Inner loops take <see cref="Array"/> and <see cref="Offset"/> out first: an array element costs a third of the indexer.</remarks>
internal readonly struct Int8Vector
{
    /// <summary>The array that the view lies in.</summary>
    public readonly sbyte[] Array;

    /// <summary>Index in <see cref="Array"/> of the view's first element.</summary>
    public readonly int Offset;

    /// <summary>Number of elements.</summary>
    public readonly int Length;

    /// <summary>Views all of an array.</summary>
    public Int8Vector(sbyte[] array)
    {
        Array = array;
        Offset = 0;
        Length = array.Length;
    }

    /// <summary>Views <paramref name="length"/> elements from <paramref name="offset"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The view does not lie inside the array.</exception>
    public Int8Vector(sbyte[] array, int offset, int length)
    {
        VectorRange.Check(offset, length, array == null ? 0 : array.Length);
        Array = array!;
        Offset = offset;
        Length = length;
    }

    /// <summary>True if the view has no element.</summary>
    public bool IsEmpty => Length == 0;

    /// <summary>The element at <paramref name="index"/>, from 0 to <see cref="Length"/> - 1.</summary>
    /// <exception cref="IndexOutOfRangeException">The index lies outside the view.</exception>
    public sbyte this[int index]
    {
        get
        {
            if ((uint)index >= (uint)Length)
            {
                VectorRange.ThrowIndexOutOfRange();
            }

            return Array[Offset + index];
        }

        set
        {
            if ((uint)index >= (uint)Length)
            {
                VectorRange.ThrowIndexOutOfRange();
            }

            Array[Offset + index] = value;
        }
    }

    /// <summary>The view from <paramref name="start"/> to the end.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="start"/> is negative or above <see cref="Length"/>.</exception>
    public Int8Vector Slice(int start) => Slice(start, Length - start);

    /// <summary>The view of <paramref name="length"/> elements from <paramref name="start"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The slice does not lie inside the view.</exception>
    public Int8Vector Slice(int start, int length)
    {
        VectorRange.Check(start, length, Length);
        return new Int8Vector(Array, Offset + start, length);
    }

    /// <summary>Sets every element to <paramref name="value"/>.</summary>
    public void Fill(sbyte value)
    {
        sbyte[] array = Array;
        int end = Offset + Length;
        for (int index = Offset; index < end; index++)
        {
            array[index] = value;
        }
    }

    /// <summary>Sets every element to 0.</summary>
    public void Clear()
    {
        if (Length != 0)
        {
            System.Array.Clear(Array, Offset, Length);
        }
    }

    /// <summary>Copies every element to the start of <paramref name="destination"/>, rightly too where both overlap.</summary>
    /// <exception cref="ArgumentException">The destination is shorter than this view.</exception>
    public void CopyTo(Int8Vector destination)
    {
        VectorRange.CheckCopy(Length, destination.Length);
        if (Length != 0)
        {
            System.Array.Copy(Array, Offset, destination.Array, destination.Offset, Length);
        }
    }
}
