using System.Globalization;

namespace EdgeQuant.Arm.Tests;

/// <summary>
/// Reads QEMU's log of the code that a program executes. A block of code is listed once, an instruction a line, and named by its address each
/// time it is executed.
/// </summary>
internal sealed class ExecutionLog
{
    /// <summary>What the program calls before each operator, and behind the last.</summary>
    private const string Mark = "Marker__NextOperator";

    private const int InstructionDigits = 8;

    private readonly Dictionary<ulong, CodeBlock> _blocks = [];
    private CodeBlock? _listed;
    private bool _listing;

    /// <summary>What was executed between marks, the first being what follows the first mark.</summary>
    public List<ExecutedOperator> Operators { get; } = [];

    /// <summary>Takes the next line.</summary>
    public void Read(string line)
    {
        if (line.StartsWith("IN:", StringComparison.Ordinal))
        {
            _listing = true;
            _listed = null;
        }
        else if (_listing && line.StartsWith("0x", StringComparison.Ordinal))
        {
            // As 0x5500116c40:  4f87e070  .byte 0x70, 0xe0, 0x87, 0x4f
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            _listed ??= _blocks[Hexadecimal(line.AsSpan(2, colon - 2))] = new CodeBlock();
            _listed.Add((uint)Hexadecimal(line.AsSpan(colon + 1).TrimStart()[..InstructionDigits]));
        }
        else
        {
            _listing = false;
            if (line.StartsWith("Trace", StringComparison.Ordinal))
            {
                Executed(line);
            }
        }
    }

    private static ulong Hexadecimal(ReadOnlySpan<char> digits)
    {
        return ulong.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }

    /// <summary>As <c>Trace 0: 0x7f0000000580 [0000000001009331/000000550006bd38/00000001/00000200] function</c>; the second field is the address.</summary>
    private void Executed(string line)
    {
        int from = line.IndexOf('/', StringComparison.Ordinal) + 1;
        int to = line.IndexOf('/', from);
        int function = line.IndexOf("] ", StringComparison.Ordinal) + 2;
        ulong address = Hexadecimal(line.AsSpan(from, to - from));
        if (line.EndsWith(Mark, StringComparison.Ordinal))
        {
            Operators.Add(new ExecutedOperator());
        }

        if (Operators.Count > 0)
        {
            Operators[^1].Add(line[function..], _blocks[address]);
        }
    }
}
