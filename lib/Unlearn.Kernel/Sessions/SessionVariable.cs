namespace Unlearn.Kernel.Sessions;

/// <summary>A variable that cells declared.</summary>
/// <param name="Name">Its name; where cells declared it repeatedly, this is the last of them.</param>
/// <param name="Type">Its declared type.</param>
/// <param name="Value">What it holds now.</param>
public sealed record SessionVariable(string Name, Type Type, object? Value);
