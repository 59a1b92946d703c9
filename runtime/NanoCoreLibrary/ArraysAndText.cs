namespace System
{
    public abstract class Array
    {
        public int Length => throw null;

        public static void Clear(Array array, int index, int length) => throw null;

        public static void Copy(Array sourceArray, Array destinationArray, int length) => throw null;

        public static void Copy(Array sourceArray, int sourceIndex, Array destinationArray, int destinationIndex, int length) => throw null;
    }

    public sealed class String
    {
        public static readonly string Empty;

        public String(char[] value) => throw null;

        public String(char[] value, int startIndex, int length) => throw null;

        public String(char c, int count) => throw null;

        public int Length => throw null;

        [Runtime.CompilerServices.IndexerName("Chars")]
        public char this[int index] => throw null;

        public static bool operator ==(string a, string b) => throw null;

        public static bool operator !=(string a, string b) => throw null;

        public static string Concat(object arg0) => throw null;

        public static string Concat(object arg0, object arg1) => throw null;

        public static string Concat(object arg0, object arg1, object arg2) => throw null;

        public static string Concat(params object[] args) => throw null;

        public static string Concat(string str0, string str1) => throw null;

        public static string Concat(string str0, string str1, string str2) => throw null;

        public static string Concat(string str0, string str1, string str2, string str3) => throw null;

        public static string Concat(params string[] values) => throw null;

        public static bool Equals(string a, string b) => throw null;

        public static string Format(string format, params object[] args) => throw null;

        public static bool IsNullOrEmpty(string value) => throw null;

        public override bool Equals(object obj) => throw null;

        public override int GetHashCode() => throw null;

        public string Substring(int startIndex) => throw null;

        public string Substring(int startIndex, int length) => throw null;

        public char[] ToCharArray() => throw null;

        public override string ToString() => throw null;
    }
}
