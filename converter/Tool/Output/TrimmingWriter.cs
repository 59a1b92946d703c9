using System.Text;

namespace EdgeQuant.Tool.Output;

/// <summary>Passes text on without the spaces at the ends of its lines, which tables pad their cells with.</summary>
internal sealed class TrimmingWriter(TextWriter target) : TextWriter
{
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
            for (; _spaces > 0; _spaces--)
            {
                target.Write(' ');
            }
        }

        _spaces = 0;
        target.Write(value);
    }

    public override void Flush()
    {
        target.Flush();
    }
}
