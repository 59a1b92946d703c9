namespace EdgeQuant.Benchmarks;

/// <summary>Something that does the same work over and over.</summary>
internal interface IContestant
{
    /// <summary>How long it runs before it is as fast as it gets.</summary>
    TimeSpan WarmUp { get; }

    /// <summary>Does the work for about so long, at least once.</summary>
    /// <returns>Nanoseconds that the work takes, each sample the mean of a few times that follow each other.</returns>
    double[] Run(TimeSpan duration);
}
