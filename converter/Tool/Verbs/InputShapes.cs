using System.CommandLine;

namespace EdgeQuant.Tool.Verbs;

/// <summary>Shapes of network inputs on the command line: NAME=1,3,224,224.</summary>
internal static class InputShapes
{
    /// <summary>The option.</summary>
    public static Option<string[]> Option()
    {
        return new Option<string[]>("--input-shape")
        {
            Description = "The shape of an input whose sizes the ONNX file leaves open; once for each such input.",
            HelpName = "NAME=1,3,224,224",
        };
    }

    /// <summary>The shape of each input by name.</summary>
    /// <exception cref="ToolException">One is not written so, or an input is named twice.</exception>
    public static IReadOnlyDictionary<string, int[]> Parse(IEnumerable<string> given)
    {
        Dictionary<string, int[]> shapes = new(StringComparer.Ordinal);
        foreach (string shape in given)
        {
            // Names may have any characters: the sizes stand behind the last sign.
            int sign = shape.LastIndexOf('=');
            if (sign < 1 || !TrySizes(shape[(sign + 1)..], out int[] sizes))
            {
                throw new ToolException(ExitCode.WrongUsage, $"'{shape}' is no shape of an input; write NAME=1,3,224,224 with sizes of 1 and more.");
            }

            if (!shapes.TryAdd(shape[..sign], sizes))
            {
                throw new ToolException(ExitCode.WrongUsage, $"The input '{shape[..sign]}' is given two shapes.");
            }
        }

        return shapes;
    }

    private static bool TrySizes(string text, out int[] sizes)
    {
        string[] parts = text.Split(',');
        sizes = new int[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (!int.TryParse(parts[i], out sizes[i]) || sizes[i] < 1)
            {
                return false;
            }
        }

        return true;
    }
}
