namespace EdgeQuant.Benchmarks;

/// <summary>A network in ONNX Runtime, or the empty one that shows what a call takes.</summary>
/// <param name="process">The process that runs it.</param>
/// <param name="network">The number that <see cref="OnnxRuntimeProcess.Load"/> gave it.</param>
internal sealed class OnnxRuntimeContestant(OnnxRuntimeProcess process, int network) : IContestant
{
    /// <summary>The native code is fast at once; the script around it is compiled after some thousand calls.</summary>
    public TimeSpan WarmUp => TimeSpan.FromSeconds(0.3);

    public double[] Run(TimeSpan duration)
    {
        return process.Run(network, duration);
    }
}
