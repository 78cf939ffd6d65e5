namespace Unlearn.Tests;

/// <summary>Makes a folder the process's current one until disposed. Tests run one after another, so none sees another's.</summary>
internal sealed class CurrentFolder : IDisposable
{
    private readonly string before = Directory.GetCurrentDirectory();

    public CurrentFolder(string path) => Directory.SetCurrentDirectory(path);

    public void Dispose() => Directory.SetCurrentDirectory(before);
}
