using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharp.Tests.NN;

[Collection(nameof(OneAtATime))]
public class ModuleTests
{
    private class Base : nn.Module<Tensor, Tensor>
    {
        private readonly Linear hidden = nn.Linear(2, 2);

        protected Base(string name) : base(name)
        {
        }

        public override Tensor forward(Tensor input) => hidden.call(input);
    }

    private sealed class Small : Base
    {
        private readonly Linear first = nn.Linear(2, 2);
        [ComponentName(Name = "scale")] private readonly Parameter factor = nn.Parameter(ones(2));
        private readonly Tensor table = zeros(3);
        private readonly ModuleList<Linear> blocks = nn.ModuleList(nn.Linear(2, 2, hasBias: false), nn.Linear(2, 2, hasBias: false));
        private readonly Dropout? none;

        public Small(bool withDropout = false) : base(nameof(Small))
        {
            none = withDropout ? nn.Dropout() : null;
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) =>
            none is null ? base.forward(first.call(input)) * factor + table[0] + blocks[0].weight[0] : input;
    }

    [Fact]
    public void Fields_become_the_names_of_the_state()
    {
        using var scope = NewDisposeScope();
        using var module = new Small();

        Assert.Equal(["scale", "first.weight", "first.bias", "blocks.0.weight", "blocks.1.weight", "hidden.weight", "hidden.bias"],
                     module.named_parameters().Select(p => p.name));
        Assert.Equal(["table"], module.named_buffers().Select(b => b.name));
        Assert.Equal(8, module.state_dict().Count);
        Assert.Equal(["first", "blocks", "hidden", "blocks.0", "blocks.1"], module.named_modules().Select(m => m.name));
        Assert.Same(module.get_parameter("blocks.1.weight"), module.state_dict()["blocks.1.weight"]);
        Assert.True(module.has_buffer("table"));
        Assert.False(module.has_parameter("blocks.2.weight"));
    }

    [Fact]
    public void A_shared_parameter_is_listed_once_and_saved_under_both_names()
    {
        using var scope = NewDisposeScope();
        using var embedding = nn.Embedding(3, 2);
        using var head = nn.Linear(embedding.weight!);
        using var both = nn.ModuleList<nn.Module>(embedding, head);
        using var module = nn.ModuleList<nn.Module>();
        module.register_module("both", both);

        Assert.Single(module.parameters());
        Assert.Equal(["both.0.weight", "both.1.weight"], module.state_dict().Keys);
    }

    [Fact]
    public void Training_mode_reaches_every_part()
    {
        using var scope = NewDisposeScope();
        using var dropout = nn.Dropout();
        using var module = nn.Sequential(nn.Linear(2, 2), nn.Sequential(dropout));
        Assert.True(dropout.training);

        module.eval();
        Assert.False(dropout.training);

        module.train();
        Assert.True(dropout.training);
    }

    [Fact]
    public void Gradients_are_dropped_or_zeroed()
    {
        using var scope = NewDisposeScope();
        using var module = nn.Linear(2, 1);
        module.call(ones(1, 2)).sum().backward();

        module.zero_grad(set_to_none: false);
        Assert.Equal([0, 0], module.weight.grad!.data<float>().ToArray());

        module.zero_grad();
        Assert.Null(module.weight.grad);
    }

    [Fact]
    public void Conversion_replaces_parameters_in_their_fields_with_their_gradients()
    {
        using var scope = NewDisposeScope();
        using var module = new Small();
        module.call(ones(1, 2)).sum().backward();
        var before = module.get_parameter("scale")!;

        var converted = module.to(ScalarType.Float64);

        Assert.Same(module, converted);
        Assert.True(before.IsInvalid);
        Assert.All(module.state_dict().Values, tensor => Assert.Equal(ScalarType.Float64, tensor.dtype));
        Assert.Equal(ScalarType.Float64, module.get_parameter("first.weight")!.grad!.dtype);
        Assert.Equal(ScalarType.Float64, module.call(ones(1, 2, dtype: ScalarType.Float64)).dtype);
        Assert.Throws<ArgumentException>(() => module.to(ScalarType.Int64));
    }

    [Fact]
    public void A_loaded_state_must_have_the_modules_names_unless_told_otherwise()
    {
        using var scope = NewDisposeScope();
        using var module = nn.Linear(2, 1);
        var state = new Dictionary<string, Tensor> { ["weight"] = ones(1, 2), ["extra"] = ones(1) };

        var error = Assert.Throws<InvalidOperationException>(() => module.load_state_dict(state));
        Assert.Contains("\"bias\"", error.Message, StringComparison.Ordinal);
        var (missing, unexpected) = module.load_state_dict(state, strict: false);

        Assert.Equal(["bias"], missing);
        Assert.Equal(["extra"], unexpected);
        Assert.Equal([1, 1], module.weight.data<float>().ToArray());
    }

