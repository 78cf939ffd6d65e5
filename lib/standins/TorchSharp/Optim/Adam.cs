using TorchSharp.Modules;
using TorchSharp.Native;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>
    /// Steps along the mean gradient, scaled by the root of its mean square (Kingma and Ba); weight decay is added to the
    /// gradient.
    /// </summary>
    public class Adam : OptimizerHelper, optim.IBetas
    {
        public Adam(IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
                    double weight_decay = 0, bool amsgrad = false, bool maximize = false)
            : this([new ParamGroup(parameters, new Options())], lr, beta1, beta2, eps, weight_decay, amsgrad, maximize)
        {
        }

        /// <summary>Options that a group leaves null are these.</summary>
        public Adam(IEnumerable<ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
                    double weight_decay = 0, bool amsgrad = false, bool maximize = false)
        {
            _defaults = new Options
            {
                LearningRate = lr,
                InitialLearningRate = lr,
                beta1 = beta1,
                beta2 = beta2,
                eps = eps,
                weight_decay = weight_decay,
                amsgrad = amsgrad,
                maximize = maximize,
            };
            Check((Options)_defaults);
            foreach (var group in parameters) add_param_group(group);
        }

        /// <summary>The betas that groups without their own got; setting them changes every group.</summary>
        public (double, double) Betas
        {
            get => Pair((Options)_defaults);
            set
            {
                foreach (var options in _parameter_groups.Select(g => g.Options).Append(_defaults).Cast<Options>())
                    (options.beta1, options.beta2) = value;
            }
        }

        public override void add_param_group(Modules.ParamGroup param_group)
        {
            var (defaults, options) = ((Options)_defaults, (Options)(param_group.Options ??= new Options()));
            options.LearningRate ??= defaults.LearningRate;
            options.beta1 ??= defaults.beta1;
            options.beta2 ??= defaults.beta2;
            options.eps ??= defaults.eps;
            options.weight_decay ??= defaults.weight_decay;
            options.amsgrad ??= defaults.amsgrad;
            options.maximize ??= defaults.maximize;
            Check(options);
            Adopt(param_group, parameter => new State(parameter));
        }

        public override Tensor? step(Func<Tensor>? closure = null) => _step<Modules.ParamGroup>(group =>
        {
            var options = (Options)group.Options;
            var rule = new NativeAdam
            {
                LearningRate = options.LearningRate!.Value,
                Beta1 = options.beta1!.Value,
                Beta2 = options.beta2!.Value,
                Epsilon = options.eps!.Value,
                WeightDecay = options.weight_decay!.Value,
                Decoupled = 0,
                Maximize = options.maximize == true ? 1 : 0,
            };
            AdamRule.Step([.. group.Parameters.Select(p => (IAdamState)StateOf(p))], rule, options.amsgrad == true);
        }, closure);

        private static (double, double) Pair(Options options) => (options.beta1!.Value, options.beta2!.Value);

        private static void Check(Options options)
        {
            var (lr, eps, decay) = (options.LearningRate!.Value, options.eps!.Value, options.weight_decay!.Value);
            Require(lr >= 0, "The learning rate", lr, "0 or more");
            Require(eps >= 0, "eps", eps, "0 or more");
            Require(decay >= 0, "weight_decay", decay, "0 or more");
            foreach (var beta in new[] { options.beta1!.Value, options.beta2!.Value })
                Require(beta is >= 0 and < 1, "A beta", beta, "in [0, 1)");
        }

        public class Options : OptimizerOptions
        {
            public double? beta1;
            public double? beta2;
            public double? weight_decay;
            public double? eps;
            public bool? amsgrad;
            public bool? maximize;

            public override void SaveStateDict(BinaryWriter writer)
            {
                base.SaveStateDict(writer);
                foreach (var number in new[] { beta1, beta2, eps, weight_decay }) writer.Write(number!.Value);
                writer.Write(amsgrad!.Value);
                writer.Write(maximize!.Value);
            }

            public override void LoadStateDict(BinaryReader reader)
            {
                base.LoadStateDict(reader);
                (beta1, beta2, eps, weight_decay) = (reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble());
                (amsgrad, maximize) = (reader.ReadBoolean(), reader.ReadBoolean());
            }

            public override void LoadStateDict(OptimizerOptions source)
            {
                base.LoadStateDict(source);
                var other = (Options)source;
                (beta1, beta2, eps, weight_decay) = (other.beta1, other.beta2, other.eps, other.weight_decay);
                (amsgrad, maximize) = (other.amsgrad, other.maximize);
            }
        }

        public class ParamGroup : ParamGroup<Options>, optim.IBetas
        {
            public ParamGroup()
            {
            }

            public ParamGroup(IEnumerable<Parameter> parameters, Options options) : base(parameters, options)
            {
            }

            public ParamGroup(IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999,
                              double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
                : base(parameters, new Options
                {
                    LearningRate = lr,
                    beta1 = beta1,
                    beta2 = beta2,
                    eps = eps,
                    weight_decay = weight_decay,
                    amsgrad = amsgrad,
                    maximize = maximize,
                })
            {
            }

            public (double, double) Betas
            {
                get => Pair(Options);
                set => (Options.beta1, Options.beta2) = value;
            }
        }

        /// <summary>Running means of the gradient and of its square.</summary>
        public sealed class State : OptimizerState, IDisposable, IAdamState
        {
            public long step;
            public Tensor exp_avg = null!;
            public Tensor exp_avg_sq = null!;
            public Tensor? max_exp_avg_sq;

            public State(Parameter parameter) : base(parameter)
            {
            }

            Parameter IAdamState.Parameter => _parameter;
            ref long IAdamState.Step => ref step;
            Tensor IAdamState.Average => exp_avg;
            Tensor IAdamState.Square => exp_avg_sq;
            Tensor? IAdamState.Maximum => max_exp_avg_sq;

            public override void Initialize(OptimizerOptions options)
            {
                Dispose();
                step = 0;
                (exp_avg, exp_avg_sq) = (StateTensor.Zeros(_parameter), StateTensor.Zeros(_parameter));
                max_exp_avg_sq = ((Options)options).amsgrad == true ? StateTensor.Zeros(_parameter) : null;
            }

            public override void to(Device device)
            {
                exp_avg = StateTensor.Moved(exp_avg, device)!;
                exp_avg_sq = StateTensor.Moved(exp_avg_sq, device)!;
                max_exp_avg_sq = StateTensor.Moved(max_exp_avg_sq, device);
            }

            public override void SaveStateDict(BinaryWriter writer)
            {
                writer.Write(step);
                TensorCodec.Write(writer, exp_avg);
                TensorCodec.Write(writer, exp_avg_sq);
                StateTensor.Save(writer, max_exp_avg_sq);
            }

            public override void LoadStateDict(BinaryReader reader)
            {
                step = reader.ReadInt64();
                TensorCodec.ReadInto(reader, exp_avg, nameof(exp_avg));
                TensorCodec.ReadInto(reader, exp_avg_sq, nameof(exp_avg_sq));
                max_exp_avg_sq = StateTensor.Load(reader, max_exp_avg_sq, _parameter, nameof(max_exp_avg_sq));
            }

            public override void LoadStateDict(OptimizerState source)
            {
                var other = (State)source;
                Dispose();
                step = other.step;
                exp_avg = StateTensor.Copied(other.exp_avg, _parameter)!;
                exp_avg_sq = StateTensor.Copied(other.exp_avg_sq, _parameter)!;
                max_exp_avg_sq = StateTensor.Copied(other.max_exp_avg_sq, _parameter);
            }

            public override bool ApproximatelyEquals(OptimizerState other) =>
                other is State that && step == that.step && StateTensor.Close(exp_avg, that.exp_avg) &&
                StateTensor.Close(exp_avg_sq, that.exp_avg_sq) && StateTensor.Close(max_exp_avg_sq, that.max_exp_avg_sq);

            public void Dispose()
            {
                exp_avg?.Dispose();
                exp_avg_sq?.Dispose();
                max_exp_avg_sq?.Dispose();
            }
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            /// <inheritdoc cref="Modules.Adam"/>
            public static Adam Adam(IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999,
                                double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

            /// <inheritdoc cref="Modules.Adam"/>
            public static Adam Adam(IEnumerable<(string name, Parameter parameter)> parameters, double lr = 1e-3, double beta1 = 0.9,
                                double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false,
                                bool maximize = false) =>
                new(parameters.Select(p => p.parameter), lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

            /// <inheritdoc cref="Modules.Adam"/>
            public static Adam Adam(IEnumerable<Adam.ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999,
                                double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);
        }
    }
}
