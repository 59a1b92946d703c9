using System.Text;
using EdgeQuant.Converter.Import.Onnx.Protocol;
using AttributeType = EdgeQuant.Converter.Import.Onnx.Protocol.AttributeProto.Types.AttributeType;

namespace EdgeQuant.Converter.Import.Onnx;

/// <summary>
/// The attributes of an operator. It remembers which were asked for: one that nobody asks for would have changed what the operator computes.
/// </summary>
internal sealed class AttributeReader(NodeProto node)
{
    private readonly Dictionary<string, AttributeProto> _attributes = node.Attribute.ToDictionary(attribute => attribute.Name, StringComparer.Ordinal);
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    /// <summary>The attributes that nobody asked for.</summary>
    public IEnumerable<string> Unread => _attributes.Keys.Where(name => !_asked.Contains(name));

    /// <summary>The attributes that somebody asked for.</summary>
    public IEnumerable<string> Asked => _asked;

    public bool Has(string name)
    {
        return _attributes.ContainsKey(name);
    }

    public long Int(string name, long otherwise)
    {
        return Find(name, AttributeType.Int)?.I ?? otherwise;
    }

    public bool Flag(string name)
    {
        return Int(name, 0) != 0;
    }

    public float Float(string name, float otherwise)
    {
        return Find(name, AttributeType.Float)?.F ?? otherwise;
    }

    public string Text(string name, string otherwise)
    {
        return Find(name, AttributeType.String) is AttributeProto attribute ? Encoding.UTF8.GetString(attribute.S.Span) : otherwise;
    }

    public string[]? Texts(string name)
    {
        return Find(name, AttributeType.Strings) is AttributeProto attribute ? [.. attribute.Strings.Select(text => Encoding.UTF8.GetString(text.Span))] : null;
    }

    public long[]? Ints(string name)
    {
        return Find(name, AttributeType.Ints) is AttributeProto attribute ? [.. attribute.Ints] : null;
    }

    public float[]? Floats(string name)
    {
        return Find(name, AttributeType.Floats) is AttributeProto attribute ? [.. attribute.Floats] : null;
    }

    public TensorProto? Tensor(string name)
    {
        return Find(name, AttributeType.Tensor)?.T;
    }

    /// <summary>Names an attribute that changes nothing.</summary>
    public void Ignore(params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            _asked.Add(name);
        }
    }

    private AttributeProto? Find(string name, AttributeType type)
    {
        _asked.Add(name);
        if (!_attributes.TryGetValue(name, out AttributeProto? attribute))
        {
            return null;
        }

        return attribute.Type == type && (type != AttributeType.Tensor || attribute.T is not null)
            ? attribute
            : throw ImportContext.Inconsistent($"Its attribute '{name}' is {attribute.Type.ToString().ToUpperInvariant()}; it must be {type.ToString().ToUpperInvariant()}.");
    }
}
