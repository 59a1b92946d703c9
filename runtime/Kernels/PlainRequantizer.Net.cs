using System.Runtime.CompilerServices;

namespace EdgeQuant.Runtime.Kernels;

/// <summary>Finishes accumulators one after the other, whatever their range, multipliers and shifts.</summary>
/// <param name="parameters">Offsets, multipliers and clamp.</param>
internal sealed class PlainRequantizer(RowParameters parameters) : Requantizer(parameters.Rows)
{
    private readonly RowParameters _parameters = parameters;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Finish(ref int sums, int vectors, ref sbyte output)
    {
        ReadOnlySpan<int> multipliers = _parameters.Multipliers;
        ReadOnlySpan<sbyte> shifts = _parameters.Shifts;
        for (int lane = 0; lane < vectors * Lanes; lane++)
        {
            int channel = ChannelOf(lane, _parameters.Rows);
            if (channel < _parameters.Rows)
            {
                int scale = channel * _parameters.PerRow;
                Unsafe.Add(ref output, lane) = (sbyte)_parameters.Finish(Unsafe.Add(ref sums, lane), multipliers[scale], shifts[scale]);
            }
        }
    }
}
