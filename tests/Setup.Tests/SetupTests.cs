using System.Xml.Linq;

namespace Setup.Tests;

public sealed class SetupTests : IDisposable
{
    private const string NoSuchPackage = "error NU1101: Unable to find package TorchSharp. No packages exist with this id in source(s): a";
    private const string NoAnswer = "error NU1301: Unable to load the service index for source a.";

    private readonly Machine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void The_second_run_only_looks()
    {
        Assert.Equal(0, _machine.SetUp().ExitCode);

        var second = _machine.SetUp();

        Assert.Equal(0, second.ExitCode);
        Assert.Empty(second.Output + second.Errors);
        Assert.DoesNotContain(second.Calls, call => call.StartsWith("apt", StringComparison.Ordinal) || call.Contains("--set")
            || call.StartsWith("npm", StringComparison.Ordinal) || call.StartsWith("dotnet restore", StringComparison.Ordinal));
    }

    [Fact]
    public void Only_what_is_missing_is_installed_and_nothing_that_is_merely_recommended()
    {
        _machine.Set("absent", "g++\nchromium");

        var outcome = _machine.SetUp();

        Assert.Equal(0, outcome.ExitCode);
        var calls = outcome.CallsOf("apt-get").ToArray();
        Assert.Equal("apt-get update", calls[0]);
        Assert.EndsWith("install --yes --no-install-recommends g++ chromium", calls[1], StringComparison.Ordinal);
        Assert.Equal(2, calls.Length);
    }

    [Fact]
    public void What_apt_said_is_shown_when_it_fails()
    {
        _machine.Set("absent", "g++");
        _machine.Set("apt-fails", "");

        var outcome = _machine.SetUp();

        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("no space left", outcome.Errors);
    }

    [Fact]
    public void A_system_that_does_not_offer_LibTorch_is_told_what_was_expected_and_what_is_missing()
    {
        _machine.Set("absent", "g++\nlibtorch-dev");
        _machine.Set("not-offered", "libtorch-dev");

        var outcome = _machine.SetUp();

        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("expected Debian 12", outcome.Errors);
        Assert.Contains("do not offer: libtorch-dev\n", outcome.Errors);
        Assert.DoesNotContain(outcome.Calls, call => call.Contains("install"));
    }

    [Fact]
    public void A_system_without_apt_is_told_which_packages_it_has_to_provide()
    {
        _machine.Remove("apt-get");

        var outcome = _machine.SetUp();

        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("expected Debian 12", outcome.Errors);
        Assert.Contains("libtorch-dev g++ libopenblas0-openmp", outcome.Errors);
    }

    [Fact]
    public void Without_root_the_system_is_changed_through_sudo()
    {
        _machine.Set("absent", "g++");
        _machine.Play("id", "echo 1000");
        _machine.Play("sudo", "[ \"$1\" = -n ] && shift; exec \"$@\"");

        var outcome = _machine.SetUp();

        Assert.Equal(0, outcome.ExitCode);
        Assert.Contains("sudo apt-get update", outcome.Calls);
        Assert.Single(outcome.CallsOf("sudo"), call => call.Contains("DEBIAN_FRONTEND=noninteractive apt-get"));
    }

    [Fact]
    public void Without_root_and_sudo_it_says_so_before_it_changes_anything()
    {
        _machine.Set("absent", "g++");
        _machine.Play("id", "echo 1000");

        var outcome = _machine.SetUp();

        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("expected root or sudo", outcome.Errors);
        Assert.Empty(outcome.CallsOf("apt-get"));
    }

    [Fact]
    public void Without_root_nothing_is_asked_of_sudo_when_nothing_is_missing()
    {
        _machine.SetUp();
        _machine.Play("id", "echo 1000");

        Assert.Equal(0, _machine.SetUp().ExitCode);
    }

    [Fact]
    public void Every_BLAS_name_is_pointed_at_OpenBLAS_openmp_whatever_it_pointed_at()
    {
        _machine.Set("libblas.so.3-some-triplet", "/usr/lib/some-triplet/openblas-pthread/libblas.so.3");
        _machine.Set("liblapack.so.3-some-triplet", "/usr/lib/some-triplet/openblas-openmp/liblapack.so.3");
        _machine.Set("status", "manual");

        var outcome = _machine.SetUp();

        Assert.Equal(
            [
                "update-alternatives --set libblas.so.3-some-triplet /usr/lib/some-triplet/openblas-openmp/libblas.so.3",
                "update-alternatives --set libopenblas.so.0-some-triplet /usr/lib/some-triplet/openblas-openmp/libopenblas.so.0",
            ],
            outcome.Calls.Where(call => call.Contains("--set")));
    }

    [Fact]
    public void A_BLAS_that_stands_by_priority_alone_is_pinned()
    {
        _machine.SetUp();
        _machine.Set("status", "auto");

        Assert.Contains(_machine.SetUp().Calls, call => call.StartsWith("update-alternatives --set libblas", StringComparison.Ordinal));
    }

