using System.Text.Json;
using EdgeQuant.Runtime;
using EdgeQuant.Runtime.Kernels;
using EdgeQuant.Runtime.Memory;
using EdgeQuant.Runtime.Model;
using EdgeQuant.Runtime.Operators;

namespace EdgeQuant.Converter.Report;

/// <summary>Reads a model file for people: with the runtime's own reader, so that it says what the runtime sees.</summary>
internal static class ModelInspector
{
    /// <summary>Inspects a file.</summary>
    /// <exception cref="ModelFormatException">The file is one that the runtime refuses, or its model card is not JSON.</exception>
    public static ModelReport Inspect(byte[] bytes)
    {
        Network network = Network.Load(bytes);
        ModelFile file = new(bytes);
        TensorTable tensors = new(file);
        Boundary boundary = new(tensors);
        IReadOnlyList<OperatorReport> operators = Operators(file);
        TensorReport[] inputs = Each(boundary.InputCount, i => Tensor(boundary.Input(i)));
        TensorReport[] outputs = Each(boundary.OutputCount, i => Tensor(boundary.Output(i)));
        MemoryReport[] memory = Array.ConvertAll(KernelSets.All, set => LoadMeasurement.Run(bytes, set));
        return new ModelReport(
            $"{ModelLayout.MajorVersion}.{FormatMinor(bytes)}",
            bytes.Length,
            network.ArenaBytes,
            network.StateBytes,
            memory.First(memory => memory.Kernels == network.KernelsName).LoadBytes,
            network.SelfTestRecords,
            operators.Sum(op => op.Macs),
            Sections(file),
            inputs,
            outputs,
            operators,
            Buffers(inputs, outputs, operators),
            ModelCard(file, bytes))
        {
            Pipeline = PipelineReport.Of(bytes),
            Memory = memory,
        };
    }

    private static int FormatMinor(byte[] bytes)
    {
        return new FileSection(bytes, 0, ModelLayout.HeaderBytes).UInt16(ModelLayout.HeaderMinorVersion);
    }

    private static SectionReport[] Sections(ModelFile file)
    {
        int header = ModelLayout.HeaderBytes + (file.SectionCount * ModelLayout.SectionEntryBytes);
        return
        [
            new SectionReport("header", 0, header),
            .. Each(file.SectionCount, i => new SectionReport(NameOf(file.KindOf(i)), file.OffsetOf(file.KindOf(i)), file.LengthOf(i))),
        ];
    }

    private static string NameOf(SectionKind kind)
    {
        return kind switch
        {
            SectionKind.Tensors => "tensors",
            SectionKind.Operators => "operators",
            SectionKind.Constants => "constants",
            SectionKind.Boundary => "boundary",
            SectionKind.State => "state",
            SectionKind.SelfTest => "self-test",
            SectionKind.ModelCard => "model card",
            SectionKind.Signal => "signal",
            SectionKind.Decision => "decision",
            _ => $"kind {(int)kind}, unknown to this version",
        };
    }

    /// <summary>The operators of a file that was loaded before, and so is sound.</summary>
    internal static IReadOnlyList<OperatorReport> Operators(ModelFile file)
    {
        TensorTable tensors = new(file);
        List<AttributeReport> attributes = [];
        OperatorReader reader = new(tensors, new NetworkMemory(file), KernelSets.Best)
        {
            AttributeRead = (name, value) => attributes.Add(new AttributeReport(name, value)),
        };
        FileSection section = file.Require(SectionKind.Operators, "operators", ModelLayout.OperatorRecords);
        int count = section.Int32(ModelLayout.OperatorCount);
        int record = ModelLayout.OperatorRecords;
        List<OperatorReport> operators = [];
        for (int i = 0; i < count; i++)
        {
            record = reader.Open(section, i, record);
            attributes.Clear();
            OperatorKinds.Create(reader);
            operators.Add(Operator(reader, i, [.. attributes]));
        }

        return operators;
    }

