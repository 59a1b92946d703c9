using System.Numerics.Tensors;

namespace EdgeQuant.Converter.Execute.Kernels;

/// <summary>The sum of all inputs.</summary>
internal sealed class AddManyKernel(KernelContext context) : FloatKernel
{
    private readonly int[] _inputs = [.. Enumerable.Range(0, context.Node.Inputs.Length).Select(context.Input)];
    private readonly int _output = context.Output();
    private readonly float _start = IntegerZero.Of(context.Node.Input(0));

    public override void Run(FloatWorkspace workspace)
    {
        float[] output = workspace[_output];
        output.AsSpan().Fill(_start);
        foreach (int input in _inputs)
        {
            TensorPrimitives.Add(output, workspace[input], output);
        }
    }
}
