using System.Globalization;
using System.Text;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Report;

namespace EdgeQuant.Tool.Files;

/// <summary>Writes a network as text after each pass, numbered in their order.</summary>
/// <param name="folder">Where; null to write nothing.</param>
/// <param name="cancellation">Ends the conversion between two passes.</param>
internal sealed class PassDump(string? folder, CancellationToken cancellation)
{
    private int _number;

    /// <summary>Writes the network.</summary>
    /// <param name="graph">The network.</param>
    /// <param name="pass">What was done to it.</param>
    /// <exception cref="ToolException">It cannot be written.</exception>
    public void Write(NetworkGraph graph, string pass)
    {
        cancellation.ThrowIfCancellationRequested();
        if (folder is null)
        {
            return;
        }

        OutputFile.CreateFolder(folder);
        string name = _number++.ToString("00", CultureInfo.InvariantCulture) + $"-{pass}.txt";
        OutputFile.Write(Path.Combine(folder, name), Encoding.UTF8.GetBytes(GraphText.Of(graph)));
    }
}
