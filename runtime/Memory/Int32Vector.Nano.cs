using System;

namespace EdgeQuant.Runtime.Memory;

/// <summary>Int32 elements, little endian, inside an array of bytes: what <c>Span&lt;int&gt;</c> is on .NET.</summary>
/// <remarks>nanoFramework cannot look at one array as another type, so each access puts 4 bytes together. Any <see cref="Offset"/> will do, aligned or not.</remarks>
internal readonly struct Int32Vector
{
    /// <summary>The array that the view lies in.</summary>
    public readonly sbyte[] Array;

    /// <summary>Index in <see cref="Array"/> of the first byte of the view's first element.</summary>
    public readonly int Offset;

    /// <summary>Number of elements; they take 4 bytes each.</summary>
    public readonly int Length;

    /// <summary>Views <paramref name="length"/> elements from byte <paramref name="offset"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The view does not lie inside the array.</exception>
    public Int32Vector(sbyte[] array, int offset, int length)
    {
        int bytes = array == null ? 0 : array.Length;

        // By division, because length * 4 may overflow.
        VectorRange.Check(0, length, (bytes - offset) / 4);
        VectorRange.Check(offset, length * 4, bytes);
        Array = array!;
        Offset = offset;
        Length = length;
    }

    /// <summary>True if the view has no element.</summary>
    public bool IsEmpty => Length == 0;

    /// <summary>The element at <paramref name="index"/>, from 0 to <see cref="Length"/> - 1.</summary>
    /// <exception cref="IndexOutOfRangeException">The index lies outside the view.</exception>
    public int this[int index]
    {
        get
        {
            if ((uint)index >= (uint)Length)
            {
                VectorRange.ThrowIndexOutOfRange();
            }

            sbyte[] array = Array;
            int position = Offset + (index * 4);
            return (byte)array[position] | ((byte)array[position + 1] << 8) | ((byte)array[position + 2] << 16) | (array[position + 3] << 24);
        }

        set
        {
            if ((uint)index >= (uint)Length)
            {
                VectorRange.ThrowIndexOutOfRange();
            }

            sbyte[] array = Array;
            int position = Offset + (index * 4);
            array[position] = (sbyte)value;
            array[position + 1] = (sbyte)(value >> 8);
            array[position + 2] = (sbyte)(value >> 16);
            array[position + 3] = (sbyte)(value >> 24);
        }
    }

    /// <summary>The view from <paramref name="start"/> to the end.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="start"/> is negative or above <see cref="Length"/>.</exception>
    public Int32Vector Slice(int start) => Slice(start, Length - start);

    /// <summary>The view of <paramref name="length"/> elements from <paramref name="start"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The slice does not lie inside the view.</exception>
    public Int32Vector Slice(int start, int length)
    {
        VectorRange.Check(start, length, Length);
        return new Int32Vector(Array, Offset + (start * 4), length);
    }

    /// <summary>Sets every element to <paramref name="value"/>.</summary>
    public void Fill(int value)
    {
        Int32Vector elements = this;
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
            System.Array.Clear(Array, Offset, Length * 4);
        }
    }

    /// <summary>Copies every element to the start of <paramref name="destination"/>, rightly too where both overlap.</summary>
    /// <exception cref="ArgumentException">The destination is shorter than this view.</exception>
    public void CopyTo(Int32Vector destination)
    {
        VectorRange.CheckCopy(Length, destination.Length);
        if (Length != 0)
        {
            System.Array.Copy(Array, Offset, destination.Array, destination.Offset, Length * 4);
        }
    }
}
