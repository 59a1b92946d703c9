using EdgeQuant.Converter.Demo.Gestures;

namespace EdgeQuant.Tool.Demo;

/// <summary>What the demonstration made and how it did.</summary>
/// <param name="Model">Training and conversion.</param>
/// <param name="Run">A new person's recording on the simulated board.</param>
/// <param name="Files">The files that were written.</param>
internal sealed record DemoDocument(GestureDemoReport Model, GestureRun Run, DemoFiles Files);
