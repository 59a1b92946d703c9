namespace EdgeQuant.Converter.Tests.Import.Onnx.Structures;

/// <summary>Numbers in a shape, row by row.</summary>
internal sealed record PlainTensor(int[] Shape, double[] Values)
{
    public int Rank => Shape.Length;

    /// <summary>A tensor whose elements are computed from their places.</summary>
    public static PlainTensor Of(int[] shape, Func<int[], double> element)
    {
        int count = shape.Aggregate(1, (product, size) => product * size);
        double[] values = new double[count];
        int[] place = new int[shape.Length];
        for (int i = 0; i < count; i++)
        {
            int rest = i;
            for (int axis = shape.Length - 1; axis >= 0; axis--)
            {
                place[axis] = rest % shape[axis];
                rest /= shape[axis];
            }

            values[i] = element(place);
        }

        return new PlainTensor(shape, values);
    }

    /// <summary>The element at a place.</summary>
    public double At(params ReadOnlySpan<int> place)
    {
        int at = 0;
        for (int axis = 0; axis < Rank; axis++)
        {
            at = (at * Shape[axis]) + place[axis];
        }

        return Values[at];
    }

    /// <summary>The element at a place of a larger shape that this one is broadcast to.</summary>
    public double Broadcast(int[] place)
    {
        int at = 0;
        for (int axis = 0; axis < Rank; axis++)
        {
            at = (at * Shape[axis]) + (Shape[axis] == 1 ? 0 : place[place.Length - Rank + axis]);
        }

        return Values[at];
    }

    /// <summary>The element at a place of an image [batch, channels, height, width]; 0 outside of it.</summary>
    public double Pixel(int batch, int channel, int y, int x)
    {
        return y < 0 || x < 0 || y >= Shape[2] || x >= Shape[3] ? 0 : At(batch, channel, y, x);
    }
}
