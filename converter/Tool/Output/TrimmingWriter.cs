using System.Text;

namespace EdgeQuant.Tool.Output;

/// <summary>
/// Passes text on line by line, so that a pipe is not written to for each word, and without the spaces at the ends of lines, which tables pad
/// their cells with.
/// </summary>
internal sealed class TrimmingWriter(TextWriter target) : TextWriter
{
    private readonly StringBuilder _line = new();
    private int _spaces;

    public override Encoding Encoding => target.Encoding;

    public override void Write(char value)
    {
        if (value == ' ')
        {
            _spaces++;
            return;
        }

        if (value is not ('\n' or '\r'))
        {
            _line.Append(' ', _spaces);
        }

        _spaces = 0;
        _line.Append(value);
        if (value == '\n')
        {
            PassOn();
        }
    }

    public override void Flush()
    {
        PassOn();
        target.Flush();
    }

    private void PassOn()
    {
        target.Write(_line);
        _line.Clear();
    }
}
