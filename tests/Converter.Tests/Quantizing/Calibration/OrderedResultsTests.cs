using EdgeQuant.Converter.Quantizing.Calibration;
using Xunit;

namespace EdgeQuant.Converter.Tests.Quantizing.Calibration;

public sealed class OrderedResultsTests
{
    [Fact]
    public void Results_of_threads_come_in_the_order_of_their_numbers()
    {
        const int Count = 5000;
        int[] order = [.. Enumerable.Range(0, Count)];
        new Random(3).Shuffle(order);
        List<int> taken = [];
        OrderedResults<int> results = new((number, result) => taken.Add(number == result ? number : -1));
        Parallel.ForEach(order, number => results.Add(number, number));
        Assert.Equal(Enumerable.Range(0, Count), taken);
    }
}
