using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace EdgeQuant.Tool.Output;

/// <summary>The help of the command line as a whole: what every command line has, then examples and exit codes.</summary>
internal sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    private const string Examples = """
        Examples:
          edgequant demo
          edgequant convert model.tflite -o model.eqm
          edgequant convert float.tflite -o model.eqm --data samples.npy --labels labels.npy --max-drop 0.5
          edgequant evaluate model.eqm --data test.npy --labels test-labels.npy
          edgequant compare float.tflite model.eqm --data test.npy
          edgequant compare float.tflite --calibrate samples.npy --data test.npy --sensitivity
          edgequant inspect model.eqm
          edgequant verify model.eqm --inputs inputs.bin --outputs outputs.bin
          edgequant bench model.eqm --json
          edgequant deploy model.eqm --host user@pi --app published

        Exit codes:
          0  done
          1  a check failed: outputs differ, a self-test fails, more accuracy is lost than allowed
          2  the command line is wrong
          3  a file cannot be read or written, or is malformed
          4  the model cannot be supported; all reasons are listed
          5  a device or the connection to it failed
        """;

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        int code = help.Invoke(parseResult);
        if (parseResult.CommandResult.Command is RootCommand)
        {
            parseResult.InvocationConfiguration.Output.WriteLine(Examples);
        }

        return code;
    }
}
