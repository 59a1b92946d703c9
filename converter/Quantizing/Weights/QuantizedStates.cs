using EdgeQuant.Converter.Execute;
using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Quantizing.Weights;

/// <summary>Makes states of integers out of states of real numbers.</summary>
internal static class QuantizedStates
{
    /// <summary>Gives a state its type and parameters; what it holds after a reset stays the same number.</summary>
    public static void Run(Tensor state, DataType type, Quantization quantization)
    {
        Tensor start = new(state.Name, state.Type, state.Shape) { Quantization = state.Quantization, Data = state.InitialState };
        state.InitialState = QuantizedConstants.Bytes(ConstantValues.Of(start) ?? new float[state.ElementCount], type, quantization);
        state.Type = type;
        state.Quantization = quantization;
    }
}
