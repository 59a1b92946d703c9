using EdgeQuant.Converter.Demo.Gestures;
using Xunit;

namespace EdgeQuant.Converter.Tests.Demo;

/// <summary>The demonstration's model, made once.</summary>
public sealed class TrainedGestures
{
    internal GestureModel Model { get; } = GestureDemo.Run(null, TestContext.Current.CancellationToken);
}
