namespace EdgeQuant.Runtime.Model;

/// <summary>What the device can execute. The numbers stand in files: never reuse one.</summary>
public enum OperatorKind
{
    /// <summary>2-D convolution, grouped or not.</summary>
    Convolution = 1,

    /// <summary>2-D depthwise convolution.</summary>
    DepthwiseConvolution = 2,

    /// <summary>Matrix product with constant weights.</summary>
    FullyConnected = 3,

    /// <summary>Any function from 8 bits to 8 bits as a table of 256 entries.</summary>
    LookUpTable = 4,

    /// <summary>Softmax over the last axis.</summary>
    Softmax = 5,

    /// <summary>Sum or difference of two quantized tensors.</summary>
    Add = 20,

    /// <summary>Product of two quantized tensors.</summary>
    Multiply = 21,

    /// <summary>Quotient of two quantized tensors.</summary>
    Divide = 22,

    /// <summary>Square of the difference of two quantized tensors.</summary>
    SquaredDifference = 23,

    /// <summary>Arithmetic on elements as they are: int32 arithmetic, maximum, minimum, "and", "or".</summary>
    IntegerArithmetic = 24,

    /// <summary>Comparison of two tensors.</summary>
    Compare = 25,

    /// <summary>Elements of one tensor where a condition holds, of another where not.</summary>
    Select = 26,

    /// <summary>Parametric rectifier.</summary>
    PRelu = 27,

    /// <summary>Sum of any number of quantized tensors of one scale.</summary>
    AddMany = 28,

    /// <summary>Moves bytes: slices, concatenations, transposes, padding, broadcasts and the like.</summary>
    StridedCopy = 80,

    /// <summary>Slices of a tensor at positions that another tensor gives.</summary>
    Gather = 81,

    /// <summary>A slice of a tensor that starts where another tensor says.</summary>
    DynamicSlice = 82,

    /// <summary>A tensor with a part replaced that starts where another tensor says.</summary>
    DynamicUpdateSlice = 83,
}
