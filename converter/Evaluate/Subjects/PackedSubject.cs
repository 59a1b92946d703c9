using System.Runtime.InteropServices;
using EdgeQuant.Converter.Data;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Host;
using EdgeQuant.Converter.Report;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Converter.Evaluate.Subjects;

/// <summary>
/// A model file, executed by the runtime. What its operators write can be looked at where the model card kept the names of tensors
/// (<see cref="ModelCard.TensorNames"/>).
/// </summary>
internal sealed class PackedSubject : Subject
{
    private readonly byte[] _file;
    private readonly PackedTensor[] _inner;

    /// <param name="name">What to call it.</param>
    /// <param name="file">The bytes of the <c>.eqm</c> file.</param>
    /// <param name="tensorNames">Names of the device's tensors by position; null for those that the model card kept.</param>
    /// <exception cref="ModelFormatException">The file or its model card is damaged.</exception>
    public PackedSubject(string name, byte[] file, string?[]? tensorNames = null)
        : base(name, SubjectForm.Packed)
    {
        _file = file;
        ModelRunner runner = ModelRunner.Load(file);
        Inputs = [.. runner.Inputs.Select(Describe)];
        SampleInputs = [.. runner.Inputs.Select((input, i) => Sample(input, $"input {i}"))];
        SampleOutput = Sample(runner.Outputs[0], "output 0");
        Outputs = [.. runner.Outputs.Select((output, i) => Describe(output) with { Scale = ScaleOf(runner.Card, output, i) })];
        _inner = (tensorNames ?? runner.Card?.TensorNames) is { Length: > 0 } names ? [.. Named(file, names)] : [];
        Inner = [.. _inner.Select(tensor => Describe(tensor.Tensor) with { Operator = tensor.Kind })];
        EndsInSoftmax = IsSoftmaxLast(file, runner.Card);
        HasState = runner.Network.StateBytes > 0;
    }

    /// <summary>A float network that was converted: its tensors go by the float network's names, whether the file kept names or not.</summary>
    /// <param name="name">What to call it.</param>
    /// <param name="conversion">The conversion.</param>
    public static PackedSubject Of(string name, ConversionResult conversion)
    {
        Dictionary<Tensor, string> names = [];
        foreach ((Tensor source, Tensor quantized) in conversion.Quantization!.Network.Tensors)
        {
            if (!source.IsConstant && conversion.Lowered!.Tensors.TryGetValue(quantized, out Tensor? tensor))
            {
                names.TryAdd(tensor, source.Name);
            }
        }

        string?[] device = [.. conversion.Network.Tensors().Select(tensor => tensor is { Storage: TensorStorage.Arena, Source: Tensor source } ? names.GetValueOrDefault(source) : null)];
        return new PackedSubject(name, conversion.File, device);
    }

    public override IReadOnlyList<SubjectTensor> Inputs { get; }

    public override IReadOnlyList<SampleInput> SampleInputs { get; }

    public override SampleInput SampleOutput { get; }

    public override IReadOnlyList<SubjectTensor> Outputs { get; }

    public override IReadOnlyList<SubjectTensor> Inner { get; }

    public override bool EndsInSoftmax { get; }

    public override bool HasState { get; }

    public override SubjectRun NewRun(bool observed)
    {
        return new PackedRun(ModelRunner.Load(_file), observed ? _inner : []);
    }

    private static bool IsSoftmaxLast(byte[] file, ModelCard? card)
    {
        HostOperation[] host = [.. card?.After.Select(step => step.Operation) ?? []];
        return Array.Exists(host, operation => operation is HostOperation.Softmax or HostOperation.LogSoftmax)
            || ModelInspector.Operators(new ModelFile(file)).LastOrDefault(op => op.Kind is not ("StridedCopy" or "Cast")) is { Kind: "Softmax" or "SoftmaxInt16" or "LogSoftmax" };
    }

    private static SubjectTensor Describe(HostTensor tensor)
    {
        return new SubjectTensor(tensor.Name ?? "", tensor.Shape, tensor.Scale ?? 0);
    }

    /// <summary>The scale of an output; where it is real the scale of the integers that the host made it of, if it did.</summary>
    private static float ScaleOf(ModelCard? card, HostTensor output, int index)
    {
        HostStep? step = card?.After.FirstOrDefault(step => step.Operation == HostOperation.Dequantize && step.Outputs[0] == card.Outputs[index]);
        return (step is null ? output : card!.Tensors[step.Inputs[0]]).Scale ?? 0;
    }

    private static SampleInput Sample(HostTensor tensor, string otherwise)
    {
        return new SampleInput(tensor.Name ?? otherwise, tensor.Type, tensor.Shape, tensor.Scale is float scale ? Quantization.PerTensor(scale, tensor.ZeroPoint ?? 0) : null);
    }

