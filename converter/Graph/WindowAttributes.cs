using EdgeQuant.Converter.Graph.Checks;

namespace EdgeQuant.Converter.Graph;

/// <summary>How a window slides over height and width; padding is explicit.</summary>
internal sealed record WindowAttributes(
    int StrideHeight,
    int StrideWidth,
    int DilationHeight,
    int DilationWidth,
    int PaddingTop,
    int PaddingBottom,
    int PaddingLeft,
    int PaddingRight)
{
    /// <summary>The rows that a kernel gives of data [batch, height, width, channels]; 0 if it is larger than the padded data.</summary>
    public long OutputHeight(Tensor data, int kernelHeight)
    {
        return Outputs((long)data.Shape[1] + PaddingTop + PaddingBottom, kernelHeight, StrideHeight, DilationHeight);
    }

    /// <summary>The columns that a kernel gives; see <see cref="OutputHeight"/>.</summary>
    public long OutputWidth(Tensor data, int kernelWidth)
    {
        return Outputs((long)data.Shape[2] + PaddingLeft + PaddingRight, kernelWidth, StrideWidth, DilationWidth);
    }

    /// <summary>Every size is at least 1, every padding at least 0.</summary>
    public bool Check(NodeCheck check, int kernelHeight, int kernelWidth)
    {
        int smallestSize = new[] { StrideHeight, StrideWidth, DilationHeight, DilationWidth, kernelHeight, kernelWidth }.Min();
        int smallestPadding = new[] { PaddingTop, PaddingBottom, PaddingLeft, PaddingRight }.Min();
        return check.Require(smallestSize >= 1, $"A stride, dilation or size of its window is {smallestSize}; each must be at least 1.")
            && check.Require(smallestPadding >= 0, $"A padding of its window is {smallestPadding}; each must be at least 0.");
    }

    private static long Outputs(long padded, int kernel, int stride, int dilation)
    {
        long reach = (((long)kernel - 1) * dilation) + 1;
        return padded < reach ? 0 : ((padded - reach) / stride) + 1;
    }
}
