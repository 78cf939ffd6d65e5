using TorchSharp.Modules;
using Unlearn.Tensors;
using static TorchSharp.torch;

namespace Unlearn.Cli.Bench;

/// <summary>Sizes of the benchmark's model and batch.</summary>
internal sealed record GptShape(long V = 512, long T = 128, long B = 8, long C = 256, long H = 8, long L = 3);

/// <summary>The small GPT of the step benchmark; gpt_step.py is its peer, line by line.</summary>
internal sealed class SmallGpt : nn.Module<Tensor, Tensor>
{
    private readonly Embedding wte, wpe;
    private readonly ModuleList<Block> blocks;
    private readonly LayerNorm ln_f;
    private readonly Linear head;
    private readonly Tensor mask, positions;

    public SmallGpt(GptShape shape) : base(nameof(SmallGpt))
    {
        var (V, T, _, C, H, L) = shape;
        (wte, wpe) = (nn.Embedding(V, C), nn.Embedding(T, C));
        blocks = nn.ModuleList([.. Enumerable.Range(0, (int)L).Select(_ => new Block(C, H))]);
        (ln_f, head) = (nn.LayerNorm(C), nn.Linear(C, V, hasBias: false));
        mask = full([T, T], float.NegativeInfinity).triu(1);
        positions = arange(T);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => Scope.Keep(() =>
    {
        var x = wte.forward(input) + wpe.forward(positions);
        foreach (var block in blocks) x = block.forward(x, mask);
        return head.forward(ln_f.forward(x));
    });

    private sealed class Block : nn.Module<Tensor, Tensor, Tensor>
    {
        private readonly long H;
        private readonly LayerNorm ln_1, ln_2;
        private readonly Linear qkv, proj, fc, @out;

        public Block(long C, long H) : base(nameof(Block))
        {
            this.H = H;
            (ln_1, ln_2) = (nn.LayerNorm(C), nn.LayerNorm(C));
            (qkv, proj) = (nn.Linear(C, 3 * C), nn.Linear(C, C));
            (fc, @out) = (nn.Linear(C, 4 * C), nn.Linear(4 * C, C));
            RegisterComponents();
        }

        public override Tensor forward(Tensor x, Tensor mask) => Scope.Keep(() =>
        {
            var (B, T, C) = (x.shape[0], x.shape[1], x.shape[2]);
            var parts = qkv.forward(ln_1.forward(x)).chunk(3, -1);
            Tensor Heads(int part) => parts[part].view(B, T, H, C / H).transpose(1, 2);
            var weights = (Heads(0).matmul(Heads(1).transpose(-2, -1)) * Math.Pow(C / H, -0.5) + mask).softmax(-1);
            x = x + proj.forward(weights.matmul(Heads(2)).transpose(1, 2).reshape(B, T, C));
            return x + @out.forward(nn.functional.gelu(fc.forward(ln_2.forward(x))));
        });
    }
}
