using TorchSharp.Modules;
using TorchSharp.Tests.NN;
using static TorchSharp.torch;

namespace TorchSharp.Tests.Optim;

[Collection(nameof(OneAtATime))]
public class OptimizerTests
{
    private sealed record Setting(optim.Optimizer Optimizer, optim.lr_scheduler.LRScheduler? Schedule = null, double? Clip = null);

    private static readonly Dictionary<string, Func<Parameter, Parameter, Setting>> Cases = new()
    {
        ["AdamW"] = (w, b) => new(optim.AdamW([w, b], lr: 0.05, weight_decay: 0.1)),
        ["AdamW_without_decay"] = (w, b) => new(optim.AdamW([w, b], lr: 0.05)),
        ["AdamW_amsgrad"] = (w, b) => new(optim.AdamW([w, b], lr: 0.1, beta1: 0.8, beta2: 0.9, weight_decay: 0.01, amsgrad: true)),
        ["AdamW_maximize"] = (w, b) => new(optim.AdamW([w, b], lr: 0.01, weight_decay: 0.01, maximize: true)),
        ["Adam"] = (w, b) => new(optim.Adam([w, b], lr: 0.05)),
        ["Adam_with_decay"] = (w, b) => new(optim.Adam([w, b], lr: 0.05, weight_decay: 0.1, eps: 1e-6)),
        ["SGD"] = (w, b) => new(optim.SGD([w, b], 0.05)),
        ["SGD_momentum"] = (w, b) => new(optim.SGD([w, b], 0.02, momentum: 0.9, dampening: 0.1, weight_decay: 0.05)),
        ["SGD_nesterov"] = (w, b) => new(optim.SGD([w, b], 0.02, momentum: 0.9, nesterov: true)),
        ["SGD_maximize"] = (w, b) => new(optim.SGD([w, b], 0.001, momentum: 0.9, maximize: true)),
        ["AdamW_groups"] = (w, b) => new(optim.AdamW(
            [new AdamW.ParamGroup([w], new AdamW.Options()), new([b], new AdamW.Options { LearningRate = 0.2, weight_decay = 0 })],
            lr: 0.05, weight_decay: 0.1)),
        ["AdamW_warmup"] = (w, b) => Scheduled(optim.AdamW([w, b], lr: 0.1, weight_decay: 0.1),
                                               o => optim.lr_scheduler.LambdaLR(o, epoch => Math.Min(1.0, (epoch + 1) / 5.0))),
        ["SGD_linear"] = (w, b) => Scheduled(optim.SGD([w, b], 0.05),
                                             o => optim.lr_scheduler.LinearLR(o, start_factor: 0.25, total_iters: 8)),
        ["SGD_cosine"] = (w, b) => Scheduled(optim.SGD([w, b], 0.05),
                                             o => optim.lr_scheduler.CosineAnnealingLR(o, T_max: 6, eta_min: 0.001)),
        ["AdamW_clipped"] = (w, b) => new(optim.AdamW([w, b], lr: 0.05, weight_decay: 0.1), Clip: 0.5),
    };

    public static TheoryData<string> Names => NnFixture.Theory("trained");

    [Theory]
    [MemberData(nameof(Names))]
    public void Twenty_steps_go_where_PyTorchs_go(string name)
    {
        using var scope = NewDisposeScope();
        var fixture = NnFixture.Find("trained", name);
        var tolerance = NnFixture.Tolerance(name);
        var (x, y) = (NnFixture.Tensor(fixture.GetProperty("x")), NnFixture.Tensor(fixture.GetProperty("y")));
        var start = fixture.GetProperty("start");
        var (w, b) = (nn.Parameter(NnFixture.Tensor(start[0])), nn.Parameter(NnFixture.Tensor(start[1])));
        var (optimizer, schedule, clip) = Cases[NnFixture.Plain(name)](w, b);
        using var owned = optimizer;

        for (var step = 1; step <= 20; step++)
        {
            optimizer.zero_grad();
            (nn.functional.linear(x, w, b) - y).pow(2).mean().backward();
            if (clip is { } limit)
            {
                var norm = nn.utils.clip_grad_norm_([w, b], limit);
                Assert.Equal(fixture.GetProperty("norms")[step - 1].GetDouble(), norm, tolerance * norm);
            }
            var rate = fixture.GetProperty("rates")[step - 1].GetDouble();
            Assert.Equal(rate, optimizer.ParamGroups.First().LearningRate, 1e-12);
            optimizer.step();
            schedule?.step();

            if (!fixture.GetProperty("after").TryGetProperty($"{step}", out var after)) continue;
            w.ShouldBe(after[0], tolerance, $"w after step {step}");
            b.ShouldBe(after[1], tolerance, $"b after step {step}");
        }
    }

    [Fact]
    public void Every_fixture_has_its_case() =>
        Assert.Equal(NnFixture.Names("trained").Select(NnFixture.Plain).Distinct().Order(), Cases.Keys.Order());

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_native_pass_and_the_operators_agree(bool amsgrad)
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var values = randn(3, 40_000, dtype: ScalarType.Float64);
        var dense = nn.Parameter(values.clone());
        var strided = nn.Parameter(values.t().contiguous().t());          // not contiguous: the operators do it
        var gradients = randn(5, 3, 40_000, dtype: ScalarType.Float64);
        using var native = optim.AdamW([dense], lr: 0.01, weight_decay: 0.1, amsgrad: amsgrad);
        using var general = optim.AdamW([strided], lr: 0.01, weight_decay: 0.1, amsgrad: amsgrad);

        for (var step = 0; step < 5; step++)
        {
            (dense.grad, strided.grad) = (gradients[step].clone(), gradients[step].clone());
            native.step();
            general.step();
        }

