namespace EdgeQuant.Converter.Quantizing.Calibration;

/// <summary>Hands on results that threads finish in any order, one after another in the order of their numbers.</summary>
/// <param name="take">Called with each number, from 0, and its result; never from two threads at once.</param>
internal sealed class OrderedResults<T>(Action<int, T> take)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<int, T> _waiting = [];
    private int _next;

    /// <summary>Gives one result, each number once; may be called from several threads.</summary>
    public void Add(int number, T result)
    {
        lock (_lock)
        {
            _waiting.Add(number, result);
            while (_waiting.Remove(_next, out T? next))
            {
                take(_next++, next);
            }
        }
    }
}
