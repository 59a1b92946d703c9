using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Deciding;

/// <summary>Text from UTF-8 (RFC 3629), checked, the same on every machine.</summary>
internal static class Utf8
{
    /// <summary>Reads a run of bytes.</summary>
    /// <exception cref="ModelFormatException">They are not valid UTF-8.</exception>
    internal static string Text(FileSection section, int offset, int length)
    {
        char[] text = new char[length];
        int count = 0;
        int end = offset + length;
        for (int at = offset; at < end;)
        {
            int first = section.UInt8(at);
            int more = first < 0x80 ? 0 : first < 0xC2 ? -1 : first < 0xE0 ? 1 : first < 0xF0 ? 2 : first < 0xF5 ? 3 : -1;
            if (more < 0 || more >= end - at)
            {
                throw Error(at);
            }

            int code = more == 0 ? first : first & (0x3F >> more);
            for (int i = 1; i <= more; i++)
            {
                int next = section.UInt8(at + i);
                if ((next & 0xC0) != 0x80)
                {
                    throw Error(at + i);
                }

                code = (code << 6) | (next & 0x3F);
            }

            bool isShortest = more < 2 || code >= (more == 2 ? 0x800 : 0x10000);
            if (!isShortest || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000))
            {
                throw Error(at);
            }

            if (code >= 0x10000)
            {
                text[count++] = (char)(0xD7C0 + (code >> 10));
                text[count++] = (char)(0xDC00 + (code & 0x3FF));
            }
            else
            {
                text[count++] = (char)code;
            }

            at += more + 1;
        }

        return new string(text, 0, count);
    }

    private static ModelFormatException Error(int at)
    {
        return new ModelFormatException("Byte " + at.ToString() + " of the decision section is not valid UTF-8.");
    }
}
