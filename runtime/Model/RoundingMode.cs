namespace EdgeQuant.Runtime.Model;

/// <summary>How the network's requantization rounds. The file names it, so that another can be added.</summary>
internal enum RoundingMode
{
    /// <summary>
    /// The reference of TensorFlow Lite: a rounding doubling high multiply, then a rounding shift to the right,
    /// ties away from zero.
    /// </summary>
    Double = 1,
}
