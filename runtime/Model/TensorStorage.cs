namespace EdgeQuant.Runtime.Model;

/// <summary>Where a tensor's bytes live.</summary>
internal enum TensorStorage
{
    /// <summary>In the arena: valid from the operator that writes it to the last that reads it.</summary>
    Arena = 1,

    /// <summary>In the file's constants section: never written.</summary>
    Constant = 2,

    /// <summary>In the state area: kept from one inference to the next until a reset.</summary>
    State = 3,
}
