using TorchSharp.Modules;
using TorchSharp.Tests.NN;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace TorchSharp.Tests.Optim;

[Collection(nameof(OneAtATime))]
public class LeakTests
{
    private const int Tokens = 32, Width = 16, Length = 8, Rows = 2;

    /// <summary>One attention block and one feed-forward block over token embeddings.</summary>
    private sealed class TinyTransformer : nn.Module<Tensor, Tensor>
    {
        private readonly Embedding tokens = nn.Embedding(Tokens, Width);
        private readonly LayerNorm before = nn.LayerNorm(Width), after = nn.LayerNorm(Width);
        private readonly Linear query = nn.Linear(Width, Width), key = nn.Linear(Width, Width), value = nn.Linear(Width, Width);
        private readonly Sequential feed = nn.Sequential(nn.Linear(Width, 4 * Width), nn.GELU(), nn.Linear(4 * Width, Width));
        private readonly Linear head = nn.Linear(Width, Tokens);

        public TinyTransformer() : base(nameof(TinyTransformer)) => RegisterComponents();

        public override Tensor forward(Tensor input)
        {
            using var scope = NewDisposeScope();
            var x = tokens.call(input);
            var normal = before.call(x);
            x = x + scaled_dot_product_attention(query.call(normal), key.call(normal), value.call(normal), is_casual: true);
            x = x + feed.call(after.call(x));
            return head.call(x).MoveToOuterDisposeScope();
        }
    }

    [Fact]
    public void Two_thousand_training_steps_leave_tensors_and_memory_as_after_step_one_hundred()
    {
        var measured = OwnProcess.Call(TrainLong);

        Assert.Equal(measured[0], measured[1]);
        Assert.InRange(measured[3] / measured[2], 0.98, 1.02);
        Assert.Equal(0, measured[4]);
    }

    /// <summary>Live tensors after steps 100 and 2,000; resident memory after the same; tensors left once all is disposed.</summary>
    private static double[] TrainLong()
    {
        manual_seed(1);
        double[] tensors = [0, 0], memory = [0, 0];
        using (var model = new TinyTransformer())
        using (var optimizer = optim.AdamW(model.parameters(), lr: 1e-3, weight_decay: 0.1))
        {
            var schedule = optim.lr_scheduler.LambdaLR(optimizer, step => Math.Min(1, (step + 1) / 50.0));
            Train(model, optimizer, schedule, 100);
            (tensors[0], memory[0]) = (Tensor.TotalCount, ProcessMemory.Anonymous());
            Train(model, optimizer, schedule, 1900);
            (tensors[1], memory[1]) = (Tensor.TotalCount, ProcessMemory.Anonymous());
        }
        return [.. tensors, .. memory, Tensor.TotalCount];
    }

    [Theory]
    [InlineData("Adam")]
    [InlineData("AdamW")]
    [InlineData("SGD")]
    public void Disposing_a_model_and_its_optimizer_frees_all_their_tensors(string kind)
    {
        var before = Tensor.TotalCount;
        var model = new TinyTransformer();
        optim.Optimizer optimizer = kind switch
        {
            "Adam" => optim.Adam(model.parameters(), amsgrad: true),
            "AdamW" => optim.AdamW(model.named_parameters(), amsgrad: true),
            _ => optim.SGD(model.parameters(), 0.1, momentum: 0.9),
        };
        Train(model, optimizer, null, 2);
        Assert.True(Tensor.TotalCount > before);

        optimizer.Dispose();
        model.Dispose();

        Assert.Equal(before, Tensor.TotalCount);
    }

    private static void Train(TinyTransformer model, optim.Optimizer optimizer, optim.lr_scheduler.LRScheduler? schedule, int steps)
    {
        for (var step = 0; step < steps; step++)
        {
            using var scope = NewDisposeScope();
            var text = randint(0, Tokens, [Rows, Length + 1], dtype: ScalarType.Int64);
            model.zero_grad();
            var logits = model.call(text[.., ..Length]);
            var loss = cross_entropy(logits.reshape(-1, Tokens), text[.., 1..].reshape(-1));
            loss.backward();
            nn.utils.clip_grad_norm_(model.parameters(), 1);
            optimizer.step();
            schedule?.step();
        }
    }
}
