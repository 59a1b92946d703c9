using EdgeQuant.Runtime.Arithmetic;
using EdgeQuant.Runtime.Model;
using EdgeQuant.Runtime.Operators;

namespace EdgeQuant.Runtime.Kernels;

/// <summary>How two quantized values are multiplied.</summary>
internal sealed class ProductParameters
{
    /// <summary>Reads the attributes left offset, right offset, multiplier, shift, output offset, output minimum, output maximum.</summary>
    internal ProductParameters(OperatorReader reader, ElementType type)
    {
        int limit = type == ElementType.Int16 ? 32768 : 128;
        LeftOffset = reader.Attribute("left offset", -limit + 1, limit);
        RightOffset = reader.Attribute("right offset", -limit + 1, limit);
        Factor = new Rescaling(reader, "", false);
        OutputOffset = reader.Attribute("output offset", -limit, limit - 1);
        Minimum = reader.Attribute("output minimum", -limit, limit - 1);
        Maximum = reader.Attribute("output maximum", Minimum, limit - 1);
    }

    /// <summary>Added to each left element: minus its zero point.</summary>
    internal int LeftOffset { get; }

    /// <summary>Added to each right element: minus its zero point.</summary>
    internal int RightOffset { get; }

    /// <summary>The factor from products to outputs.</summary>
    internal Rescaling Factor { get; }

    internal int OutputOffset { get; }

    internal int Minimum { get; }

    internal int Maximum { get; }

    /// <summary>The output for a product of elements, offsets added.</summary>
    internal int Finish(int product)
    {
        return FixedPoint.Clamp(Factor.Apply(product) + OutputOffset, Minimum, Maximum);
    }
}
