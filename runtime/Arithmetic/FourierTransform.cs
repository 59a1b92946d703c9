namespace EdgeQuant.Runtime.Arithmetic;

/// <summary>
/// The fast Fourier transform of 16-bit complex numbers, as KISS FFT computes it with 15 bits for the fraction: decimation in time, radix 4
/// with a last pass of radix 2 where the length asks for it. Each pass divides by its radix, so that the result is the transform divided by
/// the length.
/// </summary>
internal sealed class FourierTransform
{
    private const int FractionBits = 15;
    private const int Half = 1 << (FractionBits - 1);
    private const int Largest = short.MaxValue;

    private readonly short[] _order;
    private readonly int _length;

    /// <summary>Makes the order in which the first pass needs the numbers.</summary>
    /// <param name="length">Complex numbers; a power of two from 2 to 16384.</param>
    internal FourierTransform(int length)
    {
        _length = length;
        _order = new short[length];
        for (int i = 0; i < length; i++)
        {
            _order[i] = Source(i);
        }
    }

    /// <summary>Where the number at a position of the first pass stands in the data.</summary>
    internal int Order(int position)
    {
        return _order[position];
    }

    /// <summary>a / <paramref name="divisor"/> as KISS FFT divides: by the product with a fraction that is rounded down.</summary>
    internal static short Divide(int a, int divisor)
    {
        return Round(a * (Largest / divisor));
    }

    /// <summary>A product with 30 fraction bits, rounded to 15.</summary>
    internal static short Round(int product)
    {
        return (short)((product + Half) >> FractionBits);
    }

    /// <summary>Transforms in place.</summary>
    /// <param name="data">Real and imaginary parts in turn, in the order of <see cref="Order"/>; each fits into 16 bits.</param>
    /// <param name="twiddles">exp(-2 pi i k / length) in Q0.15 for each k: real and imaginary parts in turn.</param>
    internal void Run(int[] data, Int16Parameters twiddles)
    {
        int size = 1;
        if (IsOddPower(_length))
        {
            Pass2(data, twiddles);
            size = 2;
        }

        for (; size < _length; size *= 4)
        {
            Pass4(data, size, twiddles);
        }
    }

    private static bool IsOddPower(int length)
    {
        return (length & 0x2AAAAAAA) != 0;
    }

    /// <summary>The digits of a position, the least significant first, are those of where its number comes from, the most significant first.</summary>
    private short Source(int position)
    {
        int source = 0;
        int stride = 1;
        int rest = _length;
        while (rest > 1)
        {
            int radix = rest >= 4 ? 4 : 2;
            rest /= radix;
            source += position / rest * stride;
            position %= rest;
            stride *= radix;
        }

        return (short)source;
    }

    /// <summary>Transforms of 2 numbers each; their only twiddle is 1.</summary>
    private void Pass2(int[] data, Int16Parameters twiddles)
    {
        int real = twiddles[0];
        int imaginary = twiddles[1];
        for (int at = 0; at < 2 * _length; at += 4)
        {
            int ar = Divide(data[at], 2);
            int ai = Divide(data[at + 1], 2);
            int br = Divide(data[at + 2], 2);
            int bi = Divide(data[at + 3], 2);
            int tr = Round((br * real) - (bi * imaginary));
            int ti = Round((br * imaginary) + (bi * real));
            data[at] = (short)(ar + tr);
            data[at + 1] = (short)(ai + ti);
            data[at + 2] = (short)(ar - tr);
            data[at + 3] = (short)(ai - ti);
        }
    }

    /// <summary>Makes one transform of <paramref name="size"/> x 4 numbers of each four of <paramref name="size"/>.</summary>
    private void Pass4(int[] data, int size, Int16Parameters twiddles)
    {
        int step = _length / (4 * size) * 2;
        for (int k = 0; k < size; k++)
        {
            int w1 = k * step;
            int w2 = 2 * w1;
            int w3 = 3 * w1;
            int w1r = twiddles[w1];
            int w1i = twiddles[w1 + 1];
            int w2r = twiddles[w2];
            int w2i = twiddles[w2 + 1];
            int w3r = twiddles[w3];
            int w3i = twiddles[w3 + 1];
            for (int a = 2 * k; a < 2 * _length; a += 8 * size)
            {
                int b = a + (2 * size);
                int c = b + (2 * size);
                int d = c + (2 * size);
                int ar = Divide(data[a], 4);
                int ai = Divide(data[a + 1], 4);
                int br = Divide(data[b], 4);
                int bi = Divide(data[b + 1], 4);
                int cr = Divide(data[c], 4);
                int ci = Divide(data[c + 1], 4);
                int dr = Divide(data[d], 4);
                int di = Divide(data[d + 1], 4);
                int tbr = Round((br * w1r) - (bi * w1i));
                int tbi = Round((br * w1i) + (bi * w1r));
                int tcr = Round((cr * w2r) - (ci * w2i));
                int tci = Round((cr * w2i) + (ci * w2r));
                int tdr = Round((dr * w3r) - (di * w3i));
                int tdi = Round((dr * w3i) + (di * w3r));
                int evenDifferenceR = (short)(ar - tcr);
                int evenDifferenceI = (short)(ai - tci);
                int evenSumR = (short)(ar + tcr);
                int evenSumI = (short)(ai + tci);
                int oddSumR = (short)(tbr + tdr);
                int oddSumI = (short)(tbi + tdi);
                int oddDifferenceR = (short)(tbr - tdr);
                int oddDifferenceI = (short)(tbi - tdi);
                data[a] = (short)(evenSumR + oddSumR);
                data[a + 1] = (short)(evenSumI + oddSumI);
                data[b] = (short)(evenDifferenceR + oddDifferenceI);
                data[b + 1] = (short)(evenDifferenceI - oddDifferenceR);
                data[c] = (short)(evenSumR - oddSumR);
                data[c + 1] = (short)(evenSumI - oddSumI);
                data[d] = (short)(evenDifferenceR - oddDifferenceI);
                data[d + 1] = (short)(evenDifferenceI + oddDifferenceR);
            }
        }
    }
}
