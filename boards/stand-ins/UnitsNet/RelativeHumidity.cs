namespace UnitsNet;

public readonly struct RelativeHumidity
{
    internal RelativeHumidity(double percent)
    {
        Percent = percent;
    }

    public double Percent { get; }
}
