namespace EdgeQuant.Converter.Import.Onnx.Operators;

/// <summary>How the position of an output pixel in the input is computed; names and formulas are those of the ONNX specification.</summary>
internal enum ResizeCoordinates
{
    HalfPixel,
    HalfPixelSymmetric,
    PytorchHalfPixel,
    AlignCorners,
    Asymmetric,
    HalfPixelForNearest,
}
