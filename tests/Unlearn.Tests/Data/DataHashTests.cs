using System.Security.Cryptography;
using System.Text;
using Unlearn.Data;

namespace Unlearn.Tests.Data;

public sealed class DataHashTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_files_hash_is_what_sha256sum_prints() =>
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", DataHash.OfFile(folder.File("a", "abc")));

    [Fact]
    public void Several_files_contribute_name_length_and_bytes()
    {
        folder.File("a", "abc");
        folder.File("b", "");

        var expected = Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes("a\n3\nabcb\n0\n")));
        Assert.Equal(expected, DataHash.OfFiles(folder.Path, ["a", "b"]));
        Assert.Equal(expected, DataHash.OfTexts([("a", "abc"), ("b", "")]));
        Assert.NotEqual(DataHash.OfFiles(folder.Path, ["a", "b"]), DataHash.OfFiles(folder.Path, ["b", "a"]));
    }
}