    [Fact]
    public void Npm_is_installed_only_where_a_browser_script_and_npm_are_both_absent()
    {
        _machine.SetUp();
        _machine.Remove("npm");
        _machine.Set("absent", "npm\ng++");
        Assert.DoesNotContain(_machine.SetUp().CallsOf("apt-get"), call => call.Contains("npm"));

        Directory.Delete(_machine.PathOf("lib/artifacts/npm"), recursive: true);
        _machine.Set("absent", "npm");
        Assert.Contains(_machine.SetUp().CallsOf("apt-get"), call => call.EndsWith("-recommends npm", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("plotly.js-dist-min", "katex")]
    [InlineData("katex", "plotly.js-dist-min")]
    public void A_browser_script_of_another_version_is_replaced_and_the_others_stay(string script, string other)
    {
        _machine.SetUp();
        var scripts = _machine.PathOf("lib/artifacts/npm/node_modules");
        _machine.Write($"lib/artifacts/npm/node_modules/{script}/package.json", "{\n  \"version\": \"1.0.0\"\n}");
        File.Delete(Path.Combine(scripts, script, "script.min.js"));

        var outcome = _machine.SetUp();

        Assert.Equal(0, outcome.ExitCode);
        Assert.EndsWith(script, Assert.Single(outcome.CallsOf("npm")).Split('@')[0], StringComparison.Ordinal);
        Assert.DoesNotContain("1.0.0", File.ReadAllText(Path.Combine(scripts, script, "package.json")));
        Assert.True(File.Exists(Path.Combine(scripts, script, "script.min.js")));
        Assert.Equal(new[] { script, other }.Order(), Directory.GetFileSystemEntries(scripts).Select(Path.GetFileName).Order());
    }

    [Theory]
    [InlineData("", "feed")]
    [InlineData(NoSuchPackage, "standin")]
    [InlineData("error NU1102: Unable to find package TorchSharp with version (>= 0.107.0)", "standin")]
    public void The_feeds_answer_is_recorded_once(string answer, string origin)
    {
        _machine.Set("answer", answer);
        Assert.Equal(0, _machine.SetUp().ExitCode);
        Assert.Equal(origin, Recorded("PackageOrigin"));

        Assert.DoesNotContain(_machine.SetUp().CallsOf("dotnet"), call => call.Contains("restore"));
        Assert.Single(_machine.SetUp("--probe").CallsOf("dotnet"), call => call.Contains("restore"));
    }

    [Theory]
    [InlineData(NoAnswer)]
    [InlineData(NoSuchPackage + "\n" + NoAnswer)]
    [InlineData("error: something else")]
    public void A_feed_that_gives_no_answer_leaves_no_record(string answer)
    {
        _machine.Set("answer", answer);

        var outcome = _machine.SetUp();

        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("nothing was recorded", outcome.Errors);
        Assert.Contains("PackageOrigin=standin", outcome.Errors);
        Assert.Equal(["artifacts"], Directory.GetFileSystemEntries(_machine.PathOf("lib")).Select(Path.GetFileName));
    }

    [Fact]
    public void An_origin_in_the_environment_leaves_the_feed_unasked()
    {
        _machine.Set("answer", NoAnswer);

        var outcome = _machine.Run(".devcontainer/setup.sh", environment: ["PackageOrigin=standin"]);

        Assert.Equal(0, outcome.ExitCode);
        Assert.False(File.Exists(_machine.PathOf("lib/Machine.props")));
    }

    [Fact]
    public void What_is_recorded_yields_to_what_the_caller_of_the_build_says()
    {
        _machine.SetUp();

        var property = Document().Descendants("PackageOrigin").Single();

        Assert.Equal("'$(PackageOrigin)' == ''", property.Attribute("Condition")?.Value);
    }

    [Fact]
    public void The_root_of_another_LibTorch_is_recorded_beside_the_feeds_answer()
    {
        _machine.Write("torch & <co>/lib/libtorch.so", "");
        var libtorch = _machine.PathOf("torch & <co>");

        var outcome = _machine.Run(".devcontainer/setup.sh", environment: [$"LIBTORCH={libtorch}"]);

        Assert.Equal(0, outcome.ExitCode);
        Assert.Equal(libtorch, Recorded("LibTorchRoot"));
        Assert.Equal("feed", Recorded("PackageOrigin"));
    }

    [Fact]
    public void A_LIBTORCH_without_LibTorch_in_it_is_refused()
    {
        var outcome = _machine.Run(".devcontainer/setup.sh", environment: ["LIBTORCH=/nowhere"]);

        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("lib/libtorch.so", outcome.Errors);
        Assert.Contains("/nowhere", outcome.Errors);
    }

    [Theory]
    [InlineData("8.0.100 [/sdk]")]
    [InlineData("")]
    public void A_machine_whose_SDK_is_too_old_or_absent_is_told_which_one_it_needs(string sdks)
    {
        _machine.Set("sdks", sdks);

        var outcome = _machine.SetUp();

        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("expected the .NET SDK 10 or later", outcome.Errors);
    }

    [Fact]
    public void A_machine_without_dotnet_is_told_so()
    {
        _machine.Remove("dotnet");

        Assert.Contains("found no dotnet on PATH", _machine.SetUp().Errors);
    }

    [Fact]
    public void An_unknown_argument_changes_nothing()
    {
        var outcome = _machine.SetUp("--prob");

        Assert.Equal(1, outcome.ExitCode);
        Assert.Empty(outcome.Calls);
    }

    private XDocument Document() => XDocument.Load(_machine.PathOf("lib/Machine.props"));

    private string? Recorded(string property) => Document().Descendants(property).SingleOrDefault()?.Value;
}
