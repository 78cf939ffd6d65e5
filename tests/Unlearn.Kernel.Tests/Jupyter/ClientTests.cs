namespace Unlearn.Kernel.Tests.Jupyter;

/// <summary>The kernel against other people's clients, each in its own process.</summary>
public sealed class ClientTests(InstalledKernelSpec kernel) : IClassFixture<InstalledKernelSpec>
{
    private const string Services = "@jupyterlab/services", Playwright = "playwright-core", Chromium = "/usr/bin/chromium";

    [PythonFact("jupyter_kernel_test")]
    public void Jupyters_conformance_suite_passes()
    {
        var outcomes = kernel.Check("conformance.py");
        Assert.Empty(outcomes["failed"]);
        // A pager and clear_output are things of IPython: C# notebooks have no call that would ask for them.
        Assert.Equal(["test_clear_output", "test_pager"], outcomes["skip"].Select(line => line.Split(':')[0]).Order());
    }

    [PythonFact("jupyter_client", "nbclient")]
    public void Jupyter_client_and_nbclient_get_what_they_expect() => Assert.Empty(kernel.Check("clients.py")["failed"]);

    [PythonFact("jupyter_client")]
    public void Broken_hostile_and_unlucky_clients_leave_the_kernel_up() => Assert.Empty(kernel.Check("robustness.py")["failed"]);

    [NodeFact(Services, "jupyter_server")]
    public void JupyterLabs_client_library_gets_what_it_expects() =>
        Assert.Empty(kernel.Check("services.py", NodeFactAttribute.Node!, NodeFactAttribute.FolderOf(Services)!)["failed"]);

    /// <remarks>What the browser showed is in the folder <c>pictures</c> beside the test.</remarks>
    [NodeFact(Playwright, "notebook", Chromium)]
    public void A_person_at_the_classic_notebook_in_a_browser_gets_what_they_expect()
    {
        var pictures = Path.Combine(AppContext.BaseDirectory, "pictures");
        var folder = NodeFactAttribute.FolderOf(Playwright)!;
        Assert.Empty(kernel.Check("browser.py", NodeFactAttribute.Node!, folder, Chromium, pictures)["failed"]);
        Assert.NotEmpty(Directory.GetFiles(pictures, "*.png"));
    }
}
