using System.Buffers.Binary;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Firmware.Models;

/// <summary>Tells a file that is still being written from one that is damaged.</summary>
internal static class ModelFileLength
{
    /// <summary>Whether a file starts like a model, and is shorter than it says itself.</summary>
    public static bool IsIncomplete(ReadOnlySpan<byte> file)
    {
        if (file.Length < ModelLayout.HeaderBytes)
        {
            return true;
        }

        return BinaryPrimitives.ReadInt32LittleEndian(file[ModelLayout.HeaderMagic..]) == ModelLayout.Magic
            && BinaryPrimitives.ReadInt32LittleEndian(file[ModelLayout.HeaderLength..]) > file.Length;
    }
}
