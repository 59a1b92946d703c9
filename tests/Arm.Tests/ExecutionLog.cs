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

    private const int InstructionBytes = 4;

    private readonly Dictionary<ulong, int> _lengths = [];
    private ulong? _listed;
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
            ulong address = Address(line.AsSpan(2, line.IndexOf(':', StringComparison.Ordinal) - 2));
            _listed ??= address;
            _lengths[_listed.Value] = (int)((address - _listed.Value) / InstructionBytes) + 1;
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

    private static ulong Address(ReadOnlySpan<char> digits)
    {
        return ulong.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }

    /// <summary>As <c>Trace 0: 0x7f0000000580 [0000000001009331/000000550006bd38/00000001/00000200] function</c>; the second field is the address.</summary>
    private void Executed(string line)
    {
        int from = line.IndexOf('/', StringComparison.Ordinal) + 1;
        int to = line.IndexOf('/', from);
        int function = line.IndexOf("] ", StringComparison.Ordinal) + 2;
        ulong address = Address(line.AsSpan(from, to - from));
        if (line.EndsWith(Mark, StringComparison.Ordinal))
        {
            Operators.Add(new ExecutedOperator());
        }

        if (Operators.Count > 0)
        {
            Operators[^1].Add(line[function..], address, _lengths[address]);
        }
    }
}
