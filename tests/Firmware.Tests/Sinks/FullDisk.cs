namespace EdgeQuant.Firmware.Tests.Sinks;

/// <summary>A disk with so much space: a write that needs more writes what there is room for, and fails.</summary>
internal sealed class FullDisk
{
    private long _space;

    public long Space
    {
        get => Interlocked.Read(ref _space);
        set => Interlocked.Exchange(ref _space, value);
    }

    public FileStream Open(string path)
    {
        return new DiskFile(this, path);
    }

    private sealed class DiskFile(FullDisk disk, string path)
        : FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0)
    {
        public override void Write(ReadOnlySpan<byte> buffer)
        {
            int fits = (int)Math.Min(buffer.Length, disk.Space);
            base.Write(buffer[..fits]);
            disk.Space -= fits;
            if (fits < buffer.Length)
            {
                throw new IOException("No space left on device.");
            }
        }

        public override void WriteByte(byte value)
        {
            Write([value]);
        }

        public override void SetLength(long value)
        {
            disk.Space += Length - value;
            base.SetLength(value);
        }
    }
}
