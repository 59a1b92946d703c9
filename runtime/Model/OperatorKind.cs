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

    /// <summary>Moves bytes: slices, concatenations, transposes, padding, broadcasts and the like.</summary>
    StridedCopy = 80,

    /// <summary>Slices of a tensor at positions that another tensor gives.</summary>
    Gather = 81,

    /// <summary>A slice of a tensor that starts where another tensor says.</summary>
    DynamicSlice = 82,

    /// <summary>A tensor with a part replaced that starts where another tensor says.</summary>
    DynamicUpdateSlice = 83,
}
