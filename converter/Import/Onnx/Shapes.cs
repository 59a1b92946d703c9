namespace EdgeQuant.Converter.Import.Onnx;

/// <summary>Arithmetic with shapes.</summary>
internal static class Shapes
{
    /// <summary>The most elements of a tensor: more does not fit into <see cref="Graph.Checks.SizeCheck.MostBytes"/>.</summary>
    public const long MostElements = 1L << 29;

    /// <summary>The shape that shapes have together when sizes of 1 serve any size and shapes are aligned at their last size.</summary>
    /// <exception cref="RefusedOperatorException">They do not fit.</exception>
    public static int[] Broadcast(params int[][] shapes)
    {
        int[] together = new int[shapes.Max(shape => shape.Length)];
        for (int i = 1; i <= together.Length; i++)
        {
            int[] sizes = [.. shapes.Where(shape => shape.Length >= i).Select(shape => shape[^i])];
            together[^i] = Array.Find(sizes, size => size != 1) is int size and not 0 ? size : sizes.Min();
            if (Array.Exists(sizes, size => size != 1 && size != together[^i]))
            {
                throw ImportContext.Inconsistent($"The shapes {string.Join(" and ", shapes.Select(shape => Text(shape)))} cannot be broadcast to each other.");
            }
        }

        return together;
    }

    /// <summary>The number of elements, bounded so that it does not overflow.</summary>
    public static long Elements(IReadOnlyList<int> shape)
    {
        return shape.Aggregate(1L, (product, size) => Math.Min(product * size, 1L << 31));
    }

    /// <summary>Asks for a shape that a tensor can have.</summary>
    /// <exception cref="RefusedOperatorException">It has too many elements, or too many dimensions.</exception>
    public static void RequireSize(IReadOnlyList<int> shape)
    {
        const int MostDimensions = Host.HostTensorCheck.MaximumRank;
        if (shape.Count > MostDimensions)
        {
            throw ImportContext.Refused($"It makes a tensor of {shape.Count} dimensions; supported are {MostDimensions}.", "Merge dimensions in the source network.");
        }

        if (shape.Any(size => size < 0) || Elements(shape) > MostElements)
        {
            throw ImportContext.Refused($"It makes a tensor of the shape {Text(shape)}; supported are {MostElements} elements.", "Use smaller inputs in the source network.");
        }
    }

    /// <summary>A shape, or other numbers, for messages: the first ones if there are very many.</summary>
    public static string Text<T>(IReadOnlyCollection<T> numbers)
    {
        const int Shown = 16;
        return $"[{string.Join(',', numbers.Take(Shown))}{(numbers.Count > Shown ? ",..." : "")}]";
    }

    /// <summary>A name for messages and tensors: its beginning if it is very long.</summary>
    public static string Short(string name)
    {
        const int Longest = 200;
        return name.Length > Longest ? name[..Longest] : name;
    }
}
