using EdgeQuant.Converter.Execute;
using EdgeQuant.Converter.Graph.Movement;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Graph.Passes;

/// <summary>
/// Padding of height and width by the zero point moves into the convolutions that follow: their windows skip what lies outside the data,
/// which adds 0 just as the zero point does.
/// </summary>
internal sealed class FoldPadding : GraphPass
{
    public override string Name => "fold-padding";

    public override int Run(NetworkGraph graph)
    {
        return graph.Nodes.RemoveAll(node => node.Operation is Pad && Fold(graph, node));
    }

    private static bool Fold(NetworkGraph graph, Node pad)
    {
        Tensor padded = pad.Output();
        Tensor data = pad.Input(0);
        Node[] consumers = [.. graph.Consumers(padded)];
        if (FrameMovement.Of(pad, out _) is not FrameMovement frame
            || !IsZero(pad, padded)
            || padded.Rank != 4
            || frame.Before[0] + frame.After[0] + frame.Before[3] + frame.After[3] != 0
            || data.Type != padded.Type
            || !Equals(data.Quantization, padded.Quantization)
            || graph.Outputs.Contains(padded)
            || graph.HostAfter.Exists(node => node.Inputs.Contains(padded))
            || consumers.Length == 0)
        {
            return false;
        }

        Operation?[] folded = [.. consumers.Select(consumer => Folded(consumer, padded, frame))];
        if (folded.Contains(null))
        {
            return false;
        }

        for (int i = 0; i < consumers.Length; i++)
        {
            consumers[i].Operation = folded[i]!;
            consumers[i].Inputs[0] = data;
        }

        return true;
    }

    private static bool IsZero(Node pad, Tensor padded)
    {
        if (padded.Type == DataType.Float32)
        {
            return pad.OptionalInput(2) is not Tensor real || (real.IsConstant && ConstantValues.Of(real) is [0]);
        }

        int zero = padded.Quantization?.ZeroPoint ?? 0;
        return pad.OptionalInput(2) is Tensor value
            ? ConstantReader.ConstantInts(value) is [int given] && given == zero
            : padded.Type == DataType.Int8 || (padded.Type == DataType.Int16 && zero == 0);
    }

    private static Operation? Folded(Node consumer, Tensor padded, FrameMovement frame)
    {
        if (consumer.Inputs.Skip(1).Contains(padded))
        {
            return null;
        }

        return consumer.Operation switch
        {
            Convolution2D operation when Window(operation.Window, frame, consumer) is WindowAttributes window => operation with { Window = window },
            DepthwiseConvolution2D operation when Window(operation.Window, frame, consumer) is WindowAttributes window => operation with { Window = window },
            _ => null,
        };
    }

    /// <summary>The window with more padding; null if it would start beyond the data, which the device does not allow.</summary>
    private static WindowAttributes? Window(WindowAttributes window, FrameMovement frame, Node consumer)
    {
        WindowAttributes padded = window with
        {
            PaddingTop = window.PaddingTop + frame.Before[1],
            PaddingBottom = window.PaddingBottom + frame.After[1],
            PaddingLeft = window.PaddingLeft + frame.Before[2],
            PaddingRight = window.PaddingRight + frame.After[2],
        };
        Tensor output = consumer.Output();
        long lastRow = ((output.Shape[1] - 1L) * window.StrideHeight) - padded.PaddingTop;
        long lastColumn = ((output.Shape[2] - 1L) * window.StrideWidth) - padded.PaddingLeft;
        bool allowed = lastRow < frame.Input.Shape[1]
            && lastColumn < frame.Input.Shape[2]
            && Math.Max(padded.PaddingTop, padded.PaddingLeft) <= ushort.MaxValue;
        return allowed ? padded : null;
    }
}
