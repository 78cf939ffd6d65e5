namespace Unlearn.Kernel.Jupyter;

/// <summary>A kernel that Jupyter's clients find.</summary>
/// <param name="Name">Its name, the folder's.</param>
/// <param name="DisplayName">What people pick it by.</param>
/// <param name="Language">Its language.</param>
/// <param name="Folder">The folder of its <c>kernel.json</c>.</param>
/// <param name="IsOurs">Whether <c>unlearn kernel install</c> made it.</param>
/// <param name="Fault">Why it cannot start, where that can be seen; null otherwise.</param>
public sealed record InstalledKernel(string Name, string DisplayName, string Language, string Folder, bool IsOurs, string? Fault);
