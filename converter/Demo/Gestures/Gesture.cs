namespace EdgeQuant.Converter.Demo.Gestures;

/// <summary>What a hand does. The numbers are those of the network's outputs.</summary>
internal enum Gesture
{
    /// <summary>Nothing of what follows: the hand rests, turns, or goes back to where it was.</summary>
    Rest,

    /// <summary>Quickly to one side.</summary>
    Swipe,

    /// <summary>A circle in the air, upright.</summary>
    Circle,

    /// <summary>To and fro, four times.</summary>
    Shake,

    /// <summary>Two knocks on a table.</summary>
    Tap,
}
