using TorchSharp.Modules;
using TorchSharp.Native;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>
    /// Steps against the gradient, with momentum if asked for. Maximizing turns the whole step round, weight decay too, as in
    /// the original; PyTorch turns the gradient only.
    /// </summary>
    public class SGD : OptimizerHelper, optim.IMomentum
    {
        public SGD(IEnumerable<Parameter> parameters, double lr, double momentum = 0.0, double dampening = 0, double weight_decay = 0,
                   bool nesterov = false, bool maximize = false)
            : this([new ParamGroup(parameters, new Options())], lr, momentum, dampening, weight_decay, nesterov, maximize)
        {
        }

        /// <summary>Options that a group leaves null are these.</summary>
        public SGD(IEnumerable<ParamGroup> parameters, double lr, double momentum = 0.0, double dampening = 0, double weight_decay = 0,
                   bool nesterov = false, bool maximize = false)
        {
            _defaults = new Options
            {
                LearningRate = lr,
                InitialLearningRate = lr,
                momentum = momentum,
                dampening = dampening,
                weight_decay = weight_decay,
                nesterov = nesterov,
                maximize = maximize,
            };
            Check((Options)_defaults);
            foreach (var group in parameters) add_param_group(group);
        }

        /// <summary>The momentum that groups without their own got; setting it changes every group.</summary>
        public double Momentum
        {
            get => ((Options)_defaults).momentum!.Value;
            set
            {
                foreach (var options in _parameter_groups.Select(g => g.Options).Append(_defaults).Cast<Options>())
                    options.momentum = value;
            }
        }

        public override void add_param_group(Modules.ParamGroup param_group)
        {
            var (defaults, options) = ((Options)_defaults, (Options)(param_group.Options ??= new Options()));
            options.LearningRate ??= defaults.LearningRate;
            options.momentum ??= defaults.momentum;
            options.dampening ??= defaults.dampening;
            options.weight_decay ??= defaults.weight_decay;
            options.nesterov ??= defaults.nesterov;
            options.maximize ??= defaults.maximize;
            Check(options);
            Adopt(param_group, parameter => new State(parameter));
        }

        public override Tensor? step(Func<Tensor>? closure = null) => _step<Modules.ParamGroup>(group =>
        {
            foreach (var parameter in group.Parameters) Step(parameter, (State)StateOf(parameter), (Options)group.Options);
        }, closure);

        private static void Step(Parameter parameter, State state, Options options)
        {
            using var scope = NewDisposeScope();
            var direction = Gradient.Of(parameter);
            if (direction is null) return;
            var (momentum, decay) = (options.momentum!.Value, options.weight_decay!.Value);

            if (decay != 0) direction = Aten.One("add.Tensor", direction, parameter, decay);
            if (momentum != 0)
            {
                if (state.momentum_buffer is { } buffer)
                {
                    Aten.InPlace("mul_.Scalar", buffer, momentum);
                    Aten.InPlace("add_.Tensor", buffer, direction, 1 - options.dampening!.Value);
                }
                else
                {
                    state.momentum_buffer = buffer = Aten.One("clone", direction).DetachFromDisposeScope();
                }
                direction = options.nesterov == true ? Aten.One("add.Tensor", direction, buffer, momentum) : buffer;
            }
            var rate = options.LearningRate!.Value;
            Aten.InPlace("add_.Tensor", parameter, direction, options.maximize == true ? rate : -rate);
        }

        private static void Check(Options options)
        {
            var (lr, momentum, decay) = (options.LearningRate!.Value, options.momentum!.Value, options.weight_decay!.Value);
            Require(lr >= 0, "The learning rate", lr, "0 or more");
            Require(momentum >= 0, "momentum", momentum, "0 or more");
            Require(decay >= 0, "weight_decay", decay, "0 or more");
            if (options.nesterov == true)
            {
                Require(momentum > 0, "Nesterov's momentum", momentum, "above 0");
                Require(options.dampening == 0, "Nesterov's dampening", options.dampening!.Value, "0");
            }
        }

        public class Options : OptimizerOptions
        {
            public double? momentum;
            public double? dampening;
            public double? weight_decay;
            public bool? nesterov;
            public bool? maximize;

            public override void SaveStateDict(BinaryWriter writer)
            {
                base.SaveStateDict(writer);
                foreach (var number in new[] { momentum, dampening, weight_decay }) writer.Write(number!.Value);
                writer.Write(nesterov!.Value);
                writer.Write(maximize!.Value);
            }

            public override void LoadStateDict(BinaryReader reader)
            {
                base.LoadStateDict(reader);
                (momentum, dampening, weight_decay) = (reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble());
                (nesterov, maximize) = (reader.ReadBoolean(), reader.ReadBoolean());
            }

            public override void LoadStateDict(OptimizerOptions source)
            {
                base.LoadStateDict(source);
                var other = (Options)source;
                (momentum, dampening, weight_decay) = (other.momentum, other.dampening, other.weight_decay);
                (nesterov, maximize) = (other.nesterov, other.maximize);
            }
        }

        public class ParamGroup : ParamGroup<Options>, optim.IMomentum
        {
            public ParamGroup()
            {
            }

            public ParamGroup(IEnumerable<Parameter> parameters, Options options) : base(parameters, options)
            {
            }

            public ParamGroup(IEnumerable<Parameter> parameters, double lr = 1e-3, double momentum = 0.0, double dampening = 0,
                              double weight_decay = 0, bool nesterov = false, bool maximize = false)
                : base(parameters, new Options
                {
                    LearningRate = lr,
                    momentum = momentum,
                    dampening = dampening,
                    weight_decay = weight_decay,
                    nesterov = nesterov,
                    maximize = maximize,
                })
            {
            }

            public double Momentum
            {
                get => Options.momentum!.Value;
                set => Options.momentum = value;
            }
        }

        /// <summary>The running sum of gradients; null before the first step.</summary>
        public sealed class State : OptimizerState, IDisposable
        {
            public Tensor? momentum_buffer;

            public State(Parameter parameter) : base(parameter)
            {
            }

            public override void Initialize(OptimizerOptions options)
            {
                Dispose();
                momentum_buffer = null;
            }

            public override void to(Device device) => momentum_buffer = StateTensor.Moved(momentum_buffer, device);

            public override void SaveStateDict(BinaryWriter writer) => StateTensor.Save(writer, momentum_buffer);

            public override void LoadStateDict(BinaryReader reader) =>
                momentum_buffer = StateTensor.Load(reader, momentum_buffer, _parameter, nameof(momentum_buffer));

            public override void LoadStateDict(OptimizerState source)
            {
                Dispose();
                momentum_buffer = StateTensor.Copied(((State)source).momentum_buffer, _parameter);
            }

            public override bool ApproximatelyEquals(OptimizerState other) =>
                other is State that && StateTensor.Close(momentum_buffer, that.momentum_buffer);

            public void Dispose() => momentum_buffer?.Dispose();
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            /// <inheritdoc cref="Modules.SGD"/>
            public static SGD SGD(IEnumerable<Parameter> parameters, double learningRate, double momentum = 0.0, double dampening = 0,
                                  double weight_decay = 0, bool nesterov = false, bool maximize = false) =>
                new(parameters, learningRate, momentum, dampening, weight_decay, nesterov, maximize);

            /// <inheritdoc cref="Modules.SGD"/>
            public static SGD SGD(IEnumerable<(string name, Parameter parameter)> parameters, double learningRate, double momentum = 0.0,
                                  double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false) =>
                new(parameters.Select(p => p.parameter), learningRate, momentum, dampening, weight_decay, nesterov, maximize);

            /// <inheritdoc cref="Modules.SGD"/>
            public static SGD SGD(IEnumerable<SGD.ParamGroup> parameters, double learningRate, double momentum = 0.0, double dampening = 0,
                                  double weight_decay = 0, bool nesterov = false, bool maximize = false) =>
                new(parameters, learningRate, momentum, dampening, weight_decay, nesterov, maximize);
        }
    }
}
