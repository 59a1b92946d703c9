using EdgeQuant.Converter.Graph;

namespace EdgeQuant.Converter.Import.Onnx.Operators;

/// <summary>
/// Einsum: sums of products over named axes. Operands are taken together two by two, each time as a matrix product; axes that only one has and
/// that nothing asks for any more are summed up before.
/// </summary>
internal static class EinsumImport
{
    public static void Import(ImportContext context)
    {
        Tensor[] inputs = context.AllInputs();
        EinsumEquation equation = EinsumEquation.Parse(context.Attributes.Text("equation", ""), [.. inputs.Select(input => input.Rank)]);
        List<EinsumTerm> terms = [.. inputs.Zip(equation.Inputs, (input, labels) => EinsumTerm.Of(context.Graph, input, labels))];
        for (EinsumTerm? product = null; ; terms[0] = product)
        {
            string later = string.Concat(terms.Skip(2).Select(term => term.Labels)) + equation.Output;
            product = terms.Count == 1 ? terms[0].Summed(later) : terms[0].Times(terms[1], later);
            if (terms.Count <= 2)
            {
                context.Give(product.Ordered(equation.Output));
                return;
            }

            terms.RemoveAt(1);
        }
    }
}
