using EdgeQuant.Converter.Evaluate.Comparison;

namespace EdgeQuant.Converter.Evaluate;

/// <summary>How far the values of a tensor agree in two networks.</summary>
/// <param name="Name">The tensor's name in the first network.</param>
/// <param name="Shape">Its shape there.</param>
/// <param name="Decibels">The signal-to-quantization-noise ratio, the first network being the signal; infinite where nothing differs.</param>
/// <param name="Cosine">The cosine of the angle between both, -1 to 1.</param>
/// <param name="LargestError">The largest distance of two values.</param>
/// <param name="EqualShare">The share of values that are as close as quantization lets them be (half a step), 0 to 1.</param>
internal sealed record TensorAgreement(string Name, IReadOnlyList<int> Shape, double Decibels, double Cosine, double LargestError, double EqualShare)
{
    public static TensorAgreement Of(Subjects.SubjectTensor tensor, Difference difference)
    {
        return new TensorAgreement(tensor.Name, tensor.Shape, difference.Decibels, difference.Cosine, difference.Largest, difference.EqualShare);
    }
}
