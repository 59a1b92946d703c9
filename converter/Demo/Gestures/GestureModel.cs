using EdgeQuant.Converter.Report.Quality;

namespace EdgeQuant.Converter.Demo.Gestures;

/// <summary>What the demonstration makes on the desktop.</summary>
/// <param name="Onnx">The float network as it was trained.</param>
/// <param name="File">The <c>.eqm</c> file: network, front end and decision.</param>
/// <param name="FrontEnd">The front end's JSON.</param>
/// <param name="Decision">The decision's JSON.</param>
/// <param name="Quality">The quantization report.</param>
/// <param name="Recording">A new person's recording, for the device.</param>
/// <param name="Report">How it went.</param>
internal sealed record GestureModel(byte[] Onnx, byte[] File, byte[] FrontEnd, byte[] Decision, QuantizationReport Quality, GestureRecording Recording, GestureDemoReport Report);
