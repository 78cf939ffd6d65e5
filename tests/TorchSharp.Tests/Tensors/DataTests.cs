using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp.Tests.Tensors;

public sealed class DataTests
{
    [Fact]
    public void Arrays_of_any_rank_and_type_become_tensors()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(ScalarType.Int32, tensor(new[] { 1, 2 }).dtype);
        Assert.Equal(ScalarType.Int64, tensor(new[] { 1L, 2 }).dtype);
        Assert.Equal(ScalarType.Float64, tensor(2.5).dtype);
        Assert.Equal(ScalarType.BFloat16, tensor(new[] { 1f }, ScalarType.BFloat16).dtype);
        Assert.Equal([2, 1, 3], tensor(new double[,,] { { { 1, 2, 3 } }, { { 4, 5, 6 } } }).shape);
        Assert.Equal([1L, 2, 3, 4], tensor(new List<long> { 1, 2, 3, 4 }, 2, 2).data<long>());
        Assert.Equal([true, false], tensor(new[] { true, false }).data<bool>());
        Assert.Empty(tensor(Array.Empty<float>()).data<float>());
        Assert.Empty(tensor(7L).shape);
    }

    [Fact]
    public void A_shape_that_does_not_fit_the_numbers_is_refused()
    {
        var error = Assert.Throws<ExternalException>(() => tensor(new[] { 1f, 2, 3 }, [2, 2]));
        Assert.Contains("[2, 2]", error.Message, StringComparison.Ordinal);
        Assert.Throws<ExternalException>(() => tensor(new[] { 1f }, [-1]));
    }

    [Fact]
    public void Strided_views_are_read_and_written_in_row_major_order()
    {
        using var scope = NewDisposeScope();
        var x = arange(6).reshape(2, 3);
        var view = x.t();
        var numbers = view.data<long>();
        Assert.Equal([0, 3, 1, 4, 2, 5], numbers);
        Assert.Equal([0, 3, 1, 4, 2, 5], numbers.ToArray());
        Assert.Equal(new long[,] { { 0, 3 }, { 1, 4 }, { 2, 5 } }, (long[,])numbers.ToNDArray());
        Assert.Equal((4L, 4L), (numbers[3], numbers[1, 1]));
        numbers[2, 0] = 20;
        Assert.Equal(20, x[0, 2].item<long>());
        numbers.CopyFrom([7, 8], tensorIndex: 1);
        Assert.Equal([0, 8, 20, 7, 4, 5], x.data<long>());
        var some = new long[3];
        x.data<long>().CopyTo(some, arrayIndex: 1, tensorIndex: 4);
        Assert.Equal([0, 4, 5], some);
    }

    [Fact]
    public void Expanded_tensors_repeat_their_numbers()
    {
        using var scope = NewDisposeScope();
        Assert.Equal([1f, 1, 2, 2], tensor(new[] { 1f, 2 }).unsqueeze(1).expand(2, 2).data<float>());
    }

    [Fact]
    public void Bytes_are_the_memory_of_a_dense_tensor()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[] { 1f, -2, 3 }, ScalarType.BFloat16);
        Assert.Equal([0x80, 0x3F, 0x00, 0xC0, 0x40, 0x40], x.bytes.ToArray());
        x.narrow(0, 1, 1).bytes = [0x80, 0x3F];
        Assert.Equal([1f, 1, 3], x.to(ScalarType.Float32).data<float>());
        Assert.Empty(zeros(0).bytes.ToArray());

        Assert.Throws<ArgumentException>(() => x.bytes = new byte[5]);
        Assert.Throws<NotImplementedException>(() => zeros(2, 3).t().bytes.Length);
        Assert.Throws<InvalidOperationException>(() => zeros(2, device: META).bytes.Length);
    }

    [Fact]
    public void The_element_type_has_to_be_named_right()
    {
        using var scope = NewDisposeScope();
        Assert.Throws<ArgumentException>(() => ones(2).data<double>());
        Assert.Throws<ArgumentException>(() => ones(1).item<int>());
        Assert.Throws<ArgumentException>(() => ones(2).item<float>());
        Assert.Throws<ArgumentException>(() => ones(1, ScalarType.BFloat16).item<float>());
        Assert.Throws<IndexOutOfRangeException>(() => ones(2).data<float>()[2]);
        Assert.Throws<IndexOutOfRangeException>(() => ones(2, 2).data<float>()[0, -1]);
    }

    [Fact]
    public void Scalars_convert_from_any_element_type()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(1.5, (double)tensor(1.5f));
        Assert.Equal(3, (int)tensor(3L));
        Assert.True((bool)tensor(true));
        Assert.Equal(2f, ones(1, ScalarType.BFloat16).add(1).ToSingle());
        Assert.Throws<ExternalException>(() => (double)ones(2));
        Tensor implicitly = 4L;
        Assert.Equal(4, implicitly.ToInt64());
    }

    [Fact]
    public void Equality_of_tensors_is_by_element_and_Equals_by_whole()
    {
        using var scope = NewDisposeScope();
        var (a, b) = (tensor(new[] { 1f, 2 }), tensor(new[] { 1f, 3 }));
        Assert.Equal([true, false], (a == b).data<bool>());
        Assert.False(a.Equals(b));
        Assert.True(a.Equals((object)a.clone()));
        Assert.False(a.Equals(null));
        Assert.NotEqual(a.GetHashCode(), a.clone().GetHashCode());
    }

    [Fact]
    public void Changes_in_place_hand_the_same_tensor_back()
    {
        using var scope = NewDisposeScope();
        var x = ones(2);
        Assert.Same(x, x.add_(1));
        Assert.Same(x, x.zero_());
        Assert.Same(x, x.requires_grad_());
        Assert.Same(x, x.detach_());
    }

    [Fact]
    public void Conversions_copy_only_when_they_must()
    {
        using var scope = NewDisposeScope();
        var x = ones(2);
        var same = x.to(ScalarType.Float32);
        same.fill_(5);
        Assert.Equal(5, x[0].item<float>());
        x.to(ScalarType.Float32, copy: true).fill_(6);
        Assert.Equal(5, x[0].item<float>());
        x.to(ScalarType.Float64, disposeAfter: true);
        Assert.True(x.IsInvalid);
        Assert.Equal(DeviceType.META, ones(2).to(META).device_type);
    }

    [Fact]
    public void A_saved_tensor_comes_back_the_same()
    {
        using var scope = NewDisposeScope();
        var path = Path.Combine(Path.GetTempPath(), $"tensor-{Environment.ProcessId}.pt");
        try
        {
            var x = randn(3, 4).t();
            x.save(path);
            Assert.True(load(path).Equals(x));
            File.WriteAllText(path, "not a tensor");
            Assert.ThrowsAny<Exception>(() => load(path));
        }
        finally
        {
            File.Delete(path);
        }
        Assert.ThrowsAny<Exception>(() => load(path));
    }

    [Fact]
    public void The_default_type_is_that_of_created_numbers()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(ScalarType.Float32, zeros(1).dtype);
        try
        {
            set_default_dtype(ScalarType.Float64);
            Assert.Equal(ScalarType.Float64, rand(1).dtype);
            Assert.Equal(ScalarType.Float64, full(2, 0.5).dtype);
        }
        finally
        {
            set_default_dtype(ScalarType.Float32);
        }
        Assert.Throws<ArgumentException>(() => set_default_dtype(ScalarType.Int64));
    }

    [Fact]
    public void A_generator_of_ones_own_repeats_from_its_seed()
    {
        using var scope = NewDisposeScope();
        using var first = new Generator(3);
        using var second = new Generator(3);
        using var other = new Generator(4);
        Assert.True(rand(5, generator: first).Equals(rand(5, generator: second)));
        Assert.False(rand(5, generator: first).Equals(rand(5, generator: other)));
        _ = rand(5, generator: second);
        Assert.True(randn(4).normal_(generator: first).Equals(rand(4).normal_(generator: second)));
    }
}
