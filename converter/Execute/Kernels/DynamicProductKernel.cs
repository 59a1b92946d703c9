using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;

namespace EdgeQuant.Converter.Execute.Kernels;

/// <summary>A product whose results are rounded to 8 bits over the range that they take in each record.</summary>
internal sealed class DynamicProductKernel : FloatKernel
{
    private readonly FloatKernel _product;
    private readonly DynamicRounding _rounding;

    private DynamicProductKernel(FloatKernel product, DynamicRounding rounding)
    {
        _product = product;
        _rounding = rounding;
    }

    /// <summary>The kernel, or null with the reason that the product has none.</summary>
    public static FloatKernel? Of(KernelContext context, DynamicProduct operation)
    {
        Node node = context.Node;
        Node product = new(operation.Product, [.. node.Inputs.Take(operation.FirstScale)], [node.Output()]) { Source = node.Source };
        return KernelTable.Of(context.With(product)) is FloatKernel kernel
            ? new DynamicProductKernel(kernel, new DynamicRounding(context, operation.Symmetric))
            : context.Refuse($"{operation.Product.Name} cannot be executed with real numbers.", "Replace it in the source network.");
    }

    public override void Run(FloatWorkspace workspace)
    {
        _product.Run(workspace);
        _rounding.Run(workspace);
    }
}
