using System.Diagnostics;

namespace Setup.Tests;

/// <summary>
/// A pretended machine: a scratch checkout with the real scripts, and a PATH that holds plain text tools and programs that only
/// play dpkg, apt, npm and dotnet. Every call of a played program is noted, so a test can say what a script did and did not do.
/// </summary>
internal sealed class Machine : IDisposable
{
    private static readonly string[] s_tools =
    [
        "awk", "basename", "bash", "cat", "chmod", "dirname", "env", "find", "grep", "mkdir", "mktemp", "mv", "rm", "sed", "sort", "tail",
        "timeout", "true", "uname"
    ];

    private static readonly UnixFileMode s_executable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly DirectoryInfo _scratch = Directory.CreateTempSubdirectory("machine-");

    public Machine()
    {
        Directory.CreateDirectory(Programs);
        foreach (var tool in s_tools)
            File.CreateSymbolicLink(Path.Combine(Programs, tool), WhereIs(tool));

        foreach (var script in new[] { ".devcontainer/setup.sh", "tests/run", "notebooks/run" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(PathOf(script))!);
            File.Copy(Repository.PathOf(script), PathOf(script));
        }
        Directory.CreateDirectory(PathOf("lib"));

        Play("id", "echo 0");
        Play("dpkg-query", """
            if [ "$1" = --listfiles ]; then
                for name in libblas.so.3 liblapack.so.3 libopenblas.so.0; do echo /usr/lib/some-triplet/openblas-openmp/$name; done
                echo /usr/share/doc/libopenblas0-openmp/copyright
            else
                shift 3
                for package; do ! grep -qx "$package" "$STATE/absent" 2>/dev/null && echo "$package installed"; done
                [ ! -e "$STATE/absent" ]
            fi
            """);
        Play("apt-get", """
            case "$*" in *install*) [ ! -e "$STATE/apt-fails" ] || { echo 'E: no space left'; exit 100; }; rm -f "$STATE/absent" ;; esac
            """);
        Play("apt-cache", """
            shift
            for package; do grep -qx "$package" "$STATE/not-offered" 2>/dev/null || echo "$package | 1.0 | bookworm/main"; done
            """);
        Play("update-alternatives", """
            if [ "$1" = --set ]; then echo "$3" >"$STATE/$2"; echo manual >"$STATE/status"
            else echo "Name: $2"; echo "Status: $(cat "$STATE/status" 2>/dev/null)"; echo "Value: $(cat "$STATE/$2" 2>/dev/null)"
            fi
            """);
        Play("npm", """
            for script in "${@:4}"; do
                [[ $script != --* ]] || continue
                folder=$3/node_modules/${script%@*}
                mkdir -p "$folder"
                echo "  \"version\": \"${script##*@}\"," >"$folder/package.json"
                echo '// a script' >"$folder/script.min.js"
            done
            """);
        Play("dotnet", """
            case $1 in
                --list-sdks) cat "$STATE/sdks" 2>/dev/null || echo '10.0.100 [/sdk]' ;;
                restore) cat "$STATE/answer" 2>/dev/null; grep -q error "$STATE/answer" 2>/dev/null && exit 1 ;;
            esac
            exit 0
            """);
    }

    public string PathOf(string relativePath) => Path.Combine(_scratch.FullName, "checkout", relativePath);

    private string Programs => Path.Combine(_scratch.FullName, "programs");

    private string State => Path.Combine(_scratch.FullName, "state");

    /// <summary>Puts a program on the machine's PATH that notes its call and then does what <paramref name="body"/> says.</summary>
    public void Play(string program, string body)
    {
        Directory.CreateDirectory(State);
        var path = Path.Combine(Programs, program);
        File.WriteAllText(path, $"#!/bin/bash\necho \"{program} $*\" >>\"$STATE/calls\"\n{body}\n");
        File.SetUnixFileMode(path, s_executable);
    }

    public void Remove(string program) => File.Delete(Path.Combine(Programs, program));

    /// <summary>Writes a file that the played programs look at, such as "absent" or "answer".</summary>
    public void Set(string state, string text) => File.WriteAllText(Path.Combine(State, state), text + "\n");

    public void Unset(string state) => File.Delete(Path.Combine(State, state));

    /// <summary>Writes a file of the scratch checkout.</summary>
    public void Write(string relativePath, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(relativePath))!);
        File.WriteAllText(PathOf(relativePath), text);
    }

    /// <summary>Puts a script of the scratch checkout in the place of the real one.</summary>
    public void WriteScript(string relativePath, string body)
    {
        File.Delete(PathOf(relativePath));
        Write(relativePath, $"#!/bin/bash\n{body}\n");
        File.SetUnixFileMode(PathOf(relativePath), s_executable);
    }

    /// <summary>Runs a script with these arguments and with PATH and "name=value" pairs as its whole environment.</summary>
    public Outcome Run(string script, string[]? arguments = null, string[]? environment = null)
    {
        Set("calls", "");
        var start = new ProcessStartInfo("/usr/bin/setsid", ["--wait", "/bin/bash", PathOf(script), .. arguments ?? []])
        {
            WorkingDirectory = _scratch.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        start.Environment["PATH"] = Programs;
        start.Environment["STATE"] = State;
        foreach (var pair in environment ?? [])
            start.Environment[pair[..pair.IndexOf('=')]] = pair[(pair.IndexOf('=') + 1)..];

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        var calls = File.ReadAllLines(Path.Combine(State, "calls")).Where(line => line.Length > 0).ToArray();
        return new(process.ExitCode, output, errors.Result, calls);
    }

    public Outcome SetUp(params string[] arguments) => Run(".devcontainer/setup.sh", arguments);

    public void Dispose() => _scratch.Delete(recursive: true);

    private static string WhereIs(string tool) =>
        new[] { "/usr/bin/", "/bin/" }.Select(folder => folder + tool).FirstOrDefault(File.Exists)
        ?? throw new FileNotFoundException($"The scripts need {tool}, which is in neither /usr/bin nor /bin.");
}

/// <summary>What a script did: exit code, what it wrote, and the calls of played programs in their order.</summary>
internal sealed record Outcome(int ExitCode, string Output, string Errors, string[] Calls)
{
    public string LastLine => Output.TrimEnd('\n').Split('\n')[^1];

    public IEnumerable<string> CallsOf(string program) => Calls.Where(call => call.StartsWith(program + " ", StringComparison.Ordinal));
}
