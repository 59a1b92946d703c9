namespace UnitsNet;

public readonly struct Temperature
{
    internal Temperature(double degreesCelsius)
    {
        DegreesCelsius = degreesCelsius;
    }

    public double DegreesCelsius { get; }
}
