namespace EdgeQuant.Converter.Demo.Gestures;

/// <summary>A layer that can be trained, one record at a time. Values are [positions, channels], row-major.</summary>
internal abstract class TrainedLayer
{
    /// <summary>Computes the outputs, and keeps what <see cref="Backward"/> needs.</summary>
    /// <returns>The layer's own array, which the next call overwrites.</returns>
    public abstract float[] Forward(float[] input);

    /// <summary>Adds to the gradients of the layer's parameters, for what <see cref="Forward"/> computed last.</summary>
    /// <param name="errors">The loss's derivative with respect to each output.</param>
    /// <returns>The same with respect to each input: the layer's own array.</returns>
    public abstract float[] Backward(float[] errors);

    /// <summary>Changes the parameters by the gradients collected so far, which start anew.</summary>
    /// <param name="step">The number of this step, from 1.</param>
    /// <param name="rate">The learning rate.</param>
    public abstract void Learn(int step, float rate);
}
