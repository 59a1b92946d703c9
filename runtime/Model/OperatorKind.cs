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

    /// <summary>Softmax of rows of 8-bit elements.</summary>
    Softmax = 5,

    /// <summary>2-D convolution with data, weights and output of different widths or encodings.</summary>
    MixedConvolution = 6,

    /// <summary>2-D depthwise convolution with data, weights and output of different widths or encodings.</summary>
    MixedDepthwiseConvolution = 7,

    /// <summary>Matrix product with constant weights, with data, weights and output of different widths or encodings.</summary>
    MixedFullyConnected = 8,

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

    /// <summary>The same integers in another element type.</summary>
    Cast = 40,

    /// <summary>A function of one element with one slope below zero and one above.</summary>
    PiecewiseLinear = 41,

    /// <summary>Any function from 16 bits to 16 bits as a table with straight lines between its entries.</summary>
    InterpolatedLookUpTable = 42,

    /// <summary>The logistic function of 16-bit elements.</summary>
    LogisticInt16 = 43,

    /// <summary>The hyperbolic tangent of 16-bit elements.</summary>
    TanhInt16 = 44,

    /// <summary>Softmax of rows of 16-bit elements.</summary>
    SoftmaxInt16 = 45,

    /// <summary>The logarithm of softmax of rows of 8-bit elements.</summary>
    LogSoftmax = 46,

    /// <summary>Rows divided by the root of the sum of their squares.</summary>
    L2Normalization = 47,

    /// <summary>Mean of the pixels in a sliding window.</summary>
    AveragePool = 60,

    /// <summary>Largest of the pixels in a sliding window.</summary>
    MaxPool = 61,

    /// <summary>Sum or mean over dimensions.</summary>
    ReduceSum = 62,

    /// <summary>Largest or smallest over dimensions.</summary>
    ReduceExtreme = 63,

    /// <summary>Index of the largest or smallest element along a dimension.</summary>
    ArgExtreme = 64,

    /// <summary>Running sums along a dimension.</summary>
    CumulativeSum = 65,

    /// <summary>Height and width changed by interpolation.</summary>
    ResizeBilinear = 66,

    /// <summary>Height and width changed by repeating or leaving out pixels.</summary>
    ResizeNearestNeighbor = 67,

    /// <summary>Moves bytes: slices, concatenations, transposes, padding, broadcasts and the like.</summary>
    StridedCopy = 80,

    /// <summary>Slices of a tensor at positions that another tensor gives.</summary>
    Gather = 81,

    /// <summary>A slice of a tensor that starts where another tensor says.</summary>
    DynamicSlice = 82,

    /// <summary>A tensor with a part replaced that starts where another tensor says.</summary>
    DynamicUpdateSlice = 83,

    /// <summary>2-D transposed convolution.</summary>
    TransposedConvolution = 100,

    /// <summary>Matrix products of two computed tensors, batch by batch.</summary>
    BatchMatrixProduct = 101,

    /// <summary>Singular value decomposition filter: a fully connected layer over time, with state.</summary>
    Svdf = 102,

    /// <summary>Long short-term memory over a sequence, with state.</summary>
    Lstm = 103,

    /// <summary>2-D transposed convolution with weights of another encoding than dense.</summary>
    MixedTransposedConvolution = 104,

    /// <summary>2-D convolution whose results' scale is found at run time.</summary>
    DynamicConvolution = 120,

    /// <summary>2-D depthwise convolution whose results' scale is found at run time.</summary>
    DynamicDepthwiseConvolution = 121,

    /// <summary>Matrix product with constant weights whose results' scale is found at run time.</summary>
    DynamicFullyConnected = 122,

    /// <summary>Matrix products of two computed tensors whose results' scale is found at run time.</summary>
    DynamicMatrixProduct = 123,

    /// <summary>Elements of a fixed scale from elements whose scale was found at run time.</summary>
    Settle = 124,

    /// <summary>Frames of samples, each multiplied by a window.</summary>
    SignalWindow = 140,

    /// <summary>Samples shifted left as far as they fit, and how far.</summary>
    SignalFftAutoScale = 141,

    /// <summary>The spectrum of frames of samples.</summary>
    SignalRfft = 142,

    /// <summary>The energy in each bin of a spectrum.</summary>
    SignalEnergy = 143,

    /// <summary>Sums of energies over overlapping bands.</summary>
    SignalFilterBank = 144,

    /// <summary>Square roots of the sums of bands.</summary>
    SignalFilterBankSquareRoot = 145,

    /// <summary>Bands without what they have had for long, with state.</summary>
    SignalFilterBankSpectralSubtraction = 146,

    /// <summary>Bands with an automatic gain each.</summary>
    SignalPcan = 147,

    /// <summary>Logarithms of bands.</summary>
    SignalFilterBankLog = 148,

    /// <summary>Statistics of each channel of a frame of samples.</summary>
    SignalStatistics = 149,
}
