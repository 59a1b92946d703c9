using EdgeQuant.Converter.Import.TensorFlowLite.FlatBuffers;

namespace EdgeQuant.Converter.Import.TensorFlowLite.Options;

/// <summary>The enumerations that several options tables have. Types stay open, as new ones come; of the others an unknown value is refused.</summary>
internal static class OptionFields
{
    extension(FlatBufferTable table)
    {
        public TfliteActivation Activation(int field) =>
            (TfliteActivation)table.Closed(field, "fused_activation_function", (sbyte)TfliteActivation.SignBit);

        public TflitePadding Padding(int field) => (TflitePadding)table.Closed(field, "padding", (sbyte)TflitePadding.Valid);

        public TfliteMirrorPadMode MirrorPadMode(int field) =>
            (TfliteMirrorPadMode)table.Closed(field, "mode", (sbyte)TfliteMirrorPadMode.Symmetric);

        public TfliteWeightsFormat WeightsFormat(int field) =>
            (TfliteWeightsFormat)table.Closed(field, "weights_format", (sbyte)TfliteWeightsFormat.Shuffled4x16Int8);

        public TfliteType Type(int field, string name) => (TfliteType)table.Int8(field, name);

        private sbyte Closed(int field, string name, sbyte last)
        {
            sbyte value = table.Int8(field, name);
            return value >= 0 && value <= last
                ? value
                : throw table.Error(field, name, $"{value}", $"0 to {last}");
        }
    }
}
