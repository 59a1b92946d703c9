namespace System
{
    public struct Boolean
    {
        public override string ToString() => throw null;
    }

    public struct Char
    {
        public const char MaxValue = (char)0xFFFF;
        public const char MinValue = (char)0x00;

        public override string ToString() => throw null;
    }

    public struct SByte
    {
        public const sbyte MaxValue = 127;
        public const sbyte MinValue = -128;

        public override string ToString() => throw null;

        public string ToString(string format) => throw null;
    }

    public struct Byte
    {
        public const byte MaxValue = 255;
        public const byte MinValue = 0;

        public override string ToString() => throw null;

        public string ToString(string format) => throw null;
    }

    public struct Int16
    {
        public const short MaxValue = 32767;
        public const short MinValue = -32768;

        public override string ToString() => throw null;

        public string ToString(string format) => throw null;
    }

    public struct UInt16
    {
        public const ushort MaxValue = 65535;
        public const ushort MinValue = 0;

        public override string ToString() => throw null;

        public string ToString(string format) => throw null;
    }

    public struct Int32
    {
        public const int MaxValue = 2147483647;
        public const int MinValue = -2147483648;

        public override string ToString() => throw null;

        public string ToString(string format) => throw null;
    }

    public struct UInt32
    {
        public const uint MaxValue = 4294967295;
        public const uint MinValue = 0;

        public override string ToString() => throw null;

        public string ToString(string format) => throw null;
    }

    public struct Int64
    {
        public const long MaxValue = 9223372036854775807L;
        public const long MinValue = -9223372036854775808L;

        public override string ToString() => throw null;

        public string ToString(string format) => throw null;
    }

    public struct UInt64
    {
        public const ulong MaxValue = 18446744073709551615UL;
        public const ulong MinValue = 0;

        public override string ToString() => throw null;

        public string ToString(string format) => throw null;
    }

    public struct IntPtr
    {
    }

    public struct UIntPtr
    {
    }

    public static class BitConverter
    {
        public static short ToInt16(byte[] value, int startIndex) => throw null;

        public static ushort ToUInt16(byte[] value, int startIndex) => throw null;

        public static int ToInt32(byte[] value, int startIndex) => throw null;

        public static uint ToUInt32(byte[] value, int startIndex) => throw null;

        public static long ToInt64(byte[] value, int startIndex) => throw null;

        public static ulong ToUInt64(byte[] value, int startIndex) => throw null;
    }
}