    private static OperatorReport Operator(OperatorReader reader, int index, AttributeReport[] attributes)
    {
        TensorReport?[] inputs = Each(reader.InputCount, i => reader.HasInput(i) ? Tensor(reader.Input(i)) : null);
        return new OperatorReport(
            index,
            OperatorKinds.NameOf(reader.Kind),
            inputs,
            Each(reader.OutputCount, i => Tensor(reader.Output(i))),
            Each(reader.ScratchCount, i => Tensor(reader.Scratch(i))),
            attributes,
            ConstantBytes(inputs),
            MacCount.Of(reader, attributes));
    }

    private static TensorReport Tensor(TensorInfo tensor)
    {
        string type = tensor.Encoding switch
        {
            TensorEncoding.PackedInt4 => "int4",
            TensorEncoding.Shared => $"shared{tensor.Shared.Bits}",
            _ => tensor.Type.ToString().ToLowerInvariant(),
        };
        return new TensorReport(
            tensor.Index,
            type,
            Each(tensor.Rank, tensor.Dimension),
            BitConverter.Int32BitsToSingle(tensor.ScaleBits) is float scale && float.IsFinite(scale) ? scale : 0,
            tensor.ZeroPoint,
            tensor.Storage.ToString().ToLowerInvariant(),
            tensor.Offset,
            tensor.ByteLength,
            tensor.Storage == TensorStorage.Arena ? tensor.Buffer : null);
    }

    /// <summary>The bytes of the constants among some tensors; one that is there several times counts once.</summary>
    private static int ConstantBytes(TensorReport?[] tensors)
    {
        int bytes = 0;
        for (int i = 0; i < tensors.Length; i++)
        {
            if (tensors[i] is { Storage: "constant" } tensor && Array.FindIndex(tensors, other => other?.Index == tensor.Index) == i)
            {
                bytes += tensor.Bytes;
            }
        }

        return bytes;
    }

    private static BufferReport[] Buffers(TensorReport[] inputs, TensorReport[] outputs, IReadOnlyList<OperatorReport> operators)
    {
        Dictionary<int, BufferReport> buffers = [];
        foreach (TensorReport tensor in inputs)
        {
            Use(buffers, tensor, -1);
        }

        foreach (OperatorReport op in operators)
        {
            foreach (TensorReport tensor in op.Inputs.OfType<TensorReport>().Concat(op.Outputs).Concat(op.Scratch))
            {
                Use(buffers, tensor, op.Index);
            }
        }

        foreach (TensorReport tensor in outputs)
        {
            Use(buffers, tensor, operators.Count);
        }

        return [.. buffers.Values.OrderBy(buffer => buffer.Offset).ThenBy(buffer => buffer.First)];
    }

    /// <summary>Extends a buffer by a tensor that is alive at a position.</summary>
    private static void Use(Dictionary<int, BufferReport> buffers, TensorReport tensor, int position)
    {
        if (tensor.Buffer is not int index)
        {
            return;
        }

        int start = tensor.Offset;
        int end = start + tensor.Bytes;
        int first = position;
        int last = position;
        if (buffers.TryGetValue(index, out BufferReport? buffer))
        {
            start = Math.Min(start, buffer.Offset);
            end = Math.Max(end, buffer.Offset + buffer.Bytes);
            first = Math.Min(first, buffer.First);
            last = Math.Max(last, buffer.Last);
        }

        buffers[index] = new BufferReport(index, start, end - start, first, last);
    }

    /// <summary>An array whose elements come from their indices.</summary>
    private static T[] Each<T>(int count, Func<int, T> element)
    {
        T[] elements = new T[count];
        for (int i = 0; i < count; i++)
        {
            elements[i] = element(i);
        }

        return elements;
    }

    private static JsonElement? ModelCard(ModelFile file, byte[] bytes)
    {
        if (!file.Has(SectionKind.ModelCard))
        {
            return null;
        }

        try
        {
            ReadOnlyMemory<byte> card = bytes.AsMemory(file.OffsetOf(SectionKind.ModelCard), file.LengthOf(SectionKind.ModelCard));
            using JsonDocument document = JsonDocument.Parse(card);
            return document.RootElement.Clone();
        }
        catch (JsonException exception)
        {
            throw new ModelFormatException($"The model card is not JSON: {exception.Message}");
        }
    }
}
