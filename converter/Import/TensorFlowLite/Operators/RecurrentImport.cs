using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Import.TensorFlowLite.Options;

namespace EdgeQuant.Converter.Import.TensorFlowLite.Operators;

/// <summary>Operators that keep a state in variable tensors: SVDF and UNIDIRECTIONAL_SEQUENCE_LSTM.</summary>
internal static class RecurrentImport
{
    private const int LstmInputs = 24;
    private const int LstmWeights = 1;
    private const int LstmPeepholes = 9;
    private const int LstmBiases = 12;
    private const int LstmProjection = 16;
    private const int LstmStates = 18;
    private const int LstmNormalizations = 20;

    public static Operation? Svdf(ImportContext context)
    {
        const int Inputs = 5;
        const int Bias = 3;
        if (context.Inputs.Length != Inputs || context.Outputs.Length != 1 || context.Inputs.Where((tensor, i) => tensor is null && i != Bias).Any())
        {
            return context.Refuse("Needed are the inputs data, feature weights, time weights, bias (optional) and state, and one output.", "Convert the source network again.");
        }

        // The reference's integer version clamps to the output's type only, whatever the fused activation.
        SvdfOptions options = context.Options<SvdfOptions>();
        Activation? activation = context.Outputs[0].Type == DataType.Float32 ? ActivationImport.Of(context, options.Activation) : Activation.None;
        return activation is null ? null : new Svdf(options.Rank, activation.Value);
    }

    public static Operation? Lstm(ImportContext context)
    {
        UnidirectionalSequenceLstmOptions options = context.Options<UnidirectionalSequenceLstmOptions>();
        if (context.Inputs.Length != LstmInputs || context.Outputs.Length != 1)
        {
            return context.Refuse($"It has {context.Inputs.Length} inputs and {context.Outputs.Length} outputs; needed are {LstmInputs} and 1.", "Convert the network again with a current converter.");
        }

        Tensor?[] inputs = [context.Inputs[0], .. Range(context, LstmWeights, 8), .. Range(context, LstmBiases, 4), .. Range(context, LstmStates, 2)];
        if (inputs.Contains(null))
        {
            return context.Refuse("The data, a weight, a bias or a state is absent.", "Use a standard LSTM: with an input gate (no CIFG) and with biases.");
        }

        Tensor?[] variants = [.. Range(context, LstmPeepholes, 3), .. Range(context, LstmProjection, 2), .. Range(context, LstmNormalizations, 4)];
        if (variants.Any(tensor => tensor is not null) || options.DiagonalRecurrentTensors)
        {
            return context.Refuse("It has peepholes, a projection, layer normalization or diagonal weights.", "Use a standard LSTM, as Keras makes it.");
        }

        if (options.Activation != TfliteActivation.Tanh)
        {
            return context.Refuse($"The activation is {options.Activation}; supported is TANH.", "Use the LSTM's default activations.");
        }

        context.Inputs = inputs;
        return new Lstm(options.TimeMajor, options.CellClip);
    }

    private static IEnumerable<Tensor?> Range(ImportContext context, int first, int count)
    {
        return context.Inputs.Skip(first).Take(count);
    }
}