        Assert.False(strided.is_contiguous());
        Assert.True(dense.allclose(strided, rtol: 1e-12, atol: 1e-13));
    }

    [Fact]
    public void Half_precision_parameters_are_stepped_too()
    {
        using var scope = NewDisposeScope();
        var parameter = nn.Parameter(ones(4, dtype: ScalarType.BFloat16));
        parameter.grad = ones(4, dtype: ScalarType.BFloat16);
        using var optimizer = optim.AdamW([parameter], lr: 0.5);

        optimizer.step();

        Assert.All(parameter.to(ScalarType.Float32).data<float>().ToArray(), value => Assert.Equal(0.5f, value, 0.01f));
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        using var scope = NewDisposeScope();
        var before = get_num_threads();
        try
        {
            var ((norm, values), (otherNorm, otherValues)) = (Run(1), Run(3));
            Assert.Equal(norm, otherNorm);
            Assert.Equal(values, otherValues);
        }
        finally
        {
            set_num_threads(before);
        }

        static (double, double[]) Run(int threads)
        {
            set_num_threads(threads);
            manual_seed(2);
            var parameter = nn.Parameter(randn(100_003, dtype: ScalarType.Float64));
            parameter.grad = randn(100_003, dtype: ScalarType.Float64);
            using var optimizer = optim.AdamW([parameter], lr: 0.1);
            var norm = nn.utils.clip_grad_norm_([parameter], 1);
            optimizer.step();
            return (norm, parameter.data<double>().ToArray());
        }
    }

    [Fact]
    public void A_gradient_that_is_not_a_number_is_not_hidden_by_clipping()
    {
        using var scope = NewDisposeScope();
        var (bad, good) = (nn.Parameter(ones(1)), nn.Parameter(ones(1)));
        (bad.grad, good.grad) = (tensor(new[] { float.NaN }), ones(1));

        Assert.Equal(double.NaN, nn.utils.clip_grad_norm_([bad, good], 1));

        Assert.Equal(float.NaN, good.grad!.item<float>());
    }

    [Fact]
    public void A_parameter_without_a_gradient_stays_and_its_first_step_is_step_one()
    {
        using var scope = NewDisposeScope();
        var (first, late) = (nn.Parameter(ones(2)), nn.Parameter(ones(2)));
        using var optimizer = optim.AdamW([first, late], lr: 0.1, weight_decay: 0.5);
        first.grad = ones(2);
        optimizer.step();
        Assert.Equal([1, 1], late.data<float>().ToArray());

        late.grad = ones(2);
        optimizer.step();

        // 1 · (1 − 0.1 · 0.5) − 0.1: bias correction makes the first step the full learning rate.
        Assert.All(late.data<float>().ToArray(), value => Assert.Equal(0.85f, value, 1e-5f));
    }

    [Fact]
    public void A_graph_from_before_a_step_is_noticed_as_stale()
    {
        using var scope = NewDisposeScope();
        var parameter = nn.Parameter(ones(3));
        using var optimizer = optim.AdamW([parameter], lr: 0.1);
        var loss = (parameter * parameter).sum();
        parameter.grad = ones(3);

        optimizer.step();

        Assert.ThrowsAny<Exception>(() => loss.backward());
    }

    [Fact]
    public void State_moves_to_another_optimizer_through_a_stream()
    {
        using var scope = NewDisposeScope();
        var (one, two) = (nn.Parameter(ones(3)), nn.Parameter(ones(3)));
        using var source = optim.AdamW([one], lr: 0.1, amsgrad: true);
        using var target = optim.AdamW([two], lr: 0.7, amsgrad: true);
        (one.grad, two.grad) = (tensor(new[] { 1f, 2, 3 }), tensor(new[] { 1f, 2, 3 }));
        source.step();
        using var stream = new MemoryStream();
        source.save_state_dict(new BinaryWriter(stream));
        stream.Position = 0;

        target.load_state_dict(new BinaryReader(stream));

        Assert.True(target.state_dict().State[0].ApproximatelyEquals(source.state_dict().State[0]));
        Assert.Equal(0.1, target.ParamGroups.Single().LearningRate);
        using var other = optim.SGD([nn.Parameter(ones(3))], 0.1);
        stream.Position = 0;
        Assert.Throws<InvalidDataException>(() => other.load_state_dict(new BinaryReader(stream)));
        using var half = new BinaryReader(new MemoryStream(stream.ToArray()[..^5]));
        Assert.Throws<InvalidDataException>(() => target.load_state_dict(half));
    }

    [Fact]
    public void A_schedule_follows_the_learning_rate_that_a_group_started_with()
    {
        using var scope = NewDisposeScope();
        using var optimizer = optim.SGD([nn.Parameter(ones(1))], 0.4);
        var schedule = optim.lr_scheduler.LambdaLR(optimizer, epoch => 1.0 / (1 + epoch));

        schedule.step();

        Assert.Equal([0.2], schedule.get_last_lr());
    }

    [Theory]
    [InlineData(-1, 0.9)]
    [InlineData(0.1, 1.0)]
    public void Impossible_settings_are_refused(double lr, double beta1)
    {
        using var scope = NewDisposeScope();
        var parameter = nn.Parameter(ones(1));

        Assert.Throws<ArgumentException>(() => optim.AdamW([parameter], lr: lr, beta1: beta1));
        Assert.Throws<ArgumentException>(() => optim.AdamW([parameter, parameter]));
    }

    private static Setting Scheduled(optim.Optimizer optimizer, Func<optim.Optimizer, optim.lr_scheduler.LRScheduler> schedule) =>
        new(optimizer, schedule(optimizer));
}
