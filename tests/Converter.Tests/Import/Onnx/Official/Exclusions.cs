using System.Text.RegularExpressions;

namespace EdgeQuant.Converter.Tests.Import.Onnx.Official;

/// <summary>What of claimed operators is not claimed: modes and uses of them that the importer refuses, saying so.</summary>
internal static class Exclusions
{
    private static readonly HashSet<string> s_changed = new(["Add", "Sub", "Mul", "Div", "Pow", "PRelu", "Gemm", "BatchNormalization", "Dropout"], StringComparer.Ordinal);

    private static readonly (string Pattern, string Reason)[] s_patterns =
    [
        ("_(FLOAT16|BFLOAT16|STRING)($|_)|_to_(FLOAT16|BFLOAT16)", "strings and 16-bit real numbers in Cast"),
        ("training_mode|dropout_.*mask|training_dropout", "training"),
        ("_3d_default$|convtranspose_3d|Conv3d|MaxPool3d|AvgPool3d|conv3d|BatchNorm3d", "three spatial dimensions"),
        ("tf_crop_and_resize", "crops in Resize"),
        ("pow_types|test_pow(_example|_bcast_array)?$|operator_pow", "exponents that differ from element to element in Pow"),
        ("identity_(opt|sequence)", "sequences and optional values"),
        ("dynamicquantizelinear", "scales that are computed"),
        ("resize_downsample_scales_.*align_corners", "aligned corners in Resize with scales that give no whole sizes"),
        ("window_(symmetric_)?expanded", "windows whose expansion rounds pi to 5 digits, and so misses its own expected outputs by more than 1e-4"),
        ("(de)?quantizelinear_axis", "activations with scales for each channel"),
        ("batch_dim1", "batch dimensions in GatherND"),
        ("maxpool_with_argmax", "indices of MaxPool"),
        ("slice_start_out_of_bounds|allowzero_reordered|shape_zero|zero_size|tri[lu]_zero", "tensors without elements"),
        ("scatter(nd|_elements)_(add|multiply|with_duplicate_indices)", "updates that are taken together with the data in ScatterND and ScatterElements"),
        ("mod_uint64", "64-bit integers without sign in Mod"),
    ];

    /// <summary>Why a test is not claimed although its operators are; null if it is.</summary>
    public static string? Of(OfficialTest test)
    {
        if (test.Model.OpsetImport.Any(set => set.Domain.Length == 0 && set.Version < 7) && test.Model.Graph.Node.Any(node => s_changed.Contains(node.OpType)))
        {
            return "operators of a version before 7 that meant something else";
        }

        return s_patterns.FirstOrDefault(entry => Regex.IsMatch(test.Name, entry.Pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1))).Reason;
    }
}
