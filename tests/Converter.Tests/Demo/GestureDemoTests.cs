using EdgeQuant.Converter.Data;
using EdgeQuant.Converter.Demo.Gestures;
using EdgeQuant.Converter.Execute;
using EdgeQuant.Converter.Import;
using EdgeQuant.Runtime;
using Xunit;

namespace EdgeQuant.Converter.Tests.Demo;

/// <summary>From people to a model file.</summary>
public sealed class GestureDemoTests(TrainedGestures gestures) : IClassFixture<TrainedGestures>
{
    [Fact]
    public void People_who_were_not_seen_are_understood()
    {
        GestureDemoReport report = gestures.Model.Report;
        Assert.InRange(report.FloatAccuracy, 95, 100);
        Assert.InRange(report.PackedAccuracy, report.FloatAccuracy - 1, 100);
        Assert.True(report.HeldOutWindows > 1000);
    }

    [Fact]
    public void Every_gesture_is_in_what_is_measured()
    {
        SampleSet windows = GestureDemo.People(20, 8, 3, "test");
        Assert.All(Enum.GetValues<Gesture>(), gesture => Assert.True(windows.Labels!.Count(label => label == (int)gesture) > 100, $"{gesture}"));
        Assert.InRange((double)windows.Labels!.Count(label => label == (int)Gesture.Rest) / windows.Count, 0.3, 0.6);
    }

    [Fact]
    public void The_file_is_a_pipeline_of_gestures()
    {
        Pipeline pipeline = Pipeline.Load(gestures.Model.File);
        Assert.Equal(GestureNetwork.Labels, Enumerable.Range(0, pipeline.LabelCount).Select(pipeline.Label));
        Assert.Equal(1000 * Accelerometer.SampleRate, pipeline.SampleRate);
        Assert.Equal(GestureWindows.Stride, pipeline.SamplesPerDecision);
        Assert.Equal(1f / Accelerometer.CountsPerGravity, BitConverter.Int32BitsToSingle(pipeline.ChannelScaleBits(0)));
        Assert.Equal(-1, pipeline.SelfTest());
    }

    [Fact]
    public void Training_is_the_same_every_time_and_its_network_is_what_the_file_says()
    {
        SampleSet windows = GestureDemo.People(0, 2, 1, "test");
        GestureNetwork network = GestureTrainer.Train(windows, TestContext.Current.CancellationToken);
        byte[] file = network.ToOnnx();
        Assert.Equal(file, GestureTrainer.Train(windows, TestContext.Current.CancellationToken).ToOnnx());

        FloatExecutor executor = FloatExecutor.Of(NetworkFile.Import(file).Graph);
        FloatWorkspace workspace = executor.NewWorkspace();
        Assert.All(windows.Inputs.Take(50), window =>
        {
            window[0].CopyTo(workspace[executor.Graph.Inputs[0]]);
            executor.Run(workspace);
            float[] found = workspace[executor.Graph.Outputs[0]].ToArray();
            Assert.All(network.Predict(window[0]).Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
        });
    }
}
