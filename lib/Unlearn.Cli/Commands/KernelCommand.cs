using System.CommandLine;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text.Json;
using Unlearn.Kernel;
using Unlearn.Kernel.Jupyter;
using Unlearn.Kernel.Sessions;

namespace Unlearn.Cli.Commands;

/// <summary><c>unlearn kernel</c>: C# in Jupyter's clients.</summary>
internal static class KernelCommand
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public static Command Create() => new("kernel", """
        Use C# in JupyterLab, the classic notebook, VS Code and every other client of Jupyter.

        Examples:
          unlearn kernel install                      for you, under the name of the original C# kernel, .net-csharp
          unlearn kernel install --prefix .venv       into a Python environment
          unlearn kernel list                         what clients find
          unlearn kernel uninstall
        """)
    {
        Install(), Uninstall(), List(), Run(),
    };

    private static Command Install()
    {
        var place = new Place();
        var displayName = new Option<string>("--display-name")
        {
            Description = "What people pick it by.",
            DefaultValueFactory = _ => KernelSpec.DefaultDisplayName,
        };
        var force = new Option<bool>("--force") { Description = "Replace another tool's kernel of that name." };
        var json = JsonOption();
        var command = new Command("install", """
            Let Jupyter's clients find this kernel. Installing again replaces what was installed.

            Examples:
              unlearn kernel install
              unlearn kernel install --name csharp-dev --display-name "C# (my branch)"

            Exit code: 0 installed; 2 the name belongs to another tool, or the folder cannot be written.
            """) { place.Name, displayName, place.User, place.System, place.Prefix, force, json };
        command.SetAction(parsed => Guarded(parsed, json, () =>
        {
            var spec = KernelSpec.Of(typeof(KernelCommand).Assembly, parsed.GetValue(displayName)!);
            var kernel = KernelSpecStore.Install(spec, parsed.GetValue(place.Name)!, place.Of(parsed), parsed.GetValue(force));
            var first = KernelSpecStore.List().FirstOrDefault(k => k.Name == kernel.Name);
            var warning = first is null
                ? $"Clients look there only where JUPYTER_PATH names {place.Of(parsed)}, or where that is their own environment."
                : first.Folder != kernel.Folder ? $"Clients take {first.Folder} before it." : null;
            return (kernel, $"'{kernel.DisplayName}' is installed: {kernel.Folder}", warning);
        }));
        return command;
    }

    private static Command Uninstall()
    {
        var place = new Place();
        var force = new Option<bool>("--force") { Description = "Remove it although another tool installed it." };
        var json = JsonOption();
        var command = new Command("uninstall", """
            Remove a kernel that 'unlearn kernel install' made.   Example: unlearn kernel uninstall --name csharp-dev

            Exit code: 0 removed; 2 there is none, or it is another tool's.
            """) { place.Name, place.User, place.System, place.Prefix, force, json };
        command.SetAction(parsed => Guarded(parsed, json, () =>
        {
            var kernel = KernelSpecStore.Uninstall(parsed.GetValue(place.Name)!, place.Of(parsed), parsed.GetValue(force));
            return (kernel, $"'{kernel.DisplayName}' is removed: {kernel.Folder}", null);
        }));
        return command;
    }

    private static Command List()
    {
        var json = JsonOption();
        var command = new Command("list", "Show the kernels that Jupyter's clients find, and which of them are this program's.") { json };
        command.SetAction(parsed =>
        {
            var kernels = KernelSpecStore.List();
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
            {
                output.WriteLine(JsonSerializer.Serialize(kernels, Json));
                return;
            }
            foreach (var kernel in kernels)
            {
                output.WriteLine($"{(kernel.IsOurs ? "*" : " ")} {kernel.Name,-16} {kernel.DisplayName,-24} {kernel.Folder}");
                if (kernel.Fault is { } fault) output.WriteLine($"    does not start: {fault}");
            }
            output.WriteLine(kernels.Any(k => k.IsOurs)
                ? "* installed by unlearn"
                : "None of these is unlearn's; 'unlearn kernel install' installs it.");
        });
        return command;
    }

    private static Command Run()
    {
        var file = new Argument<string>("CONNECTION_FILE") { Description = "The file in which the client says where to listen." };
        var command = new Command("run", "Be a kernel, until a client says shutdown. Jupyter's clients call this.") { file };
        // Not an asynchronous action: those give Ctrl-C a meaning of their own, and here it interrupts the cell.
        command.SetAction(parsed => Serve(parsed.GetValue(file)!).GetAwaiter().GetResult());
        return command;
    }

    private static async Task<int> Serve(string connectionFile)
    {
        var log = Console.Error;
        JupyterKernel kernel;
        try
        {
            var session = new SessionOptions { Formatter = new OutputFormatter(RichFormatters.All), CaptureNativeOutput = true };
            kernel = JupyterKernel.Start(
                ConnectionFile.Load(connectionFile), new() { Session = session, Log = line => log.WriteLine("unlearn kernel: " + line) });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SocketException or InvalidDataException)
        {
            await log.WriteLineAsync($"The kernel cannot start: {e.Message}").ConfigureAwait(false);
            return 2;
        }

        using var interrupt = InterruptSignal.Heed(kernel.Interrupt);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            kernel.Shutdown();
        });
        await Task.WhenAny(kernel.Ended, ParentWatch.GoneAsync(CancellationToken.None)).ConfigureAwait(false);
        await kernel.DisposeAsync().ConfigureAwait(false);
        // A cell may have left threads that would keep the process.
        Environment.Exit(0);
        return 0;
    }

    private static int Guarded(ParseResult parsed, Option<bool> json, Func<(InstalledKernel Kernel, string Said, string? Warning)> action)
    {
        var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        try
        {
            var (kernel, said, warning) = action();
            output.WriteLine(parsed.GetValue(json) ? JsonSerializer.Serialize(new { kernel, warning }, Json) : said);
            if (warning is not null) error.WriteLine(warning);
            return 0;
        }
        catch (KernelSpecException e)
        {
            error.WriteLine(e.Message);
            if (parsed.GetValue(json)) output.WriteLine(JsonSerializer.Serialize(new { error = e.Message }, Json));
            return 2;
        }
    }

    private static Option<bool> JsonOption() => new("--json") { Description = "Print the result as JSON." };

    /// <summary>The options that say which kernel, and in which of Jupyter's folders.</summary>
    private sealed class Place
    {
        public Option<string> Name { get; } = new("--name")
        {
            Description = "The kernel's name.",
            DefaultValueFactory = _ => KernelSpec.DefaultName,
        };

        public Option<bool> User { get; } = new("--user") { Description = "For you alone (default); JUPYTER_DATA_DIR is honoured." };

        public Option<bool> System { get; } = new("--system") { Description = "For all users of the machine: /usr/local/share/jupyter." };

        public Option<string?> Prefix { get; } = new("--prefix") { Description = "Under DIR/share/jupyter.", HelpName = "DIR" };

        public string Of(ParseResult parsed)
        {
            var prefix = parsed.GetValue(Prefix);
            var chosen = (parsed.GetValue(User) ? 1 : 0) + (parsed.GetValue(System) ? 1 : 0) + (prefix is null ? 0 : 1);
            if (chosen > 1) throw new KernelSpecException("give one of --user, --system and --prefix, not several.");
            if (prefix is not null) return JupyterFolders.UnderPrefix(prefix);
            return parsed.GetValue(System) ? JupyterFolders.System : JupyterFolders.User;
        }
    }
}
