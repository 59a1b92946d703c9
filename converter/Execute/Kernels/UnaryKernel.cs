using System.Numerics.Tensors;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Lower.Elements;

namespace EdgeQuant.Converter.Execute.Kernels;

/// <summary>A function applied to every element.</summary>
internal sealed class UnaryKernel(KernelContext context, Unary operation) : FloatKernel
{
    private readonly int _input = context.Input(0);
    private readonly int _output = context.Output();
    private readonly Func<float, float> _function = RealFunctions.Of(operation.Function);

    /// <summary>Where a function has no value the device's tables saturate.</summary>
    private readonly bool _saturates = Grid.Of(context.Node.Output()) is not null
        && operation.Function is UnaryFunction.SquareRoot or UnaryFunction.ReciprocalSquareRoot or UnaryFunction.Logarithm;

    public override void Run(FloatWorkspace workspace)
    {
        ReadOnlySpan<float> x = workspace[_input];
        Span<float> y = workspace[_output];
        if (_saturates)
        {
            Each(x, y);
            return;
        }

        switch (operation.Function)
        {
            case UnaryFunction.Relu: TensorPrimitives.Max(x, 0, y); break;
            case UnaryFunction.Relu6: TensorPrimitives.Clamp(x, 0, 6, y); break;
            case UnaryFunction.ReluN1To1: TensorPrimitives.Clamp(x, -1, 1, y); break;
            case UnaryFunction.Relu0To1: TensorPrimitives.Clamp(x, 0, 1, y); break;
            case UnaryFunction.HardSwish: HardSwish(x, y); break;
            case UnaryFunction.Elu: Elu(x, y); break;
            case UnaryFunction.Logistic: TensorPrimitives.Sigmoid(x, y); break;
            case UnaryFunction.Tanh: TensorPrimitives.Tanh(x, y); break;
            case UnaryFunction.Absolute: TensorPrimitives.Abs(x, y); break;
            case UnaryFunction.Negate: TensorPrimitives.Negate(x, y); break;
            case UnaryFunction.Square: TensorPrimitives.Multiply(x, x, y); break;
            case UnaryFunction.SquareRoot: TensorPrimitives.Sqrt(x, y); break;
            case UnaryFunction.ReciprocalSquareRoot: TensorPrimitives.ReciprocalSqrt(x, y); break;
            case UnaryFunction.Exponential: TensorPrimitives.Exp(x, y); break;
            case UnaryFunction.Logarithm: TensorPrimitives.Log(x, y); break;
            case UnaryFunction.Sine: TensorPrimitives.Sin(x, y); break;
            case UnaryFunction.Cosine: TensorPrimitives.Cos(x, y); break;
            case UnaryFunction.Ceiling: TensorPrimitives.Ceiling(x, y); break;
            case UnaryFunction.Floor: TensorPrimitives.Floor(x, y); break;
            case UnaryFunction.Round: TensorPrimitives.Round(x, y); break;
            case UnaryFunction.Swish: Swish(x, y); break;
            default: Each(x, y); break;
        }
    }

    private static void Swish(ReadOnlySpan<float> x, Span<float> y)
    {
        TensorPrimitives.Sigmoid(x, y);
        TensorPrimitives.Multiply(y, x, y);
    }

    private static void HardSwish(ReadOnlySpan<float> x, Span<float> y)
    {
        TensorPrimitives.Add(x, 3, y);
        TensorPrimitives.Clamp(y, 0, 6, y);
        TensorPrimitives.Multiply(y, x, y);
        TensorPrimitives.Divide(y, 6, y);
    }

    private static void Elu(ReadOnlySpan<float> x, Span<float> y)
    {
        TensorPrimitives.ExpM1(x, y);
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = x[i] < 0 ? y[i] : x[i];
        }
    }

    private void Each(ReadOnlySpan<float> x, Span<float> y)
    {
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = float.IsNaN(x[i]) ? x[i] : _function(x[i]);
        }
    }
}
