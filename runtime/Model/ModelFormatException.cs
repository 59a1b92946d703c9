using System;

namespace EdgeQuant.Runtime.Model;

/// <summary>
/// The one exception that loading a model throws when the file is damaged, too new or beyond the limits that the caller gave. The message
/// names the field, what was found and what is allowed.
/// </summary>
#if !NANOFRAMEWORK
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "Always says what is wrong.")]
#endif
public sealed class ModelFormatException : Exception
{
    /// <summary>Makes the exception with its message.</summary>
    /// <param name="message">The field, what was found and what is allowed.</param>
    public ModelFormatException(string message)
        : base(message)
    {
    }
}
