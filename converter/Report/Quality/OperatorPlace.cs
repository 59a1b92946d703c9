namespace EdgeQuant.Converter.Report.Quality;

/// <summary>Who executes an operator.</summary>
internal enum OperatorPlace
{
    Device,
    HostBefore,
    HostAfter,
}
