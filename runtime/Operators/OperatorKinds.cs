using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>The table of operators: name, constructor and in-place rule of each kind. A new operator adds a line to each.</summary>
internal static class OperatorKinds
{
    /// <summary>The name of a kind in messages and reports.</summary>
    internal static string NameOf(OperatorKind kind)
    {
        switch (kind)
        {
            case OperatorKind.Convolution: return "Convolution";
            case OperatorKind.DepthwiseConvolution: return "DepthwiseConvolution";
            case OperatorKind.FullyConnected: return "FullyConnected";
            case OperatorKind.MixedConvolution: return "MixedConvolution";
            case OperatorKind.MixedDepthwiseConvolution: return "MixedDepthwiseConvolution";
            case OperatorKind.MixedFullyConnected: return "MixedFullyConnected";
            case OperatorKind.LookUpTable: return "LookUpTable";
            case OperatorKind.Add: return "Add";
            case OperatorKind.Multiply: return "Multiply";
            case OperatorKind.Divide: return "Divide";
            case OperatorKind.SquaredDifference: return "SquaredDifference";
            case OperatorKind.IntegerArithmetic: return "IntegerArithmetic";
            case OperatorKind.Compare: return "Compare";
            case OperatorKind.Select: return "Select";
            case OperatorKind.PRelu: return "PRelu";
            case OperatorKind.AddMany: return "AddMany";
            case OperatorKind.AveragePool: return "AveragePool";
            case OperatorKind.MaxPool: return "MaxPool";
            case OperatorKind.ReduceSum: return "ReduceSum";
            case OperatorKind.ReduceExtreme: return "ReduceExtreme";
            case OperatorKind.ArgExtreme: return "ArgExtreme";
            case OperatorKind.CumulativeSum: return "CumulativeSum";
            case OperatorKind.ResizeBilinear: return "ResizeBilinear";
            case OperatorKind.ResizeNearestNeighbor: return "ResizeNearestNeighbor";
            case OperatorKind.StridedCopy: return "StridedCopy";
            case OperatorKind.Gather: return "Gather";
            case OperatorKind.DynamicSlice: return "DynamicSlice";
            case OperatorKind.DynamicUpdateSlice: return "DynamicUpdateSlice";
            case OperatorKind.Softmax: return "Softmax";
            case OperatorKind.Cast: return "Cast";
            case OperatorKind.PiecewiseLinear: return "PiecewiseLinear";
            case OperatorKind.InterpolatedLookUpTable: return "InterpolatedLookUpTable";
            case OperatorKind.LogisticInt16: return "LogisticInt16";
            case OperatorKind.TanhInt16: return "TanhInt16";
            case OperatorKind.SoftmaxInt16: return "SoftmaxInt16";
            case OperatorKind.LogSoftmax: return "LogSoftmax";
            case OperatorKind.L2Normalization: return "L2Normalization";
            case OperatorKind.TransposedConvolution: return "TransposedConvolution";
            case OperatorKind.MixedTransposedConvolution: return "MixedTransposedConvolution";
            case OperatorKind.BatchMatrixProduct: return "BatchMatrixProduct";
            case OperatorKind.Svdf: return "Svdf";
            case OperatorKind.Lstm: return "Lstm";
            case OperatorKind.DynamicConvolution: return "DynamicConvolution";
            case OperatorKind.DynamicDepthwiseConvolution: return "DynamicDepthwiseConvolution";
            case OperatorKind.DynamicFullyConnected: return "DynamicFullyConnected";
            case OperatorKind.DynamicMatrixProduct: return "DynamicMatrixProduct";
            case OperatorKind.Settle: return "Settle";
            case OperatorKind.SignalWindow: return "SignalWindow";
            case OperatorKind.SignalFftAutoScale: return "SignalFftAutoScale";
            case OperatorKind.SignalRfft: return "SignalRfft";
            case OperatorKind.SignalEnergy: return "SignalEnergy";
            case OperatorKind.SignalFilterBank: return "SignalFilterBank";
            case OperatorKind.SignalFilterBankSquareRoot: return "SignalFilterBankSquareRoot";
            case OperatorKind.SignalFilterBankSpectralSubtraction: return "SignalFilterBankSpectralSubtraction";
            case OperatorKind.SignalPcan: return "SignalPcan";
            case OperatorKind.SignalFilterBankLog: return "SignalFilterBankLog";
            case OperatorKind.SignalStatistics: return "SignalStatistics";
            default: return "kind " + ((int)kind).ToString();
        }
    }

