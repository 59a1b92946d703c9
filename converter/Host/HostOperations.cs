namespace EdgeQuant.Converter.Host;

/// <summary>Which operations are alike.</summary>
internal static class HostOperations
{
    /// <summary>How many tensors it reads.</summary>
    public static int InputCount(this HostOperation operation)
    {
        return operation.IsBinary() || operation == HostOperation.DequantizeDynamic ? 2 : 1;
    }

    /// <summary>How many tensors it writes.</summary>
    public static int OutputCount(this HostOperation operation)
    {
        return operation == HostOperation.QuantizeDynamic ? 2 : 1;
    }

    /// <summary>True for functions of each real number.</summary>
    public static bool IsUnary(this HostOperation operation)
    {
        return operation is >= HostOperation.Relu and <= HostOperation.Round;
    }

    /// <summary>True for functions of two real numbers each.</summary>
    public static bool IsBinary(this HostOperation operation)
    {
        return operation is >= HostOperation.Add and <= HostOperation.SquaredDifference;
    }
}
