using EdgeQuant.Converter.Evaluate.Metrics;
using Xunit;

namespace EdgeQuant.Converter.Tests.Evaluate.Metrics;

public sealed class ClassificationTests
{
    /// <summary>Five records by hand: labels 0, 0, 1, 2, 2 taken for 0, 1, 1, 0, 2.</summary>
    [Fact]
    public void Figures_are_those_counted_by_hand()
    {
        Classification classification = new(classes: 3, k: 2);
        classification.Add(0, [5, 1, 0]);
        classification.Add(0, [1, 5, 0]);
        classification.Add(1, [0, 5, 1]);
        classification.Add(2, [5, 4, 1]);
        classification.Add(2, [0, 1, 5]);
        ClassificationFigures figures = classification.Figures();
        Assert.Equal(5, figures.Records);
        Assert.Equal(0.6, figures.Top1, 1e-12);
        Assert.Equal(0.8, figures.TopK, 1e-12);
        Assert.Equal([[1, 1, 0], [0, 1, 0], [1, 0, 1]], figures.Confusion);
        Assert.Equal(new ClassFigures(0, 2, 2, 0.5, 0.5, 0.5), figures.Classes[0]);
        Assert.Equal(new ClassFigures(1, 1, 2, 0.5, 1, 2.0 / 3), figures.Classes[1]);
        Assert.Equal(new ClassFigures(2, 2, 1, 1, 0.5, 2.0 / 3), figures.Classes[2]);
        Assert.Equal((0.5 + (4.0 / 3)) / 3, figures.MacroF1, 1e-12);
    }

    [Fact]
    public void Scores_that_are_no_numbers_are_wrong_and_counted()
    {
        Classification classification = new(classes: 2, k: 2);
        classification.Add(0, [float.NaN, 1]);
        classification.Add(1, [0, 1]);
        ClassificationFigures figures = classification.Figures();
        Assert.Equal(1, figures.NotANumber);
        Assert.Equal(0.5, figures.Top1);
        Assert.Equal(0.5, figures.TopK);
        Assert.Equal([[0, 0], [0, 1]], figures.Confusion);
        Assert.Equal(1, figures.Classes[0].Records);
    }

    [Fact]
    public void Classes_without_records_have_no_part_in_the_mean()
    {
        Classification classification = new(classes: 3, k: 1);
        classification.Add(0, [1, 0, 0]);
        classification.Add(1, [0, 1, 0]);
        Assert.Equal(1, classification.Figures().MacroF1);
    }

    [Fact]
    public void Figures_agree_with_their_definitions()
    {
        Random random = new(7);
        const int Classes = 4;
        for (int k = 1; k <= Classes; k++)
        {
            Classification classification = new(Classes, k);
            List<(int Label, float[] Scores)> records = [];
            for (int i = 0; i < 200; i++)
            {
                records.Add((random.Next(Classes), [.. Enumerable.Range(0, Classes).Select(_ => (float)random.Next(10))]));
                classification.Add(records[^1].Label, records[^1].Scores);
            }

            ClassificationFigures figures = classification.Figures();
            Assert.Equal(records.Average(record => Ranking.PlaceOf(record.Label, record.Scores) < k ? 1.0 : 0), figures.TopK, 1e-12);
            Assert.Equal(figures.Classes.Sum(one => one.Recall * one.Records) / records.Count, figures.Top1, 1e-12);
            Assert.Equal(records.Count, figures.Confusion.Sum(row => row.Sum()));
            Assert.All(figures.Classes, one => Assert.Equal(one.Precision * one.Predicted, one.Recall * one.Records, 1e-9));
            Assert.True(k > 1 || figures.TopK == figures.Top1);
            Assert.True(k < Classes || figures.TopK == 1);
        }
    }
}
