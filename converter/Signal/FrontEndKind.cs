namespace EdgeQuant.Converter.Signal;

/// <summary>What makes features of samples.</summary>
internal enum FrontEndKind
{
    /// <summary>The samples are the features.</summary>
    Raw,

    /// <summary>A network in a file of its own.</summary>
    Network,

    /// <summary>Natural logarithms of the amplitudes in bands of a mel scale.</summary>
    LogMel,

    /// <summary>Mel-frequency cepstral coefficients: a cosine transform of such logarithms.</summary>
    Mfcc,

    /// <summary>The features of TensorFlow Lite Micro's speech models: bands without lasting noise, evenly loud.</summary>
    MicroSpeech,

    /// <summary>Statistics of each channel of a frame.</summary>
    MotionStatistics,
}
