using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime;

/// <summary>What a network expects at an input or gives at an output.</summary>
public sealed class TensorDescription
{
    internal TensorDescription(TensorInfo tensor)
    {
        Type = tensor.Type;
        ZeroPoint = tensor.ZeroPoint;
        ScaleBits = tensor.ScaleBits;
        ByteLength = tensor.ByteLength;
        Shape = new int[tensor.Rank];
        for (int i = 0; i < Shape.Length; i++)
        {
            Shape[i] = tensor.Dimension(i);
        }
    }

    /// <summary>The type of the elements.</summary>
    public ElementType Type { get; }

    /// <summary>The sizes, outermost first; images are [batch, height, width, channels].</summary>
    public int[] Shape { get; }

    /// <summary>The length in bytes.</summary>
    public int ByteLength { get; }

    /// <summary>The integer that stands for 0: real value = scale x (element - zero point).</summary>
    public int ZeroPoint { get; }

    /// <summary>
    /// The bits of the float32 scale, 0 where there is none. The runtime itself has no floating point; a host gets the number by
    /// <c>BitConverter.Int32BitsToSingle(ScaleBits)</c>.
    /// </summary>
    public int ScaleBits { get; }
}
