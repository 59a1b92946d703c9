using EdgeQuant.Converter.Data;

namespace EdgeQuant.Converter.Demo.Gestures;

/// <summary>Trains the network by gradient descent on the cross entropy, from a fixed seed: the same on every run.</summary>
internal static class GestureTrainer
{
    private const int Seed = 1;
    private const int Epochs = 14;
    private const int Batch = 32;
    private const float FirstRate = 0.004f;

    /// <summary>Trains a network.</summary>
    /// <param name="windows">Windows with their gestures (<see cref="GestureWindows"/>).</param>
    /// <param name="cancellation">Ends it between two batches.</param>
    public static GestureNetwork Train(SampleSet windows, CancellationToken cancellation)
    {
        Noise noise = new(Seed);
        GestureNetwork network = new(noise);
        int[] order = [.. Enumerable.Range(0, windows.Count)];
        int steps = Epochs * (((windows.Count - 1) / Batch) + 1);
        int step = 0;
        for (int epoch = 0; epoch < Epochs; epoch++)
        {
            noise.Shuffle(order);
            foreach (int[] batch in order.Chunk(Batch))
            {
                cancellation.ThrowIfCancellationRequested();
                foreach (int window in batch)
                {
                    Collect(network, windows.Inputs[window][0], windows.Labels![window], batch.Length);
                }

                step++;
                float rate = FirstRate * 0.5f * (1 + MathF.Cos(MathF.PI * step / steps));
                foreach (TrainedLayer layer in network.Layers)
                {
                    layer.Learn(step, rate);
                }
            }
        }

        return network;
    }

    /// <summary>Adds one window to the gradients. With softmax and cross entropy the error of a score is its probability, less 1 for the right one.</summary>
    private static void Collect(GestureNetwork network, float[] window, int label, int batch)
    {
        float[] errors = network.Predict(window);
        errors[label] -= 1;
        errors = Array.ConvertAll(errors, error => error / batch);
        foreach (TrainedLayer layer in network.Layers.Reverse())
        {
            errors = layer.Backward(errors);
        }
    }
}