    private static IEnumerable<PackedTensor> Named(byte[] file, string?[] names)
    {
        IReadOnlyList<OperatorReport> operators = ModelInspector.Operators(new ModelFile(file));
        IReadOnlyDictionary<int, TensorReport> scales = DynamicScales.Of(operators);
        foreach (OperatorReport op in operators)
        {
            foreach (TensorReport output in op.Outputs.Where(output => output.Storage == "arena" && output.Index < names.Length && names[output.Index] is not null))
            {
                HostTensor tensor = new()
                {
                    Name = names[output.Index],
                    Type = Enum.Parse<DataType>(output.Type, ignoreCase: true),
                    Shape = [.. output.Shape],
                    Scale = output.Scale > 0 ? output.Scale : null,
                    ZeroPoint = output.Scale > 0 ? output.ZeroPoint : null,
                };
                yield return new PackedTensor(op.Index, op.Kind, output.Offset, tensor, ScaleOf(output));
            }
        }

        PackedScale? ScaleOf(TensorReport tensor)
        {
            return scales.TryGetValue(tensor.Index, out TensorReport? scale)
                ? new PackedScale(operators.FirstOrDefault(op => op.Outputs.Any(output => output.Index == scale.Index))?.Index ?? -1, scale.Offset)
                : null;
        }
    }

    private sealed class PackedRun(ModelRunner runner, PackedTensor[] inner) : SubjectRun
    {
        private readonly byte[] _record = new byte[runner.InputBytes];
        private readonly byte[] _result = new byte[runner.OutputBytes];
        private readonly IReadOnlyList<HostTensor> _inputTensors = runner.Inputs;
        private readonly IReadOnlyList<HostTensor> _outputTensors = runner.Outputs;
        private readonly float[][] _outputs = [.. runner.Outputs.Select(output => new float[output.ElementCount])];
        private readonly float[][] _inner = [.. inner.Select(tensor => new float[tensor.Tensor.ElementCount])];
        private readonly Dictionary<PackedScale, DynamicScale> _scales = inner.Select(tensor => tensor.Scale).OfType<PackedScale>().Distinct().ToDictionary(scale => scale, _ => default(DynamicScale));

        public override void Run(float[][] inputs)
        {
            Span<byte> record = _record;
            for (int i = 0; i < inputs.Length; i++)
            {
                HostValues.Write(inputs[i], _inputTensors[i], record[.._inputTensors[i].ByteLength]);
                record = record[_inputTensors[i].ByteLength..];
            }

            runner.SetInputs(_record);
            Invoke();
            runner.GetOutputs(_result);
            ReadOnlySpan<byte> result = _result;
            for (int i = 0; i < _outputs.Length; i++)
            {
                HostValues.Read(result[.._outputTensors[i].ByteLength], _outputTensors[i], _outputs[i]);
                result = result[_outputTensors[i].ByteLength..];
            }
        }

        public override ReadOnlySpan<float> Output(int index)
        {
            return _outputs[index];
        }

        public override ReadOnlySpan<float> Inner(int index)
        {
            return _inner[index];
        }

        public override void Reset()
        {
            runner.Reset();
        }

        /// <summary>Runs the network; where it is observed operator by operator, because the next one may write over what one has written.</summary>
        private void Invoke()
        {
            if (inner.Length == 0)
            {
                runner.Network.Invoke();
                return;
            }

            int next = 0;
            ReadScales(-1);
            for (int i = 0; i < runner.Network.OperatorCount; i++)
            {
                runner.Network.InvokeOperator(i);
                ReadScales(i);
                for (; next < inner.Length && inner[next].Operator == i; next++)
                {
                    PackedTensor tensor = inner[next];
                    ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(runner.Network.Arena.AsSpan(tensor.Offset, tensor.Tensor.ByteLength));
                    HostValues.Read(bytes, Meaning(tensor), _inner[next]);
                }
            }
        }

        /// <summary>Keeps the scales that an operator has written: their memory may be used again before all have been looked at that they hold for.</summary>
        private void ReadScales(int op)
        {
            foreach (PackedScale scale in _scales.Keys.Where(scale => scale.Operator == op))
            {
                _scales[scale] = DynamicScale.Read(MemoryMarshal.AsBytes(runner.Network.Arena.AsSpan(scale.Offset, DynamicScale.Elements * sizeof(int))));
            }
        }

        private HostTensor Meaning(PackedTensor tensor)
        {
            return tensor.Scale is PackedScale scale ? tensor.Tensor with { Scale = (float)_scales[scale].Step, ZeroPoint = _scales[scale].ZeroPoint } : tensor.Tensor;
        }
    }
}
