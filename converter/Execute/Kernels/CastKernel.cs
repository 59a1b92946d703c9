using System.Numerics.Tensors;
using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Execute.Kernels;

/// <summary>
/// The numbers that the elements hold, whatever their quantization, in another type: integers wrap around, real numbers are cut towards zero,
/// and to bool everything but 0 is true.
/// </summary>
internal sealed class CastKernel(KernelContext context) : FloatKernel
{
    private readonly int _input = context.Input(0);
    private readonly int _output = context.Output();
    private readonly Quantization? _from = context.Node.Input(0).Quantization;
    private readonly Quantization? _to = context.Node.Output().Quantization;
    private readonly DataType _type = context.Node.Output().Type;

    public override void Run(FloatWorkspace workspace)
    {
        Span<float> output = workspace[_output];
        workspace[_input].CopyTo(output);
        if (_from is not null)
        {
            TensorPrimitives.Divide(output, _from.Scale, output);
            TensorPrimitives.Add(output, _from.ZeroPoint, output);
            TensorPrimitives.Round(output, output);
        }

        for (int i = 0; i < output.Length; i++)
        {
            output[i] = Held(output[i]);
        }

        if (_to is not null)
        {
            TensorPrimitives.Subtract(output, _to.ZeroPoint, output);
            TensorPrimitives.Multiply(output, _to.Scale, output);
        }
    }

    private float Held(float value)
    {
        return _type switch
        {
            DataType.Bool => value != 0 ? 1 : 0,
            DataType.Int8 => unchecked((sbyte)(long)value),
            DataType.UInt8 => unchecked((byte)(long)value),
            DataType.Int16 => unchecked((short)(long)value),
            DataType.UInt16 => unchecked((ushort)(long)value),
            DataType.Int32 => unchecked((int)(long)value),
            DataType.UInt32 => unchecked((uint)(long)value),
            DataType.Int64 or DataType.UInt64 => MathF.Truncate(value),
            _ => value,
        };
    }
}
