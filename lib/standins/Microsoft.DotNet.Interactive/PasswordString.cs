namespace Microsoft.DotNet.Interactive;

/// <summary>A text that is not shown by accident: displayed or written out, it is a row of asterisks.</summary>
/// <param name="clearTextPassword">The text.</param>
public class PasswordString(string clearTextPassword)
{
    private readonly string clearText = clearTextPassword ?? throw new ArgumentNullException(nameof(clearTextPassword));

    /// <summary>The text itself.</summary>
    public string GetClearTextPassword() => clearText;

    /// <summary>Asterisks, as many for any text.</summary>
    public override string ToString() => "********";
}
