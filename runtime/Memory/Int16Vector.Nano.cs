using System;

namespace EdgeQuant.Runtime.Memory;

/// <summary>Int16 elements, little endian, inside an array of bytes: what <c>Span&lt;short&gt;</c> is on .NET.</summary>
/// <remarks>nanoFramework cannot look at one array as another type, so each access puts 2 bytes together. Any <see cref="Offset"/> will do, aligned or not.</remarks>
internal readonly struct Int16Vector
{
    /// <summary>The array that the view lies in.</summary>
    public readonly sbyte[] Array;

    /// <summary>Index in <see cref="Array"/> of the first byte of the view's first element.</summary>
    public readonly int Offset;

    /// <summary>Number of elements; they take 2 bytes each.</summary>
    public readonly int Length;

    /// <summary>Views <paramref name="length"/> elements from byte <paramref name="offset"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The view does not lie inside the array.</exception>
    public Int16Vector(sbyte[] array, int offset, int length)
    {
        int bytes = array == null ? 0 : array.Length;

        // By division, because length * 2 may overflow.
        VectorRange.Check(0, length, (bytes - offset) / 2);
        VectorRange.Check(offset, length * 2, bytes);
        Array = array!;
        Offset = offset;
        Length = length;
    }

    /// <summary>True if the view has no element.</summary>
    public bool IsEmpty => Length == 0;

    /// <summary>The element at <paramref name="index"/>, from 0 to <see cref="Length"/> - 1.</summary>
    /// <exception cref="IndexOutOfRangeException">The index lies outside the view.</exception>
    public short this[int index]
    {
        get
        {
            if ((uint)index >= (uint)Length)
            {
                VectorRange.ThrowIndexOutOfRange();
            }

            sbyte[] array = Array;
            int position = Offset + (index * 2);
            return (short)((byte)array[position] | (array[position + 1] << 8));
        }

        set
        {
            if ((uint)index >= (uint)Length)
            {
                VectorRange.ThrowIndexOutOfRange();
            }

            sbyte[] array = Array;
            int position = Offset + (index * 2);
            array[position] = (sbyte)value;
            array[position + 1] = (sbyte)(value >> 8);
        }
    }

    /// <summary>The view from <paramref name="start"/> to the end.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="start"/> is negative or above <see cref="Length"/>.</exception>
    public Int16Vector Slice(int start) => Slice(start, Length - start);

    /// <summary>The view of <paramref name="length"/> elements from <paramref name="start"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The slice does not lie inside the view.</exception>
    public Int16Vector Slice(int start, int length)
    {
        VectorRange.Check(start, length, Length);
        return new Int16Vector(Array, Offset + (start * 2), length);
    }

    /// <summary>Sets every element to <paramref name="value"/>.</summary>
    public void Fill(short value)
    {
        Int16Vector elements = this;
        for (int index = 0; index < Length; index++)
        {
            elements[index] = value;
        }
    }

    /// <summary>Sets every element to 0.</summary>
    public void Clear()
    {
        if (Length != 0)
        {
            System.Array.Clear(Array, Offset, Length * 2);
        }
    }

    /// <summary>Copies every element to the start of <paramref name="destination"/>, rightly too where both overlap.</summary>
    /// <exception cref="ArgumentException">The destination is shorter than this view.</exception>
    public void CopyTo(Int16Vector destination)
    {
        VectorRange.CheckCopy(Length, destination.Length);
        if (Length != 0)
        {
            System.Array.Copy(Array, Offset, destination.Array, destination.Offset, Length * 2);
        }
    }
}
