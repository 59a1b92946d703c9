using System.Globalization;

namespace EdgeQuant.Converter.Data.Arrays;

/// <summary>
/// A Python dictionary as NumPy writes it: keys are texts; values are texts, True or False, or tuples of whole numbers. Other values are kept
/// only as text, so that messages can show them.
/// </summary>
internal sealed class PythonDictionary
{
    private readonly string _file;
    private readonly string _source;
    private readonly Dictionary<string, object> _values = new(StringComparer.Ordinal);
    private int _position;

    private PythonDictionary(string file, string source)
    {
        _file = file;
        _source = source;
    }

    /// <summary>Reads a dictionary; space may follow it.</summary>
    public static PythonDictionary Parse(string file, string source)
    {
        PythonDictionary dictionary = new(file, source.TrimEnd());
        dictionary.ReadAll();
        return dictionary;
    }

    /// <summary>The text of a key.</summary>
    public string Text(string key)
    {
        return Value(key) as string ?? throw Wrong(key, "a text");
    }

    /// <summary>The truth value of a key.</summary>
    public bool Truth(string key)
    {
        return Value(key) is bool value ? value : throw Wrong(key, "True or False");
    }

    /// <summary>The tuple of sizes of a key.</summary>
    public long[] Sizes(string key)
    {
        return Value(key) as long[] ?? throw Wrong(key, "a tuple of whole numbers from 0");
    }

    private object Value(string key)
    {
        return _values.GetValueOrDefault(key) ?? throw new DataException(_file, $"'{key}' in the header", "absent", "a value");
    }

    private DataException Wrong(string key, string allowed)
    {
        return new DataException(_file, $"'{key}' in the header", "another kind of value", allowed, "Save it as a plain array of numbers.");
    }

    private void ReadAll()
    {
        Require('{');
        while (Next() != '}')
        {
            string key = ReadText();
            Require(':');
            _values[key] = ReadValue();
            if (Next() != '}')
            {
                Require(',');
            }
        }

        Require('}');
        if (_position != _source.Length)
        {
            throw Malformed();
        }
    }

    private object ReadValue()
    {
        return Next() switch
        {
            '\'' or '"' => ReadText(),
            '(' => ReadSizes(),
            'T' => ReadWord("True", true),
            'F' => ReadWord("False", false),
            '[' => throw new DataException(_file, "the type of its numbers", "a structure of fields", "numbers", "Save one field of it: array['name']."),
            _ => throw Malformed(),
        };
    }

    private bool ReadWord(string word, bool value)
    {
        if (string.CompareOrdinal(_source, _position, word, 0, word.Length) != 0)
        {
            throw Malformed();
        }

        _position += word.Length;
        return value;
    }

    private string ReadText()
    {
        char quote = Next();
        int end = quote is '\'' or '"' ? _source.IndexOf(quote, _position + 1) : -1;
        if (end < 0)
        {
            throw Malformed();
        }

        string text = _source[(_position + 1)..end];
        _position = end + 1;
        return text;
    }

    private long[] ReadSizes()
    {
        Require('(');
        List<long> sizes = [];
        while (Next() != ')')
        {
            int start = _position;
            while (_position < _source.Length && char.IsAsciiDigit(_source[_position]))
            {
                _position++;
            }

            if (!long.TryParse(_source.AsSpan(start, _position - start), NumberStyles.None, CultureInfo.InvariantCulture, out long size))
            {
                throw Malformed();
            }

            sizes.Add(size);
            // Python 2 wrote long integers with an L.
            _position += Next() == 'L' ? 1 : 0;
            if (Next() != ')')
            {
                Require(',');
            }
        }

        Require(')');
        return [.. sizes];
    }

    /// <summary>The next character that is no space; 0 at the end.</summary>
    private char Next()
    {
        while (_position < _source.Length && char.IsWhiteSpace(_source[_position]))
        {
            _position++;
        }

        return _position < _source.Length ? _source[_position] : '\0';
    }

    private void Require(char character)
    {
        if (Next() != character)
        {
            throw Malformed();
        }

        _position++;
    }

    private DataException Malformed()
    {
        int end = Math.Min(_position + 20, _source.Length);
        return new DataException(
            _file, $"the header at character {_position}", $"'{_source[Math.Min(_position, _source.Length)..end]}'", "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }");
    }
}
