using EdgeQuant.Converter.Data;
using EdgeQuant.Converter.Execute;
using EdgeQuant.Converter.Execute.Products;
using EdgeQuant.Converter.Graph;
using EdgeQuant.Converter.Quantizing.Calibration;
using EdgeQuant.Converter.Quantizing.Recipes;
using EdgeQuant.Converter.Quantizing.Weights;

namespace EdgeQuant.Converter.Quantizing.Repair;

/// <summary>
/// Rounds the weights of a network layer after layer, up or down, so that each layer's outputs stay close to those of the float network. A
/// layer's data come from the quantized network with the earlier layers rounded already; its targets from the float network. Weights of
/// codebooks are moved between neighbouring entries.
/// </summary>
internal sealed class AdaptiveRounding
{
    /// <summary>Rows that a layer is fitted to.</summary>
    private const int WantedRows = 4096;
    private const int BatchRows = 128;

    /// <summary>Between the seeds of two layers, so that their records draw differently.</summary>
    private const int SeedStep = 7919;

    /// <summary>Products of one layer's search that are worth their time; more weights mean fewer iterations.</summary>
    private const double WantedWork = 4e11;
    private const int FewestIterations = 400;
    private const int MostIterations = 2000;

    private readonly NetworkGraph _graph;
    private readonly QuantizedNetwork _network;
    private readonly SampleSet _samples;
    private readonly IProgress<int>? _progress;
    private readonly CancellationToken _cancellation;
    private readonly Dictionary<Tensor, QuantizedWeights> _rounded = [];

    private AdaptiveRounding(NetworkGraph graph, QuantizedNetwork network, SampleSet samples, IProgress<int>? progress, CancellationToken cancellation)
    {
        _graph = graph;
        _network = network;
        _samples = samples;
        _progress = progress;
        _cancellation = cancellation;
    }

    /// <summary>The operators whose weights are rounded.</summary>
    public static IReadOnlyList<ProductWeights> Layers(NetworkGraph graph)
    {
        ILookup<Tensor, Node> users = graph.Nodes.SelectMany(node => node.Inputs.OfType<Tensor>().Select(input => (Tensor: input, Node: node))).ToLookup(pair => pair.Tensor, pair => pair.Node);
        return [.. graph.Nodes.Select(ProductWeights.Of).OfType<ProductWeights>().Where(product => product.Tensor.Type == DataType.Float32 && users[product.Tensor].Count() == 1)];
    }

    /// <summary>Rounds the weights.</summary>
    /// <param name="graph">The float network.</param>
    /// <param name="recipe">How it is quantized.</param>
    /// <param name="ranges">What values its activations take.</param>
    /// <param name="samples">What it is fitted to: a few hundred records.</param>
    /// <param name="progress">Told how many of the <see cref="Layers"/> are done.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <returns>The weights by tensor of the float network, for the quantizer.</returns>
    public static IReadOnlyDictionary<Tensor, QuantizedWeights> Run(
        NetworkGraph graph, Recipe recipe, ITensorRanges ranges, SampleSet samples, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        AdaptiveRounding rounding = new(graph, Quantizer.Run(graph, recipe, ranges), samples, progress, cancellation);
        rounding.Run();
        return rounding._rounded;
    }

    private void Run()
    {
        IReadOnlyList<ProductWeights> layers = Layers(_graph);
        for (int i = 0; i < layers.Count; i++)
        {
            Round(layers[i], i);
            _progress?.Report(i + 1);
        }
    }

    private void Round(ProductWeights product, int seed)
    {
        Node node = _network.Nodes[product.Node];
        Tensor weights = node.Input(ProductWeights.Input);
        if (weights.Type is not (DataType.Int8 or DataType.Int4) || weights.Quantization is null)
        {
            return;
        }

        QuantizedWeights nearest = new(Integers(weights), weights.Quantization, weights.Shared);
        WeightScheme scheme = _network.Schemes[product.Node].Weights;
        RoundingChoice choice = RoundingChoice.Of(
            ConstantValues.Of(product.Tensor)!, weights.Shape, nearest, IntegerRange.Of(scheme.Encoding, Array.TrueForAll(weights.Quantization.ZeroPoints, point => point == 0)));
        RoundingLayout layout = RoundingLayout.Of(product);
        RoundingRows rows = Rows(layout, node.Input(0), seed);
        QuantizedWeights rounded = nearest with { Values = Solve(layout, choice, rows) };
        _rounded.Add(product.Tensor, rounded);
        node.Inputs[ProductWeights.Input] = QuantizedConstants.Of(weights, weights.Type, rounded);
    }

