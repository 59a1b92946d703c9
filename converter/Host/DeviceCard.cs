using EdgeQuant.Converter.Graph;
using EdgeQuant.Runtime;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Converter.Host;

/// <summary>A model card against the network that it stands beside.</summary>
internal static class DeviceCard
{
    /// <summary>The card of a network without one: no host steps, inputs and outputs are the device's.</summary>
    /// <exception cref="ModelFormatException">The inputs and outputs take more memory than a card may ask for.</exception>
    public static ModelCard Of(Network network)
    {
        TensorDescription[] inputs = [.. Enumerable.Range(0, network.InputCount).Select(network.DescribeInput)];
        TensorDescription[] outputs = [.. Enumerable.Range(0, network.OutputCount).Select(network.DescribeOutput)];
        int[] inputPositions = [.. Enumerable.Range(0, inputs.Length)];
        int[] outputPositions = [.. Enumerable.Range(inputs.Length, outputs.Length)];
        ModelCard card = new()
        {
            Source = new CardSource { File = "", Sha256 = "", Importer = "" },
            Tool = "",
            Tensors = [.. inputs.Concat(outputs).Select(TensorOf)],
            Inputs = inputPositions,
            Outputs = outputPositions,
            DeviceInputs = inputPositions,
            DeviceOutputs = outputPositions,
        };
        ModelCardCheck.Tensors(card);
        return card;
    }

    /// <summary>Checks that a card speaks of this network.</summary>
    /// <exception cref="ModelFormatException">Number, types or shapes of the device's inputs or outputs differ.</exception>
    public static void Check(ModelCard card, Network network)
    {
        RequireCount("inputs", card.DeviceInputs.Length, network.InputCount);
        RequireCount("outputs", card.DeviceOutputs.Length, network.OutputCount);
        for (int i = 0; i < network.InputCount; i++)
        {
            RequireSame($"input {i}", card.Tensors[card.DeviceInputs[i]], network.DescribeInput(i));
        }

        for (int i = 0; i < network.OutputCount; i++)
        {
            RequireSame($"output {i}", card.Tensors[card.DeviceOutputs[i]], network.DescribeOutput(i));
        }
    }

    private static HostTensor TensorOf(TensorDescription tensor)
    {
        float scale = BitConverter.Int32BitsToSingle(tensor.ScaleBits);
        bool quantized = scale is > 0 and < float.PositiveInfinity;
        return new HostTensor
        {
            Type = TypeOf(tensor.Type),
            Shape = tensor.Shape,
            Scale = quantized ? scale : null,
            ZeroPoint = quantized ? tensor.ZeroPoint : null,
        };
    }

    private static DataType TypeOf(ElementType type)
    {
        return type switch
        {
            ElementType.Int8 => DataType.Int8,
            ElementType.UInt8 => DataType.UInt8,
            ElementType.Int16 => DataType.Int16,
            ElementType.Int32 => DataType.Int32,
            ElementType.Int64 => DataType.Int64,
            _ => DataType.Bool,
        };
    }

    private static void RequireCount(string what, int card, int network)
    {
        if (card != network)
        {
            throw new ModelFormatException($"The model card knows {card} {what} of the device; the network has {network}.");
        }
    }

    private static void RequireSame(string what, HostTensor card, TensorDescription network)
    {
        if (card.Type != TypeOf(network.Type) || !card.Shape.AsSpan().SequenceEqual(network.Shape))
        {
            throw new ModelFormatException(
                $"The model card says that {what} of the device is {card.Type}[{string.Join(',', card.Shape)}]; the network has {network.Type}[{string.Join(',', network.Shape)}].");
        }
    }
}
