using EdgeQuant.Arm.Instructions;
using EdgeQuant.Runtime;

// One inference with the model in the file that is named, for an emulator's log of what is executed.
Network network = Network.Load(File.ReadAllBytes(args[0]));
for (int i = 0; i < network.OperatorCount; i++)
{
    Marker.NextOperator();
    network.InvokeOperator(i);
}

Marker.NextOperator();
