namespace Unlearn.Tensors;

/// <summary>What an exception says to people who use a program and know nothing of the names in its code.</summary>
public static class Complaint
{
    /// <summary>The message without the name of a parameter and the repeated value that .NET puts behind it.</summary>
    /// <param name="error">Any exception.</param>
    public static string Of(Exception error)
    {
        if (error is not ArgumentException { ParamName: { Length: > 0 } name }) return error.Message;
        var end = error.Message.LastIndexOf($" (Parameter '{name}')", StringComparison.Ordinal);
        return end < 0 ? error.Message : error.Message[..end];
    }
}