    /// <summary>Runs both networks up to the layer and keeps some rows of what goes in and what should come out.</summary>
    private RoundingRows Rows(RoundingLayout layout, Tensor data, int seed)
    {
        Tensor target = layout.Product.Node.Output();
        int perRecord = RoundingRows.PerRecord(layout, _samples.Count, WantedRows);
        int count = perRecord * _samples.Count;
        int outputs = layout.Product.Outputs;
        int[] places = [.. Enumerable.Range(0, count)];
        new Random(seed).Shuffle(places);
        float[][] rows = [.. Enumerable.Range(0, layout.Groups).Select(_ => new float[count * layout.Depth])];
        float[] targets = new float[count * outputs];
        Visit(_network.Graph, data, (place, pixel, values) =>
        {
            for (int group = 0; group < layout.Groups; group++)
            {
                layout.Gather(values, group, pixel, rows[group].AsSpan(place * layout.Depth, layout.Depth));
            }
        });
        Visit(_graph, target, (place, pixel, values) => values.AsSpan(pixel * outputs, outputs).CopyTo(targets.AsSpan(place * outputs)));
        return new RoundingRows(rows, targets, count);

        void Visit(NetworkGraph graph, Tensor tensor, Action<int, int, float[]> take)
        {
            FloatExecutor.Of(Prefix.Of(graph, tensor)).RunAll(
                _samples,
                (record, workspace) =>
                {
                    float[] values = workspace[tensor].ToArray();
                    int[] pixels = RoundingRows.Draw(layout.Pixels, perRecord, (seed * SeedStep) + record);
                    for (int i = 0; i < pixels.Length; i++)
                    {
                        take(places[(record * perRecord) + i], pixels[i], values);
                    }
                },
                cancellation: _cancellation);
        }
    }

    /// <summary>Solves the layer in pieces of up to sixteen channels, on all cores.</summary>
    private sbyte[] Solve(RoundingLayout layout, RoundingChoice choice, RoundingRows rows)
    {
        int panels = (layout.Columns + PanelMatrix.Width - 1) / PanelMatrix.Width;
        float[][] byDepth = [.. rows.Data.Select(data => Transposed(data, rows.Count, layout.Depth))];
        double work = 2.0 * BatchRows * choice.Lower.Length;
        int iterations = (int)Math.Clamp(WantedWork / work, FewestIterations, MostIterations);
        sbyte[] values = new sbyte[choice.Lower.Length];
        Parallel.For(0, layout.Groups * panels, new ParallelOptions { CancellationToken = _cancellation }, i =>
        {
            int group = i / panels;
            int first = (group * layout.Columns) + (i % panels * PanelMatrix.Width);
            int columns = Math.Min(PanelMatrix.Width, ((group + 1) * layout.Columns) - first);
            RoundingProblem problem = Problem(layout, choice, rows, rows.Data[group], byDepth[group], first, columns);
            bool[] up = RoundingSolver.Run(problem, iterations, BatchRows, _cancellation);
            for (int k = 0; k < layout.Depth; k++)
            {
                for (int column = 0; column < columns; column++)
                {
                    int weight = layout.Weight(first + column, k);
                    values[weight] = up[(k * PanelMatrix.Width) + column] ? choice.Upper[weight] : choice.Lower[weight];
                }
            }
        });
        return values;
    }

    private static RoundingProblem Problem(RoundingLayout layout, RoundingChoice choice, RoundingRows rows, float[] data, float[] byDepth, int first, int columns)
    {
        float[] lower = new float[layout.Depth * PanelMatrix.Width];
        float[] step = new float[lower.Length];
        float[] fraction = new float[lower.Length];
        for (int k = 0; k < layout.Depth; k++)
        {
            for (int column = 0; column < columns; column++)
            {
                int weight = layout.Weight(first + column, k);
                int at = (k * PanelMatrix.Width) + column;
                lower[at] = choice.LowerReal[weight];
                step[at] = choice.Step[weight];
                fraction[at] = choice.Fraction[weight];
            }
        }

        int outputs = layout.Product.Outputs;
        float[] targets = new float[rows.Count * PanelMatrix.Width];
        for (int row = 0; row < rows.Count; row++)
        {
            rows.Targets.AsSpan((row * outputs) + first, columns).CopyTo(targets.AsSpan(row * PanelMatrix.Width));
        }

        float[] bias = new float[PanelMatrix.Width];
        if (layout.Product.Node.OptionalInput(ProductWeights.BiasInput) is Tensor tensor)
        {
            ConstantValues.Of(tensor).AsSpan(first, columns).CopyTo(bias);
        }

        return new RoundingProblem
        {
            Data = data,
            DataByDepth = byDepth,
            Targets = targets,
            Bias = bias,
            Lower = lower,
            Step = step,
            Fraction = fraction,
            Activation = layout.Product.Activation,
            Rows = rows.Count,
            Depth = layout.Depth,
            Columns = columns,
        };
    }

    private static float[] Transposed(float[] data, int rows, int depth)
    {
        float[] transposed = new float[data.Length];
        for (int row = 0; row < rows; row++)
        {
            for (int k = 0; k < depth; k++)
            {
                transposed[(k * rows) + row] = data[(row * depth) + k];
            }
        }

        return transposed;
    }

    /// <summary>The integers of quantized weights.</summary>
    private static sbyte[] Integers(Tensor weights)
    {
        Tensor plain = new(weights.Name, weights.Type, weights.Shape) { Data = weights.Data };
        return Array.ConvertAll(ConstantValues.Of(plain)!, value => (sbyte)value);
    }
}