    [Fact]
    public void Hooks_see_and_may_replace_arguments_and_results()
    {
        using var scope = NewDisposeScope();
        using var module = nn.ReLU();
        var calls = 0;
        var pre = module.register_forward_pre_hook((_, x) => -x);
        var post = module.register_forward_hook((_, _, result) => result + 1);
        module.register_forward_hook(_ => calls++);

        Assert.Equal(4, module.call(tensor(-3.0)).item<double>());
        pre.remove();
        post.remove();

        Assert.Equal(0, module.call(tensor(-3.0)).item<double>());
        Assert.Equal(0, module.forward(tensor(-3.0)).item<double>());
        Assert.Equal(2, calls);
    }

    [Fact]
    public void Layers_outlive_the_scope_of_their_construction_and_dispose_frees_them()
    {
        var before = Tensor.TotalCount;
        Linear linear;
        using (NewDisposeScope()) linear = nn.Linear(3, 2);

        Assert.Equal(before + 2, Tensor.TotalCount);
        using (var x = ones(1, 3))
        using (var y = linear.call(x)) Assert.Equal([1, 2], y.shape);
        linear.Dispose();

        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void A_parameter_takes_its_tensors_place_in_the_scope()
    {
        using var scope = NewDisposeScope();
        var data = ones(2);

        var parameter = nn.Parameter(data);

        Assert.True(data.IsInvalid);
        Assert.True(scope.Contains(parameter));
        Assert.Equal(1, scope.DisposablesCount);
        Assert.True(parameter.requires_grad);
        Assert.Throws<ObjectDisposedException>(() => nn.Parameter(data));
    }

    [Fact]
    public void Names_are_taken_once_and_have_no_dots()
    {
        using var scope = NewDisposeScope();
        using var module = nn.Sequential(nn.Linear(1, 1));

        Assert.Throws<InvalidOperationException>(() => module.register_module("0", nn.ReLU()));
        Assert.Throws<ArgumentException>(() => module.register_module("a.b", nn.ReLU()));
        Assert.Throws<InvalidOperationException>(() => nn.ReLU().register_parameter("w", nn.Parameter(ones(1))));
    }

    [Fact]
    public void Apply_visits_children_before_their_owner()
    {
        using var scope = NewDisposeScope();
        using var module = nn.Sequential(nn.ReLU(), nn.Sequential(nn.GELU()));
        var seen = new List<string>();

        module.apply(m => seen.Add(m.GetName()));

        Assert.Equal(["ReLU", "GELU", "Sequential", "Sequential"], seen);
    }

    [Fact]
    public void Parameters_become_a_vector_and_come_back()
    {
        using var scope = NewDisposeScope();
        using var module = nn.Linear(2, 2);

        nn.utils.vector_to_parameters(arange(6, dtype: ScalarType.Float32), module.parameters());

        Assert.Equal([0, 1, 2, 3], module.weight.data<float>().ToArray());
        Assert.Equal([0, 1, 2, 3, 4, 5], nn.utils.parameters_to_vector(module.parameters()).data<float>().ToArray());
        Assert.Throws<ArgumentException>(() => nn.utils.vector_to_parameters(ones(5), module.parameters()));
    }

    [Fact]
    public void Clipping_by_value_limits_each_number()
    {
        using var scope = NewDisposeScope();
        var parameter = nn.Parameter(ones(3));
        parameter.grad = tensor(new[] { -5f, 0.5f, 5 });

        nn.utils.clip_grad_value_([parameter], 1);

        Assert.Equal([-1, 0.5f, 1], parameter.grad!.data<float>().ToArray());
    }

    [Theory]
    [InlineData(1, 9)]
    [InlineData(2, 5)]
    [InlineData(double.PositiveInfinity, 4)]
    public void Clipping_by_norm_scales_all_gradients_to_the_limit(double type, double expected)
    {
        using var scope = NewDisposeScope();
        var (a, b, without) = (nn.Parameter(ones(2)), nn.Parameter(ones(1)), nn.Parameter(ones(1)));
        (a.grad, b.grad) = (type == 2 ? tensor(new[] { 3f, 0 }) : tensor(new[] { 3f, 2 }), tensor(new[] { -4f }));

        Assert.Equal(expected, nn.utils.clip_grad_norm_([a, b, without], 1, type), 1e-6);

        Assert.Equal(-4 / expected, b.grad!.item<float>(), 1e-5);
        Assert.Equal(1, nn.utils.clip_grad_norm_([a, b], 100, type), 1e-5);
        Assert.Equal(-4 / expected, b.grad!.item<float>(), 1e-5);
    }
}
