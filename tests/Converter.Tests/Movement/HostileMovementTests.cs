using System.Buffers.Binary;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Graph.Operations;
using EdgeQuant.Converter.Pack;
using EdgeQuant.Converter.Tests.Lower;
using EdgeQuant.Runtime;
using EdgeQuant.Runtime.Model;
using Xunit;

namespace EdgeQuant.Converter.Tests.Movement;

/// <summary>Operators that move elements, with damaged records: refused when the file is loaded, or run within their tensors.</summary>
public sealed class HostileMovementTests
{
    private const int Mutations = 6000;

    private static readonly int[] s_values = [0, 1, -1, 2, 3, 5, 255, 65536, int.MaxValue, int.MinValue, 0x40000000, -65536];

    public static TheoryData<string> Operators => ["gather", "gather tuples", "slice", "update", "mirror pad", "transpose", "fill"];

    [Theory]
    [MemberData(nameof(Operators))]
    public void Damaged_records_are_refused_or_run_inside_their_tensors(string name)
    {
        byte[] file = Pack(name);
        ModelFile model = new(file);
        (int Start, int Length)[] ranges =
        [
            (model.OffsetOf(SectionKind.Operators), model.LengthOf(SectionKind.Operators)),
            (model.OffsetOf(SectionKind.Tensors), model.LengthOf(SectionKind.Tensors)),
        ];
        Random random = new(name.Length);
        int refused = 0;
        for (int i = 0; i < Mutations; i++)
        {
            byte[] damaged = (byte[])file.Clone();
            for (int changes = random.Next(1, 4); changes > 0; changes--)
            {
                (int start, int length) = ranges[random.Next(4) == 0 ? 1 : 0];
                int at = start + (random.Next(length / sizeof(int)) * sizeof(int));
                int before = BinaryPrimitives.ReadInt32LittleEndian(damaged.AsSpan(at));
                int value = random.Next(3) switch { 0 => s_values[random.Next(s_values.Length)], 1 => before + random.Next(-3, 4), _ => -before };
                BinaryPrimitives.WriteInt32LittleEndian(damaged.AsSpan(at), value);
            }

            refused += IsRefused(damaged) ? 1 : 0;
        }

        Assert.InRange(refused, Mutations / 10, Mutations - 1);
    }

    private static bool IsRefused(byte[] file)
    {
        const int MemoryLimit = 1 << 20;
        ModelWriter.Seal(file);
        try
        {
            Network network = Network.Load(file, MemoryLimit);
            for (int i = 0; i < network.InputCount; i++)
            {
                network.Input(i).Fill(-77);
            }

            network.Invoke();
            return false;
        }
        catch (ModelFormatException)
        {
            return true;
        }
    }

    private static byte[] Pack(string name)
    {
        Tensor data = SingleNode.Input(DataType.Int16, [3, 4, 5]);
        Tensor indices = SingleNode.Input(DataType.Int32, [2, 3]);
        Tensor start = SingleNode.Input(DataType.Int32, [3]);
        Tensor update = SingleNode.Input(DataType.Int16, [2, 2, 2]);
        return name switch
        {
            "gather" => SingleNode.Pack(new Gather(1, 0), [data, indices], Output(3, 2, 3, 5)),
            "gather tuples" => SingleNode.Pack(new GatherNd(), [data, indices], Output(2)),
            "slice" => SingleNode.Pack(new Slice(), [data, start, MovementCases.Ints(2, 2, 2)], Output(2, 2, 2)),
            "update" => SingleNode.Pack(new DynamicUpdateSlice(), [data, update, start], Output(3, 4, 5)),
            "mirror pad" => SingleNode.Pack(
                new MirrorPad(MirrorMode.Reflect), [data, Elements.Constant(DataType.Int32, [3, 2], 1, 1, 0, 2, 2, 0)], Output(5, 6, 7)),
            "transpose" => SingleNode.Pack(new Transpose(), [data, MovementCases.Ints(2, 0, 1)], Output(5, 3, 4)),
            _ => SingleNode.Pack(new Fill(), [MovementCases.Ints(4), SingleNode.Constant(DataType.Int16, [], [(short)7])], Output(4)),
        };
    }

    private static Tensor Output(params int[] shape)
    {
        return SingleNode.Input(DataType.Int16, shape);
    }
}
