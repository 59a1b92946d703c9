using EdgeQuant.Tests.Support;

namespace EdgeQuant.Benchmarks;

/// <summary>A network to measure.</summary>
/// <param name="Name">What tables call it.</param>
/// <param name="Path">Its file: TensorFlow Lite, ONNX or <c>.eqm</c>.</param>
/// <param name="OnnxPath">The same network as ONNX Runtime should run it; null to export it.</param>
internal sealed record BenchmarkedNetwork(string Name, string Path, string? OnnxPath)
{
    /// <summary>Names in the benchmark and in the folder of reference models.</summary>
    private static readonly (string Name, string Golden)[] Known =
    [
        ("kws", "mlperf_kws_int8"),
        ("vww", "mlperf_vww_int8"),
        ("ic", "mlperf_ic_resnet8_int8"),
        ("ad", "mlperf_ad01_int8"),
        ("sww", "mlperf_sww_int8"),
        ("person_detect", "tflm_person_detect"),
        ("micro_speech", "tflm_micro_speech"),
        ("cifar10", "tinymaix_cifar10_q"),
        ("mnist_resnet", "tinymaix_mnist_resnet_q"),
        ("hello_world", "tflm_hello_world_int8"),
        ("okay_nabu", "mww_okay_nabu"),
        ("mnist_lstm", "tflm_mnist_lstm_int8"),
        ("keyword_scrambled", "tflm_keyword_scrambled_8bit"),
    ];

    /// <summary>The names of the reference models.</summary>
    public static IEnumerable<string> Names => Known.Select(known => known.Name);

    /// <summary>The network of a name, or of a file.</summary>
    public static BenchmarkedNetwork Of(string nameOrFile)
    {
        string? golden = Array.Find(Known, known => known.Name == nameOrFile).Golden;
        if (golden is null)
        {
            return new BenchmarkedNetwork(System.IO.Path.GetFileNameWithoutExtension(nameOrFile), nameOrFile, null);
        }

        string onnx = System.IO.Path.Combine(Repository.Shared, "models", "onnx-int8", golden + ".onnx");
        return new BenchmarkedNetwork(nameOrFile, System.IO.Path.Combine(Repository.Shared, "goldens", golden, "model.tflite"), File.Exists(onnx) ? onnx : null);
    }
}
