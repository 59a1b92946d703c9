using EdgeQuant.Converter.Report;

namespace EdgeQuant.Converter.Demo.Gestures;

/// <summary>How training and conversion went.</summary>
/// <param name="Labels">The gestures, in the order of the network's outputs.</param>
/// <param name="TrainingPeople">People that the network learned from.</param>
/// <param name="TrainingWindows">Windows of theirs.</param>
/// <param name="HeldOutPeople">People that it is measured on, none of them among the former.</param>
/// <param name="HeldOutWindows">Windows of theirs.</param>
/// <param name="Parameters">Weights and biases.</param>
/// <param name="FloatAccuracy">Windows of held-out people that the float network is right about, in percent.</param>
/// <param name="PackedAccuracy">The same of the packed file.</param>
/// <param name="OnnxBytes">The float network's file.</param>
/// <param name="FileBytes">The packed file, front end and decision included.</param>
/// <param name="Conversion">The conversion.</param>
internal sealed record GestureDemoReport(
    IReadOnlyList<string> Labels,
    int TrainingPeople,
    int TrainingWindows,
    int HeldOutPeople,
    int HeldOutWindows,
    int Parameters,
    double FloatAccuracy,
    double PackedAccuracy,
    int OnnxBytes,
    int FileBytes,
    ConversionReport Conversion);
