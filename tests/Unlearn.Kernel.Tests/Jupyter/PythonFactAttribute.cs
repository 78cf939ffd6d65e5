namespace Unlearn.Kernel.Tests.Jupyter;

/// <summary>A test that runs Debian's Python with some of its modules; skipped, with the reason, where they are not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PythonFactAttribute : FactAttribute
{
    private const string Modules = "/usr/lib/python3/dist-packages";

    public PythonFactAttribute(params string[] modules)
    {
        var absent = modules.Where(m => !Directory.Exists(Path.Combine(Modules, m))).ToArray();
        if (absent.Length > 0) Skip = $"needs Debian's Python modules {string.Join(", ", absent)}; .devcontainer/setup.sh installs them";
    }
}
