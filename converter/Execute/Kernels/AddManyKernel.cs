using System.Numerics.Tensors;

namespace EdgeQuant.Converter.Execute.Kernels;

/// <summary>The sum of all inputs.</summary>
internal sealed class AddManyKernel(KernelContext context) : FloatKernel
{
    private readonly int[] _inputs = [.. Enumerable.Range(0, context.Node.Inputs.Length).Select(context.Input)];
    private readonly int _output = context.Output();

    public override void Run(FloatWorkspace workspace)
    {
        float[] output = workspace[_output];
        workspace[_inputs[0]].CopyTo(output, 0);
        foreach (int input in _inputs.AsSpan(1))
        {
            TensorPrimitives.Add(output, workspace[input], output);
        }
    }
}
