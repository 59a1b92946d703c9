namespace EdgeQuant.Converter.Tests.Import.Onnx.Structures;

/// <summary>Recurrent layers, number by number as the specification writes them; layout 0, without clipping and peepholes.</summary>
internal static class PlainRecurrent
{
    public static PlainTensor[] Lstm(PlainNode node)
    {
        return Run(node, 4, (gates, _, hidden, cell) =>
        {
            double state = (Logistic(gates[2]) * cell) + (Logistic(gates[0]) * Math.Tanh(gates[3]));
            return (Logistic(gates[1]) * Math.Tanh(state), state);
        });
    }

    public static PlainTensor[] Gru(PlainNode node)
    {
        return Run(node, 3, (gates, candidate, hidden, cell) =>
        {
            double update = Logistic(gates[0]);
            return (((1 - update) * Math.Tanh(candidate)) + (update * hidden), cell);
        });
    }

    public static PlainTensor[] Rnn(PlainNode node)
    {
        return Run(node, 1, (gates, _, _, cell) => (Math.Tanh(gates[0]), cell));
    }

    private static PlainTensor[] Run(PlainNode node, int gates, Func<double[], double, double, double, (double Hidden, double Cell)> next)
    {
        PlainTensor data = node[0];
        (int steps, int batch, int features) = (data.Shape[0], data.Shape[1], data.Shape[2]);
        int cells = node[2].Shape[2];
        string direction = node.Text("direction", "forward");
        bool[] reversed = direction == "bidirectional" ? [false, true] : [direction == "reverse"];
        bool resetsProduct = node.Int("linear_before_reset", 0) != 0;
        double[] sequence = new double[steps * reversed.Length * batch * cells];
        double[] lastHidden = new double[reversed.Length * batch * cells];
        double[] lastCell = new double[reversed.Length * batch * cells];
        for (int d = 0; d < reversed.Length; d++)
        {
            for (int record = 0; record < batch; record++)
            {
                double[] hidden = First(5);
                double[] state = First(6);
                for (int i = 0; i < steps; i++)
                {
                    int step = reversed[d] ? steps - 1 - i : i;
                    (double Hidden, double Cell)[] results = [.. Enumerable.Range(0, cells).Select(Cell)];
                    hidden = [.. results.Select(result => result.Hidden)];
                    state = [.. results.Select(result => result.Cell)];
                    hidden.CopyTo(sequence, ((((step * reversed.Length) + d) * batch) + record) * cells);

                    (double Hidden, double Cell) Cell(int cell)
                    {
                        double[] sums = [.. Enumerable.Range(0, gates).Select(gate => OfData(gate, cell) + OfHidden(gate, cell, hidden))];
                        return next(sums, gates == 3 ? Candidate(cell) : 0, hidden[cell], state[cell]);
                    }

                    double Candidate(int cell)
                    {
                        if (resetsProduct)
                        {
                            return OfData(2, cell) + (Reset(cell) * OfHidden(2, cell, hidden));
                        }

                        return OfData(2, cell) + OfHidden(2, cell, [.. hidden.Select((value, other) => value * Reset(other))]);
                    }

                    double Reset(int cell)
                    {
                        return Logistic(OfData(1, cell) + OfHidden(1, cell, hidden));
                    }

                    double OfData(int gate, int cell)
                    {
                        int row = (gate * cells) + cell;
                        return Bias(row) + Enumerable.Range(0, features).Sum(k => data.At(step, record, k) * node[1].At(d, row, k));
                    }

                    double OfHidden(int gate, int cell, double[] values)
                    {
                        int row = (gate * cells) + cell;
                        return Bias((gates * cells) + row) + Enumerable.Range(0, cells).Sum(k => values[k] * node[2].At(d, row, k));
                    }
                }

                hidden.CopyTo(lastHidden, ((d * batch) + record) * cells);
                state.CopyTo(lastCell, ((d * batch) + record) * cells);

                double Bias(int row)
                {
                    return node.Optional(3)?.At(d, row) ?? 0;
                }

                double[] First(int input)
                {
                    return [.. Enumerable.Range(0, cells).Select(cell => node.Optional(input)?.At(d, record, cell) ?? 0)];
                }
            }
        }

        int[] last = [reversed.Length, batch, cells];
        return [new PlainTensor([steps, .. last], sequence), new PlainTensor(last, lastHidden), new PlainTensor(last, lastCell)];
    }

    private static double Logistic(double value)
    {
        return 1 / (1 + Math.Exp(-value));
    }
}
