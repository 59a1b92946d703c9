using System.Numerics;

namespace EdgeQuant.Converter.Demo.Gestures;

/// <summary>
/// Records people who make gestures with an accelerometer on their hand, without people: a hand (<see cref="Hand"/>) follows the gestures'
/// paths (<see cref="Stroke"/>); its acceleration, its tremor and the force that holds it up against gravity are turned by the wrist and by
/// the sensor's mounting, and measured (<see cref="Accelerometer"/>). Between gestures it comes back, and every now and then turns.
/// </summary>
internal sealed class GestureGenerator
{
    private const float StandardGravity = 9.80665f;
    private const int StepsPerSample = 20;
    private const float Step = 1f / (Accelerometer.SampleRate * StepsPerSample);

    /// <summary>From the elbow to the hand, in metres.</summary>
    private const float Forearm = 0.35f;

    private const double LeastPause = 2.2;
    private const double MostPause = 3.2;

    /// <summary>After a gesture the hand stays so long, then comes back in the seconds after that.</summary>
    private const float Stay = 0.4f;
    private const float ComingBack = 1.5f;

    private const double TurnProbability = 0.5;
    private const double MostTurn = 0.4;
    private const float TurnSeconds = 1.2f;

    /// <summary>How far the phase of a tremor wanders in a second, in radians.</summary>
    private const float TremorWander = 3;

    private readonly Person _person;
    private readonly Noise _noise;
    private readonly Hand _hand;
    private readonly Accelerometer _sensor;
    private readonly List<short> _samples = [];
    private readonly List<Performance> _performances = [];
    private Vector3 _tremorPhase;
    private Vector2 _posture;

    private GestureGenerator(Person person, int seed)
    {
        _person = person;
        _noise = new Noise(seed);
        _hand = new Hand(person);
        _sensor = new Accelerometer(_noise);
        _tremorPhase = float.Tau * new Vector3(_noise.Between(0, 1), _noise.Between(0, 1), _noise.Between(0, 1));
    }

    /// <summary>Records a person.</summary>
    /// <param name="person">Who.</param>
    /// <param name="gestures">What is made, with a pause of 2 to 3 seconds before each and after the last.</param>
    /// <param name="seed">What chance makes of it: the same for the same seed.</param>
    public static GestureRecording Record(Person person, IReadOnlyList<Gesture> gestures, int seed)
    {
        GestureGenerator generator = new(person, seed);
        Stroke last = new(Gesture.Rest, 1, 0, 0);
        foreach (Gesture gesture in gestures)
        {
            generator.Pause(last);
            last = Stroke.Draw(gesture, person, generator._noise);
            generator.Make(last);
        }

        generator.Pause(last);
        return new GestureRecording([.. generator._samples], generator._performances);
    }

    /// <summary>So many of each gesture, in an order drawn from a seed.</summary>
    public static IReadOnlyList<Gesture> Mixed(int ofEach, int seed)
    {
        Gesture[] gestures = [.. Enumerable.Range(0, ofEach).SelectMany(_ => Enum.GetValues<Gesture>()).Where(gesture => gesture != Gesture.Rest)];
        new Noise(seed).Shuffle(gestures);
        return gestures;
    }

    private void Make(Stroke stroke)
    {
        int start = _samples.Count / Accelerometer.Axes;
        Run(stroke.Seconds, time => stroke.Target(time), stroke.Table, _ => _posture);
        _performances.Add(new Performance(stroke.Gesture, start, _samples.Count / Accelerometer.Axes));
    }

    /// <summary>The hand comes back from where a gesture left it, and may turn meanwhile.</summary>
    private void Pause(Stroke last)
    {
        Vector3 from = last.Target(last.Seconds);
        Vector2 before = _posture;
        Vector2 after = _noise.Happens(TurnProbability) ? new Vector2(_noise.Between(-MostTurn, MostTurn), _noise.Between(-MostTurn, MostTurn)) : before;
        Run(
            _noise.Between(LeastPause, MostPause),
            time => from * (1 - MinimumJerk.At((time - Stay) / ComingBack)),
            null,
            time => Vector2.Lerp(before, after, MinimumJerk.At((time - Stay) / TurnSeconds)));
        _posture = after;
    }

    /// <summary>Takes the samples of some seconds.</summary>
    private void Run(float seconds, Func<float, Vector3> target, float? table, Func<float, Vector2> posture)
    {
        Span<short> counts = stackalloc short[Accelerometer.Axes];
        int samples = (int)(seconds * Accelerometer.SampleRate);
        for (int sample = 0; sample < samples; sample++)
        {
            Vector3 sum = Vector3.Zero;
            for (int step = 0; step < StepsPerSample; step++)
            {
                float time = ((sample * StepsPerSample) + step) * Step;
                _hand.Step(target(time), table, Step);
                sum += Force(posture(time));
            }

            _sensor.Sample(sum / StepsPerSample, counts);
            _samples.AddRange(counts);
        }
    }

    /// <summary>What acts on the sensor along its axes, in g.</summary>
    /// <param name="posture">How the hand is turned about y and x besides, in radians.</param>
    private Vector3 Force(Vector2 posture)
    {
        float wander = TremorWander * MathF.Sqrt(Step);
        _tremorPhase += new Vector3(float.Tau * _person.TremorFrequency * Step) + (wander * new Vector3(_noise.Normal(), _noise.Normal(), _noise.Normal()));
        Vector3 tremor = _person.Tremor * Vector3.Sin(_tremorPhase);
        Quaternion wrist = Quaternion.CreateFromAxisAngle(Vector3.UnitY, posture.X + (_person.WristTurn * _hand.Position.X / Forearm))
            * Quaternion.CreateFromAxisAngle(Vector3.UnitX, posture.Y + (_person.WristTurn * _hand.Position.Z / Forearm));
        Vector3 force = (_hand.Acceleration / StandardGravity) + tremor + Vector3.UnitZ;
        return _person.Mounting.ToSensor(Vector3.Transform(force, Quaternion.Conjugate(wrist)));
    }
}
