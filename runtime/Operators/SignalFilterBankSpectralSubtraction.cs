using EdgeQuant.Runtime.Memory;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>Noise reduction: what a band has had for long, by a smoothing filter, is taken off it, but for a part that always remains.</summary>
/// <remarks>
/// Input: bands (int32, of which all bits are the number). Outputs: the bands without noise, which may be the same bytes; the estimates of the
/// noise; the estimates again in the state, which is read too (all int32, as many). Attributes: smoothing and one minus smoothing of bands
/// with even numbers, then of those with odd ones; the part that remains; smoothing bits (0 to 31, fraction bits of the estimates);
/// subtraction bits (0 to 31, fraction bits of the other numbers, which are 0 to 2^31 - 1); 1 if an estimate above its band is brought down to
/// it, else 0.
/// </remarks>
internal sealed class SignalFilterBankSpectralSubtraction : Operator
{
    private readonly TensorData _input;
    private readonly TensorData _output;
    private readonly TensorData _noise;
    private readonly TensorData _state;
    private readonly int _evenSmoothing;
    private readonly int _evenComplement;
    private readonly int _oddSmoothing;
    private readonly int _oddComplement;
    private readonly int _remaining;
    private readonly int _smoothingBits;
    private readonly int _subtractionBits;
    private readonly bool _clamps;

    internal SignalFilterBankSpectralSubtraction(OperatorReader reader)
    {
        reader.RequireOperands(1, 3, 0);
        TensorInfo input = reader.Input(0);
        TensorInfo state = reader.Output(2);
        reader.RequireType(input, ElementType.Int32);
        for (int i = 0; i < 3; i++)
        {
            reader.RequireType(reader.Output(i), ElementType.Int32);
            reader.RequireElements(reader.Output(i), input.ElementCount);
        }

        reader.Require(state.Storage == TensorStorage.State, "its state does not lie in the state.");
        _evenSmoothing = reader.Attribute("even smoothing", 0, int.MaxValue);
        _evenComplement = reader.Attribute("one minus even smoothing", 0, int.MaxValue);
        _oddSmoothing = reader.Attribute("odd smoothing", 0, int.MaxValue);
        _oddComplement = reader.Attribute("one minus odd smoothing", 0, int.MaxValue);
        _remaining = reader.Attribute("remaining part", 0, int.MaxValue);
        _smoothingBits = reader.Attribute("smoothing bits", 0, 31);
        _subtractionBits = reader.Attribute("subtraction bits", 0, 31);
        _clamps = reader.Attribute("clamping", 0, 1) == 1;
        _input = reader.Data(input);
        _output = reader.Data(reader.Output(0));
        _noise = reader.Data(reader.Output(1));
        _state = reader.Data(state);
    }

    internal override void Run()
    {
        ReadOnlyInt32Vector input = _input.Int32();
        Int32Vector output = _output.Int32();
        Int32Vector state = _state.Int32();
        for (int i = 0; i < state.Length; i++)
        {
            bool even = (i & 1) == 0;
            uint band = (uint)input[i];
            uint scaled = band << _smoothingBits;
            uint estimate = Shifted(
                ((ulong)scaled * (uint)(even ? _evenSmoothing : _oddSmoothing)) + ((ulong)(uint)state[i] * (uint)(even ? _evenComplement : _oddComplement)));
            uint noise = estimate < scaled ? estimate : scaled;
            uint floor = Shifted((ulong)band * (uint)_remaining);
            uint rest = (scaled - noise) >> _smoothingBits;
            state[i] = (int)(_clamps ? noise : estimate);
            output[i] = (int)(rest > floor ? rest : floor);
        }

        state.CopyTo(_noise.Int32());
    }

    private uint Shifted(ulong value)
    {
        return (uint)(value >> _subtractionBits);
    }
}
