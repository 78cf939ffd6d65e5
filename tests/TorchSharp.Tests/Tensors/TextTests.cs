using static TorchSharp.torch;

namespace TorchSharp.Tests.Tensors;

public sealed class TextTests
{
    [Fact]
    public void By_default_the_text_names_shape_type_and_device()
    {
        using var scope = NewDisposeScope();
        Assert.Equal("[2x3], type = Float32, device = cpu", ones(2, 3).ToString());
        Assert.Equal("[], type = Int64, device = cpu", tensor(3L).ToString());
    }

    [Fact]
    public void Brackets_nest_as_in_numpy()
    {
        using var scope = NewDisposeScope();
        Assert.Equal("[[1, 2.5]\n [-3, 4]]", tensor(new float[,] { { 1, 2.5f }, { -3, 4 } }).npstr(newLine: "\n"));
        Assert.Equal("[0, 1, 2, ... 7, 8, 9]", arange(10).npstr());
        Assert.Equal("[[[1]\n  [2]]\n\n [[3]\n  [4]]]", arange(1, 5).reshape(2, 2, 1).npstr(newLine: "\n"));
        Assert.Equal("[]", zeros([0]).npstr());
        Assert.Equal("True", tensor(true).npstr());
    }

    [Fact]
    public void Columns_are_aligned_under_the_metadata()
    {
        using var scope = NewDisposeScope();
        Assert.Equal("[2x2], type = Float32, device = cpu\n   1 2.5\n -30   4\n",
            tensor(new float[,] { { 1, 2.5f }, { -30, 4 } }).jlstr(newLine: "\n"));
        Assert.Equal("[], type = Float64, device = cpu, value = 0.5", tensor(0.5).jlstr());
        Assert.Equal("[2x1x2], type = Int64, device = cpu\n[0,..,..] =\n 0 1\n\n[1,..,..] =\n 2 3\n",
            arange(4).reshape(2, 1, 2).jlstr(newLine: "\n"));
        Assert.EndsWith("...\n", arange(100).jlstr(width: 30, newLine: "\n"), StringComparison.Ordinal);
    }
}
