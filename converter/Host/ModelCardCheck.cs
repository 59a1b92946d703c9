using System.Buffers;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Converter.Host;

/// <summary>Checks that a card's values fit together, so that executing its steps cannot fail.</summary>
internal static class ModelCardCheck
{
    private const int MaximumTensors = 4096;
    private const int Sha256Digits = 64;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    /// <exception cref="ModelFormatException">Something does not; the message says what and where.</exception>
    public static void Run(ModelCard card)
    {
        Require(
            card.Source.Sha256.Length == Sha256Digits && !card.Source.Sha256.AsSpan().ContainsAnyExcept(HexDigits),
            "source.sha256", $"it must be {Sha256Digits} lower-case hexadecimal digits.");
        Require(card.Board is not { Name.Length: 0 }, "board.name", "it is empty.");
        Require(card.Board is not { Memory: < 0 }, "board.memory", $"it is {card.Board?.Memory}; allowed are 0 and above.");
        Tensors(card);
        Flow(card);
        Require(card.TensorNames.Length <= ModelLayout.MaximumTensors, "tensorNames", $"there are {card.TensorNames.Length}; allowed are at most {ModelLayout.MaximumTensors}.");
    }

    /// <summary>Checks each tensor for itself, and the memory that all take together.</summary>
    /// <exception cref="ModelFormatException">One is wrong; the message says which.</exception>
    public static void Tensors(ModelCard card)
    {
        Require(card.Tensors.Length <= MaximumTensors, "tensors", $"there are {card.Tensors.Length}; allowed are at most {MaximumTensors}.");
        long bytes = 0;
        for (int i = 0; i < card.Tensors.Length; i++)
        {
            // The array's elements are the only place where a null passes the serializer.
            HostTensor? tensor = card.Tensors[i];
            Require(tensor is not null, $"tensors[{i}]", "it is null.");
            string? problem = HostTensorCheck.Explain(tensor!);
            Require(problem is null, $"tensors[{i}]", problem);
            bytes += tensor!.ByteLength;
            Require(bytes <= HostTensorCheck.MaximumBytes, $"tensors[{i}]", $"up to here tensors take {bytes} bytes; allowed are at most {HostTensorCheck.MaximumBytes}.");
        }
    }

    /// <summary>Follows the card from inputs to outputs: what is read must have been written, and nothing is written twice.</summary>
    private static void Flow(ModelCard card)
    {
        bool[] written = [.. card.Tensors.Select(tensor => tensor.Data is not null)];
        Write(card, card.Inputs, "inputs", written);
        Steps(card, card.Before, "before", written);
        Read(card, card.DeviceInputs, "deviceInputs", written);
        Require(card.DeviceInputs.Distinct().Count() == card.DeviceInputs.Length, "deviceInputs", "a tensor stands twice.");
        Require(!card.DeviceInputs.Any(tensor => card.Tensors[tensor].Data is not null), "deviceInputs", "a tensor is constant.");
        Write(card, [.. card.DeviceOutputs.Except(card.DeviceInputs)], "deviceOutputs", written);
        Require(card.DeviceOutputs.Distinct().Count() == card.DeviceOutputs.Length, "deviceOutputs", "a tensor stands twice.");
        Steps(card, card.After, "after", written);
        Read(card, card.Outputs, "outputs", written);
        long bytes = card.Outputs.Sum(tensor => (long)card.Tensors[tensor].ByteLength);
        Require(bytes <= HostTensorCheck.MaximumBytes, "outputs", $"they take {bytes} bytes; allowed are at most {HostTensorCheck.MaximumBytes}.");
    }

    private static void Steps(ModelCard card, HostStep[] steps, string place, bool[] written)
    {
        Require(steps.Length <= MaximumTensors, place, $"there are {steps.Length} steps; allowed are at most {MaximumTensors}.");
        for (int i = 0; i < steps.Length; i++)
        {
            HostStep? step = steps[i];
            string at = $"{place}[{i}]";
            Require(step is not null, at, "it is null.");
            Read(card, step!.Inputs, at + ".inputs", written);
            Write(card, step.Outputs, at + ".outputs", written);
            string? problem = HostStepCheck.Explain(step, card.Tensors);
            Require(problem is null, at, problem);
        }
    }

    private static void Read(ModelCard card, int[] tensors, string place, bool[] written)
    {
        foreach (int tensor in tensors)
        {
            Position(card, tensor, place);
            Require(written[tensor], place, $"tensor {tensor} is used before anything wrote it.");
        }
    }

    private static void Write(ModelCard card, int[] tensors, string place, bool[] written)
    {
        foreach (int tensor in tensors)
        {
            Position(card, tensor, place);
            Require(!written[tensor], place, $"tensor {tensor} is written a second time.");
            written[tensor] = true;
        }
    }

    private static void Position(ModelCard card, int tensor, string place)
    {
        Require(tensor >= 0 && tensor < card.Tensors.Length, place, $"there is no tensor {tensor}; the card has {card.Tensors.Length}.");
    }

    private static void Require(bool condition, string place, string? otherwise)
    {
        if (!condition)
        {
            throw new ModelFormatException($"The model card, {place}: {otherwise}");
        }
    }
}