    /// <summary>Makes the operator at the reader's position; null if this runtime does not know its kind.</summary>
    internal static Operator? Create(OperatorReader reader)
    {
        switch (reader.Kind)
        {
            case OperatorKind.Convolution: return new Convolution(reader);
            case OperatorKind.DepthwiseConvolution: return new DepthwiseConvolution(reader);
            case OperatorKind.FullyConnected: return new FullyConnected(reader);
            case OperatorKind.MixedConvolution: return new MixedConvolution(reader);
            case OperatorKind.MixedDepthwiseConvolution: return new MixedDepthwiseConvolution(reader);
            case OperatorKind.MixedFullyConnected: return new MixedFullyConnected(reader);
            case OperatorKind.LookUpTable: return new LookUpTable(reader);
            case OperatorKind.Add: return new Add(reader);
            case OperatorKind.Multiply: return new Multiply(reader);
            case OperatorKind.Divide: return new Divide(reader);
            case OperatorKind.SquaredDifference: return new SquaredDifference(reader);
            case OperatorKind.IntegerArithmetic: return new IntegerArithmetic(reader);
            case OperatorKind.Compare: return new Compare(reader);
            case OperatorKind.Select: return new Select(reader);
            case OperatorKind.PRelu: return new PRelu(reader);
            case OperatorKind.AddMany: return new AddMany(reader);
            case OperatorKind.AveragePool: return new AveragePool(reader);
            case OperatorKind.MaxPool: return new MaxPool(reader);
            case OperatorKind.ReduceSum: return new ReduceSum(reader);
            case OperatorKind.ReduceExtreme: return new ReduceExtreme(reader);
            case OperatorKind.ArgExtreme: return new ArgExtreme(reader);
            case OperatorKind.CumulativeSum: return new CumulativeSum(reader);
            case OperatorKind.ResizeBilinear: return new ResizeBilinear(reader);
            case OperatorKind.ResizeNearestNeighbor: return new ResizeNearestNeighbor(reader);
            case OperatorKind.StridedCopy: return new StridedCopy(reader);
            case OperatorKind.Gather: return new Gather(reader);
            case OperatorKind.DynamicSlice: return new DynamicSlice(reader);
            case OperatorKind.DynamicUpdateSlice: return new DynamicUpdateSlice(reader);
            case OperatorKind.Softmax: return new Softmax(reader);
            case OperatorKind.Cast: return new Cast(reader);
            case OperatorKind.PiecewiseLinear: return new PiecewiseLinear(reader);
            case OperatorKind.InterpolatedLookUpTable: return new InterpolatedLookUpTable(reader);
            case OperatorKind.LogisticInt16: return new LogisticInt16(reader);
            case OperatorKind.TanhInt16: return new TanhInt16(reader);
            case OperatorKind.SoftmaxInt16: return new SoftmaxInt16(reader);
            case OperatorKind.LogSoftmax: return new LogSoftmax(reader);
            case OperatorKind.L2Normalization: return new L2Normalization(reader);
            case OperatorKind.TransposedConvolution: return new TransposedConvolution(reader);
            case OperatorKind.MixedTransposedConvolution: return new MixedTransposedConvolution(reader);
            case OperatorKind.BatchMatrixProduct: return new BatchMatrixProduct(reader);
            case OperatorKind.Svdf: return new Svdf(reader);
            case OperatorKind.Lstm: return new Lstm(reader);
            case OperatorKind.DynamicConvolution: return new DynamicConvolution(reader);
            case OperatorKind.DynamicDepthwiseConvolution: return new DynamicDepthwiseConvolution(reader);
            case OperatorKind.DynamicFullyConnected: return new DynamicFullyConnected(reader);
            case OperatorKind.DynamicMatrixProduct: return new DynamicMatrixProduct(reader);
            case OperatorKind.Settle: return new Settle(reader);
            case OperatorKind.SignalWindow: return new SignalWindow(reader);
            case OperatorKind.SignalFftAutoScale: return new SignalFftAutoScale(reader);
            case OperatorKind.SignalRfft: return new SignalRfft(reader);
            case OperatorKind.SignalEnergy: return new SignalEnergy(reader);
            case OperatorKind.SignalFilterBank: return new SignalFilterBank(reader);
            case OperatorKind.SignalFilterBankSquareRoot: return new SignalFilterBankSquareRoot(reader);
            case OperatorKind.SignalFilterBankSpectralSubtraction: return new SignalFilterBankSpectralSubtraction(reader);
            case OperatorKind.SignalPcan: return new SignalPcan(reader);
            case OperatorKind.SignalFilterBankLog: return new SignalFilterBankLog(reader);
            case OperatorKind.SignalStatistics: return new SignalStatistics(reader);
            default: return null;
        }
    }

    /// <summary>
    /// True if the operator may write output 0 over this input. The two then start at the same byte and have the same length and element
    /// size, so an element is written only after it was read for the last time.
    /// </summary>
    internal static bool MayOverwrite(OperatorKind kind, int input)
    {
        switch (kind)
        {
            case OperatorKind.LookUpTable:
            case OperatorKind.CumulativeSum:
            case OperatorKind.DynamicUpdateSlice:
            case OperatorKind.Softmax:
            case OperatorKind.PiecewiseLinear:
            case OperatorKind.InterpolatedLookUpTable:
            case OperatorKind.LogisticInt16:
            case OperatorKind.TanhInt16:
            case OperatorKind.SoftmaxInt16:
            case OperatorKind.LogSoftmax:
            case OperatorKind.L2Normalization:
            case OperatorKind.DynamicConvolution:
            case OperatorKind.DynamicDepthwiseConvolution:
            case OperatorKind.DynamicFullyConnected:
            case OperatorKind.Settle:
            case OperatorKind.SignalWindow:
            case OperatorKind.SignalFftAutoScale:
            case OperatorKind.SignalFilterBankSpectralSubtraction:
                return input == 0;
            case OperatorKind.Add:
            case OperatorKind.Multiply:
            case OperatorKind.Divide:
            case OperatorKind.SquaredDifference:
            case OperatorKind.IntegerArithmetic:
            case OperatorKind.Compare:
            case OperatorKind.Select:
            case OperatorKind.PRelu:
            case OperatorKind.AddMany:
                return true;
            case OperatorKind.DynamicMatrixProduct:
            case OperatorKind.SignalPcan:
                return input <= 1;
            default:
                return false;
        }
    }
}
