namespace EdgeQuant.Converter.Tests.Import.Onnx.Structures;

/// <summary>Convolutions and pools over [batch, channels, height, width], as the specification defines them.</summary>
internal static class PlainWindows
{
    public static PlainTensor Conv(PlainNode node)
    {
        PlainTensor data = node[0];
        PlainTensor filter = node[1];
        int[] strides = node.Ints("strides", 1, 1);
        int[] dilations = node.Ints("dilations", 1, 1);
        int[] pads = node.Ints("pads", 0, 0, 0, 0);
        int perGroup = filter.Shape[0] / node.Int("group", 1);
        int[] shape = [data.Shape[0], filter.Shape[0], Outputs(2), Outputs(3)];
        return PlainTensor.Of(shape, place =>
        {
            double sum = node.Optional(2)?.Values[place[1]] ?? 0;
            int firstChannel = place[1] / perGroup * filter.Shape[1];
            for (int channel = 0; channel < filter.Shape[1]; channel++)
            {
                for (int y = 0; y < filter.Shape[2]; y++)
                {
                    for (int x = 0; x < filter.Shape[3]; x++)
                    {
                        sum += filter.At(place[1], channel, y, x) * data.Pixel(
                            place[0], firstChannel + channel, (place[2] * strides[0]) - pads[0] + (y * dilations[0]), (place[3] * strides[1]) - pads[1] + (x * dilations[1]));
                    }
                }
            }

            return sum;
        });

        int Outputs(int axis)
        {
            int i = axis - 2;
            return ((data.Shape[axis] + pads[i] + pads[i + 2] - ((filter.Shape[axis] - 1) * dilations[i]) - 1) / strides[i]) + 1;
        }
    }

    /// <summary>Every element of the data adds its multiple of the filter to the result.</summary>
    public static PlainTensor ConvTranspose(PlainNode node)
    {
        PlainTensor data = node[0];
        PlainTensor filter = node[1];
        int[] strides = node.Ints("strides", 1, 1);
        int[] dilations = node.Ints("dilations", 1, 1);
        int[] pads = node.Ints("pads", 0, 0, 0, 0);
        int[] more = node.Ints("output_padding", 0, 0);
        int groups = node.Int("group", 1);
        int perGroup = filter.Shape[1];
        int[] shape = [data.Shape[0], perGroup * groups, Outputs(0), Outputs(1)];
        double[] sums = PlainTensor.Of(shape, place => node.Optional(2)?.Values[place[1]] ?? 0).Values;
        PlainTensor.Of(data.Shape, place =>
        {
            int group = place[1] / (data.Shape[1] / groups);
            PlainTensor.Of([perGroup, filter.Shape[2], filter.Shape[3]], tap =>
            {
                int y = (place[2] * strides[0]) - pads[0] + (tap[1] * dilations[0]);
                int x = (place[3] * strides[1]) - pads[1] + (tap[2] * dilations[1]);
                if (y >= 0 && y < shape[2] && x >= 0 && x < shape[3])
                {
                    int at = (((((place[0] * shape[1]) + (group * perGroup) + tap[0]) * shape[2]) + y) * shape[3]) + x;
                    sums[at] += data.At(place) * filter.At(place[1], tap[0], tap[1], tap[2]);
                }

                return 0;
            });
            return 0;
        });
        return new PlainTensor(shape, sums);

        int Outputs(int i)
        {
            return ((data.Shape[i + 2] - 1) * strides[i]) + more[i] + ((filter.Shape[i + 2] - 1) * dilations[i]) + 1 - pads[i] - pads[i + 2];
        }
    }

    public static PlainTensor MaxPool(PlainNode node)
    {
        PlainTensor data = node[0];
        int[] kernel = node.Ints("kernel_shape");
        int[] strides = node.Ints("strides", 1, 1);
        int[] pads = node.Ints("pads", 0, 0, 0, 0);
        int[] shape = [data.Shape[0], data.Shape[1], .. Enumerable.Range(0, 2).Select(i => ((data.Shape[i + 2] + pads[i] + pads[i + 2] - kernel[i]) / strides[i]) + 1)];
        return PlainTensor.Of(shape, place =>
        {
            double largest = double.NegativeInfinity;
            for (int i = 0; i < kernel[0] * kernel[1]; i++)
            {
                int y = (place[2] * strides[0]) - pads[0] + (i / kernel[1]);
                int x = (place[3] * strides[1]) - pads[1] + (i % kernel[1]);
                if (y >= 0 && x >= 0 && y < data.Shape[2] && x < data.Shape[3])
                {
                    largest = Math.Max(largest, data.At(place[0], place[1], y, x));
                }
            }

            return largest;
        });
    }
}
