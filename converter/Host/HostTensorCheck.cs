using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Host;

/// <summary>What a tensor needs to lie in the host's memory.</summary>
internal static class HostTensorCheck
{
    /// <summary>The most dimensions of a tensor.</summary>
    public const int MaximumRank = 8;

    /// <summary>The most bytes of a tensor, and of all tensors of a model card together.</summary>
    public const int MaximumBytes = 256 * 1024 * 1024;

    /// <summary>What stands against a tensor; null if nothing does.</summary>
    public static string? Explain(HostTensor tensor)
    {
        if (tensor.Type.Bytes() == 0)
        {
            return "its element type is not known to the host.";
        }

        if (tensor.Shape.Length > MaximumRank)
        {
            return $"it has {tensor.Shape.Length} dimensions; allowed are at most {MaximumRank}.";
        }

        long bytes = tensor.Type.Bytes();
        foreach (int size in tensor.Shape)
        {
            bytes *= size;
            if (size < 1 || bytes > MaximumBytes)
            {
                return $"a size of its shape [{string.Join(',', tensor.Shape)}] is below 1, or it takes more than {MaximumBytes} bytes.";
            }
        }

        if (tensor.Data is not null && tensor.Data.Length != bytes)
        {
            return $"its data have {tensor.Data.Length} bytes; type and shape make {bytes}.";
        }

        return Quantization(tensor);
    }

    private static string? Quantization(HostTensor tensor)
    {
        if (tensor.Scale is null)
        {
            return tensor.ZeroPoint is null ? null : "it has a zero point but no scale.";
        }

        return tensor.Scale is > 0 and < float.PositiveInfinity ? null : $"its scale is {tensor.Scale}; allowed are finite numbers above 0.";
    }
}
