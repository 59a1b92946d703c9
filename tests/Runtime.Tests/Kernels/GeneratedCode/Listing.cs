namespace EdgeQuant.Runtime.Tests.Kernels.GeneratedCode;

/// <summary>The machine code of one method, as the compiler of .NET lists it where <c>DOTNET_JitDisasm</c> names the method.</summary>
/// <param name="method">The method, with its type.</param>
/// <param name="lines">What the compiler wrote for it.</param>
/// <param name="instructions">What it compiled for.</param>
internal sealed class Listing(string method, IReadOnlyList<string> lines, InstructionSet instructions)
{
    private const string Title = "; Assembly listing for method ";
    private const string Optimized = " (FullOpts)";

    private readonly bool _hasFrame = lines.Contains("; rbp based frame");
    private readonly List<(string Label, List<string> Instructions)> _blocks = Blocks(lines);

    /// <summary>The method, with its type: <c>Type:Method</c>.</summary>
    public string Method { get; } = method;

    /// <summary>The methods of a log that were compiled with every optimization from the start.</summary>
    /// <param name="log">What the compiler wrote.</param>
    /// <param name="instructions">What it compiled for.</param>
    public static List<Listing> Read(IEnumerable<string> log, InstructionSet instructions)
    {
        List<List<string>> listings = [];
        foreach (string line in log)
        {
            if (line.StartsWith(Title, StringComparison.Ordinal))
            {
                listings.Add([]);
            }

            if (listings.Count > 0)
            {
                listings[^1].Add(line);
            }
        }

        return
        [
            .. from lines in listings
               let title = lines[0]
               where title.EndsWith(Optimized, StringComparison.Ordinal)
               select new Listing(title[Title.Length..title.IndexOf('(', StringComparison.Ordinal)], lines, instructions),
        ];
    }

    /// <summary>
    /// The loops that hold no other loop. A loop is what leads to a jump back without passing the loop's start, wherever the compiler has put it
    /// (the natural loop of Aho, Lam, Sethi, Ullman: Compilers, 9.6.6).
    /// </summary>
    public IEnumerable<Loop> InnermostLoops()
    {
        List<int>[] before = Predecessors();
        Dictionary<int, SortedSet<int>> loops = [];
        for (int start = 0; start < before.Length; start++)
        {
            SortedSet<int> whole = [];
            foreach (SortedSet<int> loop in before[start].Select(end => LeadingTo(end, start, before)).Where(loop => start == 0 || !loop.Contains(0)))
            {
                whole.UnionWith(loop);
            }

            if (whole.Count > 0)
            {
                loops.Add(start, whole);
            }
        }

        return from loop in loops
               where !loop.Value.Any(block => block != loop.Key && loops.ContainsKey(block))
               select Describe(loop.Key, loop.Value);
    }

    private static SortedSet<int> LeadingTo(int end, int start, List<int>[] before)
    {
        SortedSet<int> blocks = [start];
        Stack<int> open = new([end]);
        while (open.TryPop(out int block))
        {
            if (blocks.Add(block))
            {
                before[block].ForEach(open.Push);
            }
        }

        return blocks;
    }

    private List<int>[] Predecessors()
    {
        List<int>[] before = [.. _blocks.Select(_ => new List<int>())];
        for (int block = 0; block < _blocks.Count; block++)
        {
            foreach (int target in _blocks[block].Instructions.Select(Target).Where(target => target >= 0))
            {
                before[target].Add(block);
            }

            if (block + 1 < _blocks.Count && !instructions.Leaves(_blocks[block].Instructions.LastOrDefault("")))
            {
                before[block + 1].Add(block);
            }
        }

        return before;
    }

    private static List<(string Label, List<string> Instructions)> Blocks(IReadOnlyList<string> lines)
    {
        List<(string Label, List<string> Instructions)> blocks = [];
        foreach (string line in lines)
        {
            if (line.StartsWith("G_M", StringComparison.Ordinal))
            {
                blocks.Add((line[..line.IndexOf(':', StringComparison.Ordinal)], []));
            }
            else if (blocks.Count > 0 && line.StartsWith(' ') && line.Trim() is { Length: > 0 } instruction && !instruction.StartsWith("align ", StringComparison.Ordinal))
            {
                blocks[^1].Instructions.Add(instruction);
            }
        }

        return blocks;
    }

    private Loop Describe(int start, IEnumerable<int> blocks)
    {
        List<string> body = [.. blocks.SelectMany(block => _blocks[block].Instructions)];
        return new Loop(Method, _blocks[start].Label, body, body.Sum(instructions.Products), body.FindAll(IsFault));
    }

    private bool IsFault(string instruction)
    {
        return instructions.IsCall(instruction)
            || instructions.UsesStack(instruction, _hasFrame)
            || (Target(instruction) is >= 0 and int target && Fails(target));
    }

    // Blocks that throw end in a call which does not return.
    private bool Fails(int block)
    {
        return _blocks[block].Instructions.Exists(
            instruction => instructions.IsCall(instruction)
                && (instruction.Contains("CORINFO_HELP_RNGCHKFAIL", StringComparison.Ordinal) || instruction.Contains("Throw", StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>The block that an instruction jumps to; -1 where it is no jump.</summary>
    private int Target(string instruction)
    {
        return instructions.IsJump(instruction) ? _blocks.FindIndex(block => instruction.EndsWith(' ' + block.Label, StringComparison.Ordinal)) : -1;
    }
}
