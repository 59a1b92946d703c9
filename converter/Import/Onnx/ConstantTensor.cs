using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Import.Onnx.Protocol;
using EdgeQuant.Converter.Import.Onnx.Reading;

namespace EdgeQuant.Converter.Import.Onnx;

/// <summary>Makes graph tensors of constants in the file.</summary>
internal static class ConstantTensor
{
    /// <exception cref="RefusedOperatorException">Its type is not supported, or its elements are not in the file.</exception>
    public static Tensor Of(TensorProto source, string name)
    {
        if (TensorBytes.TypeOf(source.DataType) is not DataType type)
        {
            throw ImportContext.Refused(
                $"The constant '{Shapes.Short(name)}' is of the type {TensorBytes.NameOf(source.DataType)}, which is not supported.", "Replace it in the source network.");
        }

        if (TensorBytes.IsElsewhere(source))
        {
            throw ImportContext.Refused(
                $"The elements of the constant '{Shapes.Short(name)}' are in a file of their own.", "Give the model's file with the others beside it, or export the network as one file (without external data).");
        }

        return new Tensor(Shapes.Short(name), type, [.. source.Dims.Select(size => (int)size)]) { Data = TensorBytes.Of(source) };
    }
}
