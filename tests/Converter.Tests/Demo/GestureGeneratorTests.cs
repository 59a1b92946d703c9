using System.Globalization;
using System.Numerics;
using EdgeQuant.Converter.Demo.Gestures;
using Xunit;

namespace EdgeQuant.Converter.Tests.Demo;

/// <summary>Recordings of people who are none.</summary>
public sealed class GestureGeneratorTests
{
    private static readonly Mounting s_straight = new(0, 0, 0);

    [Fact]
    public void A_seed_gives_the_same_recording_and_another_one_another()
    {
        GestureRecording first = Record(Person.Draw(1), Gesture.Circle, seed: 3);
        Assert.Equal(first.Samples, Record(Person.Draw(1), Gesture.Circle, seed: 3).Samples);
        Assert.NotEqual(first.Samples, Record(Person.Draw(1), Gesture.Circle, seed: 4).Samples);
        Assert.NotEqual(first.Samples, Record(Person.Draw(2), Gesture.Circle, seed: 3).Samples);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void At_rest_one_g_holds_the_hand_up(int number)
    {
        Person person = Person.Draw(number);
        float[] magnitudes = [.. Values(GestureGenerator.Record(person, [], number)).Select(value => value.Length())];

        // 50 mg of offset on each axis, 3 % of sensitivity; then tremor on each axis and noise.
        Assert.InRange(magnitudes.Average(), 0.88f, 1.12f);
        Assert.InRange(magnitudes.Max() - magnitudes.Min(), 0.005f, (4 * person.Tremor) + 0.05f);
    }

    [Fact]
    public void A_mounting_turns_gravity()
    {
        Person person = Person.Draw(1) with { Mounting = s_straight };
        Vector3 straight = Mean(GestureGenerator.Record(person, [], 1));
        Vector3 rolled = Mean(GestureGenerator.Record(person with { Mounting = new Mounting(20, 0, 0) }, [], 1));
        Assert.InRange(Degrees(straight, rolled), 17, 23);
        Assert.True(rolled.X < straight.X);
    }

    [Theory]
    [InlineData(0, 0, 20)]
    [InlineData(-15, 10, 5)]
    public void A_mounting_keeps_lengths_and_angles(float roll, float pitch, float yaw)
    {
        Mounting mounting = new(roll, pitch, yaw);
        Vector3 a = mounting.ToSensor(new Vector3(1, 2, 3));
        Vector3 b = mounting.ToSensor(new Vector3(-2, 0.5f, 1));
        Assert.Equal(Math.Sqrt(14), a.Length(), 1e-5);
        Assert.Equal(2, Vector3.Dot(a, b), 1e-5);
        Assert.True(Degrees(a, new Vector3(1, 2, 3)) > 1);
    }

    [Fact]
    public void Who_is_faster_accelerates_more()
    {
        Person person = Person.Draw(1) with { Tempo = 0.8f };
        float slow = Strongest(Record(person, Gesture.Swipe, seed: 1));
        float fast = Strongest(Record(person with { Tempo = 1.25f }, Gesture.Swipe, seed: 1));
        Assert.InRange(fast / slow, 1.4f, 2.5f);
    }

    [Fact]
    public void Every_gesture_shows()
    {
        float rest = Strongest(GestureGenerator.Record(Person.Draw(5), [], 1));
        Assert.All(
            Enum.GetValues<Gesture>().Where(gesture => gesture != Gesture.Rest),
            gesture => Assert.True(Strongest(Record(Person.Draw(5), gesture, seed: 1)) > 3 * rest, $"{gesture}"));
    }

    [Fact]
    public void Gestures_stand_where_they_were_made()
    {
        IReadOnlyList<Gesture> gestures = GestureGenerator.Mixed(2, 7);
        GestureRecording recording = GestureGenerator.Record(Person.Draw(1), gestures, 7);
        Assert.Equal(gestures, recording.Performances.Select(made => made.Gesture));
        int before = 0;
        Assert.All(recording.Performances, made =>
        {
            Assert.True(made.Start - before >= 2 * Accelerometer.SampleRate);
            Assert.InRange(made.End - made.Start, 15, 90);
            before = made.End;
        });
        Assert.True(recording.Length - before >= 2 * Accelerometer.SampleRate);
    }

    [Fact]
    public void A_hand_goes_where_it_is_pulled_and_rests_there()
    {
        Hand hand = new(Person.Draw(1));
        for (int i = 0; i < 2000; i++)
        {
            hand.Step(new Vector3(0.1f, -0.2f, 0.05f), null, 0.001f);
        }

        Assert.InRange(Vector3.Distance(hand.Position, new Vector3(0.1f, -0.2f, 0.05f)), 0, 1e-4);
        Assert.InRange(hand.Acceleration.Length(), 0, 1e-2);
    }

    [Fact]
    public void A_table_holds_a_hand()
    {
        Hand hand = new(Person.Draw(1));
        for (int i = 0; i < 2000; i++)
        {
            hand.Step(new Vector3(0, 0, -0.03f), -0.01f, 0.001f);
        }

        Assert.InRange(hand.Position.Z, -0.0125, -0.01);
    }

    [Fact]
    public void A_csv_holds_every_count()
    {
        GestureRecording recording = Record(Person.Draw(1), Gesture.Tap, seed: 2);
        string[] lines = recording.ToCsv().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("aX,aY,aZ", lines[0]);
        Assert.Equal(
            recording.Samples,
            lines.Skip(1).SelectMany(line => line.Split(',')).Select(text => (short)Math.Round(double.Parse(text, CultureInfo.InvariantCulture) * Accelerometer.CountsPerGravity)));
    }

    private static GestureRecording Record(Person person, Gesture gesture, int seed)
    {
        return GestureGenerator.Record(person, [gesture], seed);
    }

    private static IEnumerable<Vector3> Values(GestureRecording recording)
    {
        return recording.Samples.Chunk(3).Select(sample => new Vector3(sample[0], sample[1], sample[2]) / Accelerometer.CountsPerGravity);
    }

    private static Vector3 Mean(GestureRecording recording)
    {
        return Values(recording).Aggregate(Vector3.Zero, (sum, value) => sum + value) / recording.Length;
    }

    /// <summary>The largest distance of a sample from the mean of a second, in g: what is not gravity.</summary>
    private static float Strongest(GestureRecording recording)
    {
        return Values(recording).Chunk(Accelerometer.SampleRate).Max(second =>
        {
            Vector3 mean = second.Aggregate(Vector3.Zero, (sum, value) => sum + value) / second.Length;
            return second.Max(value => Vector3.Distance(value, mean));
        });
    }

    private static double Degrees(Vector3 a, Vector3 b)
    {
        return double.RadiansToDegrees(Math.Acos(Vector3.Dot(Vector3.Normalize(a), Vector3.Normalize(b))));
    }
}
