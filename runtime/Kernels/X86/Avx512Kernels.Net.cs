namespace EdgeQuant.Runtime.Kernels.X86;

/// <summary>Kernels for x86-64 with AVX-VNNI and AVX-512: bytes are multiplied in 256 bits, everything else goes in 512.</summary>
internal sealed class Avx512Kernels : AvxVnniKernels
{
    internal static new bool IsSupported => Avx512Requantizer.IsSupported && AvxVnniKernels.IsSupported;

    internal override string Name => "avx512";

    protected override Requantizer? RectifiedRequantizer(BoundedMultipliers multipliers)
    {
        return RectifiedScales.TryCreate(multipliers) is { } scales ? new Avx512RectifiedRequantizer(scales) : null;
    }

    protected override Requantizer BoundedRequantizer(BoundedScales scales)
    {
        return new Avx512Requantizer(scales);
    }

    protected override int AddVectors(ReadOnlySpan<sbyte> left, ReadOnlySpan<sbyte> right, Span<sbyte> output, SumParameters parameters)
    {
        return Avx512Sums.CanAdd(parameters) ? Avx512Sums.Add(left, right, output, parameters) : base.AddVectors(left, right, output, parameters);
    }
}
