using System.Numerics;

namespace EdgeQuant.Converter.Demo.Gestures;

/// <summary>
/// A hand as a body that muscles pull to where it should be, as a damped spring would: x'' = w^2 (target - x) - 2 z w x', with the person's
/// stiffness and damping. A table in its way is a stiffer spring that only pushes.
/// </summary>
/// <param name="person">Whose hand.</param>
internal sealed class Hand(Person person)
{
    /// <summary>Fingertip on wood, in hertz and as a damping ratio.</summary>
    private const float ContactFrequency = 20;
    private const float ContactDamping = 0.3f;

    private readonly float _pull = float.Tau * person.Stiffness;
    private Vector3 _velocity;

    /// <summary>Metres from where the hand rests.</summary>
    public Vector3 Position { get; private set; }

    /// <summary>Metres per second squared.</summary>
    public Vector3 Acceleration { get; private set; }

    /// <summary>Lets time pass.</summary>
    /// <param name="target">Where it should be.</param>
    /// <param name="table">The height of a table; null without one.</param>
    /// <param name="seconds">How much, a few milliseconds at most.</param>
    public void Step(Vector3 target, float? table, float seconds)
    {
        Acceleration = (_pull * _pull * (target - Position)) - (2 * person.Damping * _pull * _velocity);
        if (table is float height && Position.Z < height)
        {
            float push = float.Tau * ContactFrequency;
            float up = (push * push * (height - Position.Z)) - (2 * ContactDamping * push * _velocity.Z);
            Acceleration += new Vector3(0, 0, Math.Max(0, up));
        }

        _velocity += Acceleration * seconds;
        Position += _velocity * seconds;
    }
}
