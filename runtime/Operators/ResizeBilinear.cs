using EdgeQuant.Runtime.Memory;
using EdgeQuant.Runtime.Model;

namespace EdgeQuant.Runtime.Operators;

/// <summary>
/// Height and width changed by interpolation between the four pixels around each position. Positions have 10 bits below the point; results
/// are rounded to nearest, halves away from zero.
/// </summary>
/// <remarks>
/// Input: data [batch, height, width, channels] (int8 or int16). Output: [batch, height, width, channels], type of the data. Attributes:
/// vertical step, vertical offset, horizontal step, horizontal offset. Output row y lies at (y x step + offset) / 1024 in the input;
/// columns likewise. What lies outside is moved to the border.
/// </remarks>
internal sealed class ResizeBilinear : Operator
{
    private const int One = 1 << 10;
    private const int Half = 1 << 19;

    private readonly TensorData _input;
    private readonly TensorData _output;
    private readonly bool _wide;
    private readonly int _batches;
    private readonly int _inputHeight;
    private readonly int _inputWidth;
    private readonly int _outputHeight;
    private readonly int _outputWidth;
    private readonly int _channels;
    private readonly int _verticalStep;
    private readonly int _verticalOffset;
    private readonly int _horizontalStep;
    private readonly int _horizontalOffset;

    internal ResizeBilinear(OperatorReader reader)
    {
        reader.RequireOperands(1, 1, 0);
        TensorInfo input = reader.Input(0);
        TensorInfo output = reader.Output(0);
        _wide = input.Type == ElementType.Int16;
        reader.RequireType(input, _wide ? ElementType.Int16 : ElementType.Int8);
        reader.RequireType(output, input.Type);
        reader.RequireRank(input, 4);
        reader.RequireRank(output, 4);
        reader.Require(input.Dimension(0) == output.Dimension(0) && input.Dimension(3) == output.Dimension(3), "input and output have different batch sizes or channels.");
        _batches = input.Dimension(0);
        _inputHeight = input.Dimension(1);
        _inputWidth = input.Dimension(2);
        _channels = input.Dimension(3);
        _outputHeight = output.Dimension(1);
        _outputWidth = output.Dimension(2);
        _verticalStep = reader.Attribute("vertical step", 0, int.MaxValue);
        _verticalOffset = reader.Attribute("vertical offset", -One / 2, int.MaxValue);
        _horizontalStep = reader.Attribute("horizontal step", 0, int.MaxValue);
        _horizontalOffset = reader.Attribute("horizontal offset", -One / 2, int.MaxValue);
        RequireRange(reader, _outputHeight, _verticalStep, _verticalOffset);
        RequireRange(reader, _outputWidth, _horizontalStep, _horizontalOffset);
        _input = reader.Data(input);
        _output = reader.Data(output);
    }

    internal override void Run()
    {
        int output = 0;
        for (int batch = 0; batch < _batches; batch++)
        {
            for (int y = 0; y < _outputHeight; y++, output += _outputWidth * _channels)
            {
                int position = (y * _verticalStep) + _verticalOffset;
                int top = Before(position, _inputHeight);
                int bottom = After(position, _inputHeight);
                int weight = top == bottom ? 0 : position - (top * One);
                RunRow(((batch * _inputHeight) + top) * _inputWidth, ((batch * _inputHeight) + bottom) * _inputWidth, weight, output);
            }
        }
    }

    private static void RequireRange(OperatorReader reader, int outputs, int step, int offset)
    {
        // The rounding in After adds less than One.
        reader.Require(((long)(outputs - 1) * step) + offset <= int.MaxValue - One, "its positions exceed 32 bits.");
    }

    private static int Before(int position, int size)
    {
        int index = position / One;
        return index < size ? index : size - 1;
    }

    private static int After(int position, int size)
    {
        int index = (position + One - 1) / One;
        return index < size ? index : size - 1;
    }

    /// <summary>Computes a row of the output between two rows of the input.</summary>
    /// <param name="top">The input pixel at which the upper row starts.</param>
    /// <param name="bottom">The input pixel at which the lower row starts.</param>
    /// <param name="weight">The lower row's part, 0 to 1023.</param>
    /// <param name="output">The output element at which the row starts.</param>
    private void RunRow(int top, int bottom, int weight, int output)
    {
        for (int x = 0; x < _outputWidth; x++, output += _channels)
        {
            int position = (x * _horizontalStep) + _horizontalOffset;
            int left = Before(position, _inputWidth);
            int right = After(position, _inputWidth);
            int part = left == right ? 0 : position - (left * One);
            if (_wide)
            {
                RunPixel16(top + left, top + right, bottom + left, bottom + right, weight, part, output);
            }
            else
            {
                RunPixel8(top + left, top + right, bottom + left, bottom + right, weight, part, output);
            }
        }
    }

    private void RunPixel8(int topLeft, int topRight, int bottomLeft, int bottomRight, int down, int right, int output)
    {
        ReadOnlyInt8Vector input = _input.Int8();
        ReadOnlyInt8Vector a = input.Slice(topLeft * _channels, _channels);
        ReadOnlyInt8Vector b = input.Slice(topRight * _channels, _channels);
        ReadOnlyInt8Vector c = input.Slice(bottomLeft * _channels, _channels);
        ReadOnlyInt8Vector d = input.Slice(bottomRight * _channels, _channels);
        Int8Vector target = _output.Int8().Slice(output, _channels);
        int weightA = (One - down) * (One - right);
        int weightB = (One - down) * right;
        int weightC = down * (One - right);
        int weightD = down * right;
        for (int i = 0; i < target.Length; i++)
        {
            int sum = (a[i] * weightA) + (b[i] * weightB) + (c[i] * weightC) + (d[i] * weightD);
            target[i] = (sbyte)((sum > 0 ? sum + Half : sum - Half) / (One * One));
        }
    }

    private void RunPixel16(int topLeft, int topRight, int bottomLeft, int bottomRight, int down, int right, int output)
    {
        ReadOnlyInt16Vector input = _input.Int16();
        ReadOnlyInt16Vector a = input.Slice(topLeft * _channels, _channels);
        ReadOnlyInt16Vector b = input.Slice(topRight * _channels, _channels);
        ReadOnlyInt16Vector c = input.Slice(bottomLeft * _channels, _channels);
        ReadOnlyInt16Vector d = input.Slice(bottomRight * _channels, _channels);
        Int16Vector target = _output.Int16().Slice(output, _channels);
        long weightA = (One - down) * (One - right);
        long weightB = (One - down) * right;
        long weightC = down * (One - right);
        long weightD = down * right;
        for (int i = 0; i < target.Length; i++)
        {
            long sum = (a[i] * weightA) + (b[i] * weightB) + (c[i] * weightC) + (d[i] * weightD);
            target[i] = (short)((sum > 0 ? sum + Half : sum - Half) / (One * One));
        }
    }
}
