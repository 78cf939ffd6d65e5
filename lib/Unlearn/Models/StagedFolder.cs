namespace Unlearn.Models;

/// <summary>New files of a folder, written into a folder within it and put into their places when all of them are there.</summary>
/// <remarks>
/// Until then nothing of the old changes, whatever ends the writing: an exception, a full disk, a kill. Then the file that makes the old
/// ones a whole goes first, and its successor comes last, so files of two saves are never taken for one.
/// </remarks>
internal sealed class StagedFolder : IDisposable
{
    private const string Name = ".partial", LockName = "lock";

    private readonly string folder;
    private readonly FileStream held;
    private bool half;

    /// <summary>Makes the folder within, or takes over what a killed program left of it.</summary>
    /// <param name="folder">Made where it is missing.</param>
    /// <exception cref="IOException">Another program is writing into the same folder.</exception>
    public StagedFolder(string folder)
    {
        this.folder = folder;
        Path = System.IO.Path.Combine(folder, Name);
        Directory.CreateDirectory(Path);
        held = new(System.IO.Path.Combine(Path, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        foreach (var left in Files()) File.Delete(left);
    }

    /// <summary>Where the new files are written.</summary>
    public string Path { get; }

    /// <summary>Puts the new files into their places.</summary>
    /// <param name="seal">The file without which the others are nothing.</param>
    /// <param name="removeOld">Takes away what of the old has no successor.</param>
    public void Publish(string seal, Action? removeOld = null)
    {
        half = true;
        File.Delete(System.IO.Path.Combine(folder, seal));
        removeOld?.Invoke();
        foreach (var file in Files().OrderBy(file => System.IO.Path.GetFileName(file) == seal).ThenBy(file => file, StringComparer.Ordinal))
            File.Move(file, System.IO.Path.Combine(folder, System.IO.Path.GetFileName(file)), overwrite: true);
        half = false;
    }

    /// <summary>Takes the folder within away, unless its files are the only whole ones.</summary>
    public void Dispose()
    {
        held.Dispose();
        if (!half) Directory.Delete(Path, recursive: true);
    }

    private IEnumerable<string> Files() =>
        Directory.GetFiles(Path).Where(file => System.IO.Path.GetFileName(file) != LockName);
}
