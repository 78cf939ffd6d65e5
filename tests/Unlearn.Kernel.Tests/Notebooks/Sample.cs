using Unlearn.Kernel.Notebooks;

namespace Unlearn.Kernel.Tests.Notebooks;

/// <summary>The notebook files of these tests.</summary>
internal static class Sample
{
    public static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "Notebooks", name + ".ipynb");

    public static Notebook Load(string name) => Notebook.Load(PathOf(name));
}
