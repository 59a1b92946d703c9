namespace UnitsNet;

public readonly struct Pressure
{
    internal Pressure(double hectopascals)
    {
        Hectopascals = hectopascals;
    }

    public double Hectopascals { get; }
}
