using System.Runtime.InteropServices;
using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Host.Kernels;

/// <summary>Functions of two real numbers each in single precision, with the reference's comparisons and its clamp.</summary>
internal static class BinaryKernel
{
    public static void Run(HostStep step, HostTensor a, ReadOnlySpan<byte> aBytes, HostTensor b, ReadOnlySpan<byte> bBytes, HostTensor target, Span<byte> output)
    {
        ReadOnlySpan<float> left = MemoryMarshal.Cast<byte, float>(aBytes);
        ReadOnlySpan<float> right = MemoryMarshal.Cast<byte, float>(bBytes);
        Span<float> results = MemoryMarshal.Cast<byte, float>(output);
        int rank = target.Shape.Length;
        Span<int> leftSteps = stackalloc int[HostTensorCheck.MaximumRank];
        Span<int> rightSteps = stackalloc int[HostTensorCheck.MaximumRank];
        Span<int> index = stackalloc int[HostTensorCheck.MaximumRank];
        Steps(a.Shape, rank, leftSteps);
        Steps(b.Shape, rank, rightSteps);
        index.Clear();
        (float minimum, float maximum) = Clamp(step);
        int leftAt = 0;
        int rightAt = 0;
        for (int i = 0; i < results.Length; i++)
        {
            float result = Apply(step.Operation, left[leftAt], right[rightAt]);
            result = result < minimum ? minimum : result;
            results[i] = result > maximum ? maximum : result;
            for (int axis = rank - 1; axis >= 0; axis--)
            {
                leftAt += leftSteps[axis];
                rightAt += rightSteps[axis];
                if (++index[axis] < target.Shape[axis])
                {
                    break;
                }

                leftAt -= leftSteps[axis] * index[axis];
                rightAt -= rightSteps[axis] * index[axis];
                index[axis] = 0;
            }
        }
    }

    /// <summary>How far apart neighbours along each axis of the result lie in an input; 0 where the input repeats.</summary>
    private static void Steps(int[] shape, int rank, Span<int> steps)
    {
        steps.Clear();
        int distance = 1;
        for (int axis = shape.Length - 1; axis >= 0; axis--)
        {
            steps[axis + rank - shape.Length] = shape[axis] == 1 ? 0 : distance;
            distance *= shape[axis];
        }
    }

    private static float Apply(HostOperation operation, float a, float b)
    {
        return operation switch
        {
            HostOperation.Add => a + b,
            HostOperation.Subtract => a - b,
            HostOperation.Multiply => a * b,
            HostOperation.Divide => a / b,
            HostOperation.Maximum => a > b ? a : b,
            HostOperation.Minimum => a < b ? a : b,
            _ => (a - b) * (a - b),
        };
    }

    /// <summary>Where there is no activation the four basic operations are still held within the finite numbers, as the reference does.</summary>
    private static (float Minimum, float Maximum) Clamp(HostStep step)
    {
        bool basic = step.Operation is HostOperation.Add or HostOperation.Subtract or HostOperation.Multiply or HostOperation.Divide;
        return step.Activation switch
        {
            Activation.Relu => (0, float.MaxValue),
            Activation.Relu6 => (0, 6),
            Activation.ReluN1To1 => (-1, 1),
            _ => basic ? (float.MinValue, float.MaxValue) : (float.NegativeInfinity, float.PositiveInfinity),
        };
    }
}
